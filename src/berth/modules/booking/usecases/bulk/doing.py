"""Does the rows of a bulk in one transaction: what is given up is freed first, then all moves, then what is new.

Moves give back all their old slots before any takes its new one, so that a whole day can be moved by an hour, or two
reservations change places, whatever the order of the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import asyncpg

from berth.contracts.catalog import Resource
from berth.kit.auth import Principal
from berth.kit.db import Connection
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.bulk import Action, BadRow, Done, Operation, Outcome, taken
from berth.modules.booking.domain.life.confirming import cancelled
from berth.modules.booking.domain.life.value import Life, Slot, Turn
from berth.modules.booking.domain.policy import Attempt
from berth.modules.booking.domain.reservation import Occupied, Reservation, State, moved, occupied
from berth.modules.booking.store import changing, living
from berth.modules.booking.store.placing import next_ids, place_free
from berth.modules.booking.store.series.placing import retake
from berth.modules.booking.usecases.bulk.preparing import Creation, Prepared, bad_row
from berth.modules.booking.usecases.changing import changeable, changed, movable, own
from berth.modules.booking.usecases.choosing import refuse
from berth.modules.booking.usecases.life.living import Living, step
from berth.modules.booking.usecases.life.requesting import Asking, Concerned, asking_to_move, asks
from berth.modules.booking.usecases.waitlist.offering import Offering


class BadRows(Exception):
    """Rolls back a bulk of which some rows cannot be done."""

    def __init__(self, bad: Sequence[BadRow]) -> None:
        super().__init__()
        self.bad = bad


class Outrun(Exception):
    """Rolls back a bulk that met resources about which nobody was asked before."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A row that moves a reservation, or only retitles it."""

    operation: Operation
    life: Life
    after: Reservation
    resources: Sequence[Resource]

    @property
    def slots(self) -> list[Occupied]:
        return [occupied(one, self.after.start, self.after.end) for one in self.resources]

    @property
    def takes_place(self) -> bool:
        return _slot(self.life.reservation) != _slot(self.after)


@dataclass
class _Sorted:
    """The rows by what is to be done for them, once all that they concern is locked."""

    bad: list[BadRow] = field(default_factory=list)
    done: list[Done] = field(default_factory=list)
    cancels: list[tuple[Operation, Life]] = field(default_factory=list)
    moves: list[_Move] = field(default_factory=list)


class Doing:
    """The one way to do a bulk; the transaction is the caller's."""

    def __init__(self, *, outbox: Outbox, living: Living, offering: Offering) -> None:
        self._outbox = outbox
        self._living = living
        self._offering = offering

    async def do(self, connection: Connection, caller: Principal, prepared: Prepared, now: datetime) -> list[Done]:
        """Do all rows, and answer what was done by their order.

        Raises ``BadRows`` with all that cannot be done, and ``Outrun`` if it is to be prepared anew.
        """
        lives = await living.locked(connection, [one.reservation_id or 0 for one in prepared.changes])
        rows = _sort(caller, prepared, lives, now)
        rows.bad += prepared.bad
        takers = [one for one in rows.moves if one.takes_place]
        leaving = [life.reservation.id for _, life in rows.cancels] + [one.after.id for one in takers]
        freed = await self._offering.begin(connection, leaving) if leaving else []
        asking = await self._take(connection, caller, prepared, rows, takers, now=now)
        if rows.bad:
            raise BadRows(sorted(rows.bad, key=lambda one: one.row))
        turns = [(life, _cancelled(caller, life, one, now)) for one, life in rows.cancels]
        turns += [(one.life, _moved(caller, one, asking.get(one.operation.row))) for one in rows.moves]
        await self._living.save(connection, [step(life, turn, caller.id) for life, turn in turns], now)
        await self._ask(connection, prepared.creations)
        await self._offering.serve(connection, freed)
        return sorted([*rows.done, *_done(rows, asking, prepared.creations)], key=lambda one: one.row)

    async def _take(
        self,
        connection: Connection,
        caller: Principal,
        prepared: Prepared,
        rows: _Sorted,
        takers: Sequence[_Move],
        *,
        now: datetime,
    ) -> dict[int, Asking]:
        """Let everybody hold what the rows want, and note who cannot; answer what moves have to ask for, by rows."""
        calendars = [id_ for one in takers for id_ in (*one.life.reservation.resource_ids, *one.after.resource_ids)]
        if calendars:
            await changing.take_turns(connection, calendars)
        gone = [life for _, life in rows.cancels]
        if gone:
            undecided = [life.undecided for life in gone]
            await changing.vacate_all(connection, [life.reservation.id for life in gone])
            await changing.drop_moves(connection, [one.id for one in undecided if one and one.wanted])
        plain = [one for one in takers if not asks(one.life, one.resources)]
        lost: set[int] = set()
        if plain:
            losers = await retake(connection, [(one.after.id, slot) for one in plain for slot in one.slots])
            lost |= {one.operation.row for one in plain if one.after.id in losers}
        confirmed = [one for one in takers if asks(one.life, one.resources)]
        asking, refused = await _propose(connection, caller, prepared, confirmed, now)
        lost |= refused | await _place(connection, prepared.creations)
        wanted = {one.operation.row: one.slots for one in takers}
        wanted |= {one.operation.row: list(one.placement.occupied) for one in prepared.creations}
        names = {id_: one.name for id_, one in prepared.resources.items()}
        rows.bad += [taken(row, wanted, names) for row in sorted(lost)]
        return asking

    async def _ask(self, connection: Connection, creations: Sequence[Creation]) -> None:
        """Write down what the new reservations have to be confirmed by, and ask for it."""
        placements = [one.placement for one in creations]
        requests = [(one.id, one.request) for one in placements if one.request]
        if requests:
            await living.save_requests(connection, requests)
            await self._outbox.write(connection, [event for one in placements for event in one.asked])
        if placements:
            self._outbox.ring(connection)


def _sort(caller: Principal, prepared: Prepared, lives: Mapping[int, Life], now: datetime) -> _Sorted:
    rows = _Sorted()
    for one in prepared.changes:
        try:
            life = own(caller, lives, one.reservation_id or 0)
            if one.action is Action.MOVE:
                move = _move(caller, prepared, one, life, now)
                if move.after == life.reservation:
                    rows.done.append(_unchanged(one, life))
                else:
                    rows.moves.append(move)
            elif life.reservation.state == State.CANCELLED:
                rows.done.append(_unchanged(one, life))
            else:
                changeable(life.reservation, now)
                rows.cancels.append((one, life))
        except Problem as problem:
            rows.bad.append(bad_row(one, problem))
    return rows


def _move(caller: Principal, prepared: Prepared, operation: Operation, life: Life, now: datetime) -> _Move:
    """Answer the move of a row; raise ``Problem`` if rules refuse it."""
    before = life.reservation
    named = tuple(one.id for one in prepared.named[operation.row])
    after = moved(
        before,
        start=operation.start,
        end=operation.end,
        title=operation.title,
        description=operation.description,
        resource_ids=named or None,
    )
    if not {*after.resource_ids} <= prepared.resources.keys():
        raise Outrun
    resources = [prepared.resources[id_] for id_ in after.resource_ids]
    if after == before:
        return _Move(operation, life, after, resources)
    if _slot(after) == _slot(before):
        changeable(before, now)
        return _Move(operation, life, after, resources)
    movable(life, after, now)
    if after.start >= after.end:
        raise Problem(422, "invalid-input", "The end must lie after the start.")
    kept = before.start == after.start and before.resource_ids == after.resource_ids
    refuse(caller, resources, Attempt(caller.role, after.start, after.end, now, kept))
    return _Move(operation, life, after, resources)


async def _propose(
    connection: Connection, caller: Principal, prepared: Prepared, moves: Sequence[_Move], now: datetime
) -> tuple[dict[int, Asking], set[int]]:
    """Let those who have to be confirmed hold their new slots beside their old ones; answer whose are taken, too."""
    asking: dict[int, Asking] = {}
    lost: set[int] = set()
    numbers = await next_ids(connection, len(moves)) if moves else []
    for number, one in zip(numbers, moves, strict=True):
        owner = prepared.owners.get(one.after.owner_id)
        if owner is None:
            raise Outrun
        concerned = Concerned(frozenset(each.id for each in one.resources), owner, prepared.administrators)
        asked = asking_to_move(number, caller, one.life, one.resources, _slot(one.after), concerned=concerned, now=now)
        try:
            async with connection.transaction():
                if asked is None:
                    await changing.move(connection, one.after.id, one.slots)
                else:
                    await changing.propose(connection, one.after.id, number, _slot(one.after), one.slots)
                    asking[one.operation.row] = asked
        except asyncpg.ExclusionViolationError:
            lost.add(one.operation.row)
    return asking, lost


async def _place(connection: Connection, creations: Sequence[Creation]) -> set[int]:
    """Place what is new, and answer the rows of which not everything was free."""
    if not creations:
        return set()
    placed = {one.id: one.placed_count for one in await place_free(connection, [one.placement for one in creations])}
    return {one.operation.row for one in creations if placed[one.placement.id] < len(one.placement.occupied)}


def _cancelled(caller: Principal, life: Life, operation: Operation, now: datetime) -> Turn:
    by = "owner" if caller.id == life.reservation.owner_id else "staff"
    return cancelled(life, by=by, actor_id=caller.id, reason=operation.reason, now=now)


def _moved(caller: Principal, one: _Move, asking: Asking | None) -> Turn:
    if asking is None:
        return changed(one.life, one.after, caller.id)
    before, after = one.life.reservation, one.after
    retitled = moved(before, title=after.title, description=after.description or "")
    turn = Turn(one.life) if retitled == before else changed(one.life, retitled, caller.id)
    return turn.then(Turn(turn.life.with_request(asking.request), asking.events))


def _done(rows: _Sorted, asking: Mapping[int, Asking], creations: Sequence[Creation]) -> list[Done]:
    found = [
        Done(one.row, one.action, Outcome.CANCELLED, life.reservation.id, State.CANCELLED) for one, life in rows.cancels
    ]
    found += [
        Done(one.operation.row, Action.MOVE, Outcome.MOVED, one.after.id, one.after.state, one.operation.row in asking)
        for one in rows.moves
    ]
    for each in creations:
        made = each.placement.reservation
        found.append(Done(each.operation.row, Action.CREATE, Outcome.CREATED, made.id, made.state))
    return found


def _unchanged(one: Operation, life: Life) -> Done:
    return Done(one.row, one.action, Outcome.UNCHANGED, life.reservation.id, life.reservation.state)


def _slot(one: Reservation) -> Slot:
    return Slot(one.start, one.end, one.resource_ids)
