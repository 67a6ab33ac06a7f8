"""Moves many occurrences at once: all of them, or those alone that can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import asyncpg

from berth.contracts.booking.reservation import ReservationChanged
from berth.contracts.catalog import Resource
from berth.kit.auth import Principal
from berth.kit.db import Connection
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.life.value import Life, Slot, Turn, told
from berth.modules.booking.domain.policy import Attempt, Refusal, refusals
from berth.modules.booking.domain.reservation import Reservation, difference, occupied
from berth.modules.booking.store import changing
from berth.modules.booking.store.placing import next_ids
from berth.modules.booking.store.series import placing as store
from berth.modules.booking.usecases.choosing import refused
from berth.modules.booking.usecases.life.requesting import Asking, Concerned, asking_to_move, asks


class Taken(Exception):
    """Rolls back a move of several of which some slots are taken; these are the reservations as they were to be."""

    def __init__(self, reservations: Sequence[Reservation]) -> None:
        super().__init__()
        self.reservations = reservations


@dataclass(frozen=True, slots=True)
class Moved:
    """The turns of those that were changed, and why the others were not, by the ids of the reservations."""

    turns: Sequence[tuple[Life, Turn]]
    left: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Move:
    """A change of many that is under way; ``skip`` leaves those that cannot be moved where they are."""

    caller: Principal
    resources: Sequence[Resource]
    concerned: Concerned | None
    series_id: int
    skip: bool
    now: datetime


async def move_all(
    connection: Connection, move: Move, lives: Mapping[int, Life], afters: Sequence[Reservation]
) -> Moved:
    """Let the reservations hold what they hold afterwards, and answer the turns that this makes; nothing is saved.

    Raises ``Taken`` if a slot is taken, and ``Problem`` if rules refuse one, unless those are to be left.
    """
    left: dict[int, str] = {}
    moving = [one for one in afters if _slot(one) != _slot(lives[one.id].reservation)]
    moving = _allowed(move, lives, moving, left)
    confirmed = [one for one in moving if asks(lives[one.id], move.resources)]
    plain = [one for one in moving if not asks(lives[one.id], move.resources)]
    before = [id_ for one in moving for id_ in lives[one.id].reservation.resource_ids]
    await changing.take_turns(connection, [*before, *(one.id for one in move.resources)])
    await _retake(connection, move, plain, left)
    asking = await _propose(connection, move, lives, confirmed, left)
    turns = []
    for after in afters:
        life = lives[after.id]
        if after.id in left:
            continue
        turns.append((life, _turn(move, life, after, asking.get(after.id))))
    return Moved(turns, left)


def _allowed(
    move: Move, lives: Mapping[int, Life], moving: Sequence[Reservation], left: dict[int, str]
) -> list[Reservation]:
    """Answer those that rules let move; the others are left, or refuse all."""
    found: list[Refusal] = []
    kept = []
    for one in moving:
        before = lives[one.id].reservation
        start_kept = before.start == one.start and before.resource_ids == one.resource_ids
        attempt = Attempt(move.caller.role, one.start, one.end, move.now, start_kept)
        reasons = [refusal for resource in move.resources for refusal in refusals(resource, attempt)]
        waits = lives[one.id].undecided is not None
        if not reasons and not waits:
            kept.append(one)
        elif move.skip:
            left[one.id] = "refused"
        elif waits:
            raise Problem(
                409,
                "not-changeable",
                f"The occurrence of {before.start.isoformat()} waits for confirmations; wait for them, or skip it.",
            )
        else:
            found += reasons
    if found:
        raise refused(move.caller, found)
    return kept


async def _retake(connection: Connection, move: Move, plain: list[Reservation], left: dict[int, str]) -> None:
    """Give those their new slots that need no confirmation.

    Who cannot move keeps his old slot, which another may have taken for his own by then: so it is done again without
    him, until all who are left get what they want.
    """
    while plain:
        wanted = [(one.id, occupied(each, one.start, one.end)) for one in plain for each in move.resources]
        try:
            async with connection.transaction():
                losers = await store.retake(connection, wanted)
                if losers:
                    raise Taken([one for one in plain if one.id in losers])
                return
        except Taken as taken:
            if not move.skip:
                raise
            left |= {one.id: "busy" for one in taken.reservations}
            plain = [one for one in plain if one.id not in left]


async def _propose(
    connection: Connection,
    move: Move,
    lives: Mapping[int, Life],
    confirmed: Sequence[Reservation],
    left: dict[int, str],
) -> dict[int, Asking]:
    """Hold the new slots of those that have to be confirmed, beside their old ones; answer what they ask for."""
    answer: dict[int, Asking] = {}
    ids = await next_ids(connection, len(confirmed)) if confirmed else []
    for number, one in zip(ids, confirmed, strict=True):
        if move.concerned is None:
            raise RuntimeError("it was not found out whom these moves concern")
        asking = asking_to_move(
            number, move.caller, lives[one.id], move.resources, _slot(one), concerned=move.concerned, now=move.now
        )
        slots = [occupied(each, one.start, one.end) for each in move.resources]
        try:
            async with connection.transaction():
                if asking is None:
                    await changing.move(connection, one.id, slots)
                else:
                    await changing.propose(connection, one.id, asking.request.id, _slot(one), slots)
                    answer[one.id] = asking
        except asyncpg.ExclusionViolationError:
            if not move.skip:
                raise Taken([one]) from None
            left[one.id] = "busy"
    return answer


def _turn(move: Move, life: Life, after: Reservation, asking: Asking | None) -> Turn:
    if asking is None:
        return _changed(move, life, after)
    before = life.reservation
    retitled = replace(after, start=before.start, end=before.end, resource_ids=before.resource_ids)
    same = (retitled.title, retitled.description) == (before.title, before.description)
    turn = Turn(life) if same else _changed(move, life, retitled)
    return turn.then(Turn(turn.life.with_request(asking.request), asking.events))


def _changed(move: Move, life: Life, after: Reservation) -> Turn:
    old, new = difference(life.reservation, after)
    event = told(
        ReservationChanged,
        after,
        move.caller.id,
        changes=tuple(new),
        before=old,
        after=new,
        series_id=move.series_id,
    )
    return Turn(replace(life, reservation=after), (event,), "changed")


def _slot(one: Reservation) -> Slot:
    return Slot(one.start, one.end, one.resource_ids)
