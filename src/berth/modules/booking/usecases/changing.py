"""Moves, retitles and cancels reservations; what is refused leaves everything as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import asyncpg

from berth.contracts.booking.reservation import ReservationChanged
from berth.contracts.catalog import Catalog, Resource
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.life.confirming import cancelled
from berth.modules.booking.domain.life.value import Life, Slot, Turn, told
from berth.modules.booking.domain.life.visiting import extends, said
from berth.modules.booking.domain.policy import Attempt
from berth.modules.booking.domain.reservation import (
    CHANGEABLE,
    Reservation,
    State,
    difference,
    moved,
    occupied,
)
from berth.modules.booking.store import changing
from berth.modules.booking.store import living as store
from berth.modules.booking.store.placing import next_ids
from berth.modules.booking.usecases.choosing import named_resources, refuse
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.life.living import Living, step
from berth.modules.booking.usecases.life.requesting import (
    Asking,
    Concerned,
    Requesting,
    asking_to_move,
    asks,
)
from berth.modules.booking.usecases.waitlist.offering import Offering


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be different; ``None`` leaves a member as it is. ``version`` is that of If-Match, if sent."""

    start: datetime | None = None
    end: datetime | None = None
    title: str | None = None
    description: str | None = None
    resource_ids: tuple[int, ...] | None = None
    version: int | None = None

    @property
    def moves(self) -> bool:
        """Tell whether it is about the slot."""
        return any(one is not None for one in (self.start, self.end, self.resource_ids))


class _Outrun(Exception):
    """Rolls back a move of a reservation that somebody changed since it was found out whom the move concerns."""


class Changing:
    """The verbs that change a reservation that exists."""

    def __init__(
        self,
        *,
        database: Database,
        catalog: Catalog,
        clock: Clock,
        conflicts: Conflicts,
        living: Living,
        requesting: Requesting,
        offering: Offering,
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._clock = clock
        self._conflicts = conflicts
        self._living = living
        self._requesting = requesting
        self._offering = offering

    async def change(self, caller: Principal, id_: int, wish: Wish) -> Reservation:
        """Move or retitle a reservation and answer it; if the new slot is taken, the old one is kept.

        A move that needs confirmations takes place once they are there; until then both slots are held. Raises
        ``Problem``: 403, 404, 409 for a taken slot or a state that allows no change, 412 for another version,
        422 with every rule that refuses.
        """
        while True:
            concerned = await self._concerned(caller, id_, wish) if wish.moves else None
            try:
                return await patiently(partial(self._change, caller, id_, wish, concerned))
            except _Outrun:
                continue

    async def cancel(self, caller: Principal, id_: int, reason: str | None) -> Reservation:
        """Give up a reservation and answer it; cancelling twice changes nothing more."""
        return await patiently(lambda: self._cancel(caller, id_, reason))

    async def _concerned(self, caller: Principal, id_: int, wish: Wish) -> Concerned | None:
        life = own(caller, await store.read_all(self._database, [id_]), id_)
        resources = await named_resources(self._catalog, wish.resource_ids or life.reservation.resource_ids)
        return await self._requesting.concerned(life, resources)

    async def _change(self, caller: Principal, id_: int, wish: Wish, concerned: Concerned | None) -> Reservation:
        now = self._clock()
        after = None
        try:
            async with self._database.transaction() as connection:
                life = own(caller, await store.locked(connection, [id_]), id_)
                before = life.reservation
                if wish.version is not None and wish.version != before.version:
                    raise Problem(
                        412,
                        "changed-meanwhile",
                        f"The reservation is at version {before.version} now; read it again and decide anew.",
                    )
                after = moved(
                    before,
                    start=wish.start,
                    end=wish.end,
                    title=wish.title,
                    description=wish.description,
                    resource_ids=wish.resource_ids,
                )
                if after == before:
                    return before
                freed = await self._offering.begin(connection, [id_]) if wish.moves else []
                turn = await self._turn(connection, caller, life, after, concerned=concerned, now=now)
                await self._living.save(connection, [step(life, turn, caller.id)], now)
                await self._offering.serve(connection, freed)
                return turn.life.reservation
        except asyncpg.ExclusionViolationError:
            if after is None:
                raise
            resources = await named_resources(self._catalog, after.resource_ids)
            raise await self._conflicts.problem(
                resources, after.start, after.end, attempt=_attempt(caller, after, now), ignoring=id_
            ) from None

    async def _turn(
        self,
        connection: Connection,
        caller: Principal,
        life: Life,
        after: Reservation,
        *,
        concerned: Concerned | None,
        now: datetime,
    ) -> Turn:
        """Answer the change, its new slot taken."""
        before = life.reservation
        if _slot(before) == _slot(after):
            changeable(before, now)
            return changed(life, after, caller.id)
        movable(life, after, now)
        if after.start >= after.end:
            raise Problem(422, "invalid-input", "The end must lie after the start.")
        resources = await named_resources(self._catalog, after.resource_ids)
        kept = before.start == after.start and before.resource_ids == after.resource_ids
        refuse(caller, resources, _attempt(caller, after, now, start_kept=kept))
        asking = await _asking(connection, caller, life, resources, slot=_slot(after), concerned=concerned, now=now)
        await changing.take_turns(connection, [*before.resource_ids, *after.resource_ids])
        occupies = [occupied(one, after.start, after.end) for one in resources]
        if asking is None:
            await changing.move(connection, after.id, occupies)
            return changed(life, after, caller.id)
        await changing.propose(connection, after.id, asking.request.id, _slot(after), occupies)
        retitled = replace(
            after, start=before.start, end=before.end, resource_ids=before.resource_ids, version=before.version
        )
        turn = Turn(life) if retitled == before else changed(life, replace(retitled, version=after.version), caller.id)
        return turn.then(Turn(turn.life.with_request(asking.request), asking.events))

    async def _cancel(self, caller: Principal, id_: int, reason: str | None) -> Reservation:
        now = self._clock()
        async with self._database.transaction() as connection:
            life = own(caller, await store.locked(connection, [id_]), id_)
            if life.reservation.state == State.CANCELLED:
                return life.reservation
            changeable(life.reservation, now)
            by = "owner" if caller.id == life.reservation.owner_id else "staff"
            turn = cancelled(life, by=by, actor_id=caller.id, reason=reason, now=now)
            await self._living.save(connection, [step(life, turn, caller.id)], now)
            return turn.life.reservation


def own(caller: Principal, lives: Mapping[int, Life], id_: int) -> Life:
    """Answer the life that is meant; raise 404 if there is none, 403 if it is somebody else's."""
    life = lives.get(id_)
    if life is None:
        raise Problem(404, "unknown-reservation", "There is no such reservation.")
    if not theirs(caller, life.reservation):
        raise Problem(403, "not-allowed", "This reservation is somebody else's.")
    return life


def theirs(caller: Principal, reservation: Reservation) -> bool:
    """Tell whether the caller may do with the reservation what its owner may."""
    return reservation.owner_id == caller.id or caller.is_admin


def changeable(reservation: Reservation, now: datetime) -> None:
    """Raise 409 if the reservation may not be retitled or given up any more."""
    if reservation.state not in CHANGEABLE:
        raise Problem(409, "not-changeable", f"The reservation is {said(reservation.state)}.")
    if reservation.end <= now:
        raise Problem(409, "not-changeable", "The reservation is over.")


def movable(life: Life, after: Reservation, now: datetime) -> None:
    """Raise 409 if the slot may not be changed now: what is in use may only end at another time."""
    before = life.reservation
    if life.undecided:
        raise Problem(409, "not-changeable", "The reservation waits for confirmations; wait for them, or cancel it.")
    if before.state == State.IN_USE and extends(before, _slot(after)):
        if after.end <= now:
            raise Problem(409, "not-changeable", "It is in use: its new end must lie ahead. Check out to end it now.")
        return
    changeable(before, now)


async def _asking(
    connection: Connection,
    caller: Principal,
    life: Life,
    resources: Sequence[Resource],
    *,
    slot: Slot,
    concerned: Concerned | None,
    now: datetime,
) -> Asking | None:
    """Answer what the move has to ask for, under a number above all that were given before; none if nothing."""
    if not asks(life, resources):
        return None
    if concerned is None or concerned.resource_ids != {one.id for one in resources}:
        raise _Outrun
    # Straight from the sequence: the placer's supply may be older than the reservation.
    [id_] = await next_ids(connection, 1)
    return asking_to_move(id_, caller, life, resources, slot, concerned=concerned, now=now)


def _slot(one: Reservation) -> Slot:
    return Slot(one.start, one.end, one.resource_ids)


def changed(life: Life, after: Reservation, actor_id: int) -> Turn:
    """Answer the turn by which a reservation is as it is afterwards."""
    old, new = difference(life.reservation, after)
    event = told(ReservationChanged, after, actor_id, changes=tuple(new), before=old, after=new)
    return Turn(replace(life, reservation=after), (event,), "changed")


def _attempt(caller: Principal, after: Reservation, now: datetime, *, start_kept: bool = False) -> Attempt:
    return Attempt(caller.role, after.start, after.end, now, start_kept)
