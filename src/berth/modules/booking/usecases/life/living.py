"""Writes down what the turns of lives changed: rows, history, calendar, timers and events, for many at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.kit.db import Connection
from berth.kit.origin import Origin, origin
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.passing import next_due
from berth.modules.booking.domain.life.value import Life, Request, Turn
from berth.modules.booking.domain.reservation import ENDS, Change, State, difference
from berth.modules.booking.store import changing, living
from berth.modules.booking.usecases.waitlist.offering import Offering

TIMER = "life"


@dataclass(frozen=True, slots=True)
class Step:
    """A turn, the life that it was made of, who made it, and the request of the world outside behind it."""

    before: Life
    turn: Turn
    actor_id: int
    origin: Origin | None

    @property
    def after(self) -> Life:
        """Answer the life after the turn."""
        return self.turn.life


def step(before: Life, turn: Turn, actor_id: int) -> Step:
    """Answer the step of a turn that the request served by this task makes."""
    return Step(before, turn, actor_id, origin())


class Living:
    """The one way to change a reservation that exists; the caller has its row locked."""

    def __init__(self, outbox: Outbox, timers: Timers, offering: Offering) -> None:
        self._outbox = outbox
        self._timers = timers
        self._offering = offering

    async def save(self, connection: Connection, steps: Sequence[Step], now: datetime) -> None:
        """Write the steps, those of one life in their order; what they free is offered to who waits for it.

        Raises ``asyncpg.ExclusionViolationError`` if a slot that a step takes is taken.
        """
        first = {one.before.reservation.id: one.before for one in reversed(steps)}
        last = {one.after.reservation.id: one.after for one in steps}
        changed = [last[id_] for id_ in last if last[id_].reservation != first[id_].reservation]
        if changed:
            await living.save_reservations(connection, changed)
            await changing.write_history(connection, _history(steps, now))
        requests = [(id_, one) for id_ in last for one in last[id_].requests if one not in first[id_].requests]
        if requests:
            await living.save_requests(connection, requests)
        freeing = [one for id_, after in last.items() for one in _freeing(first[id_], after)]
        freed = await self._offering.begin(connection, freeing) if freeing else []
        for id_, after in last.items():
            await self._calendar(connection, first[id_], after, now)
        await self.remind(connection, [after for id_, after in last.items() if next_due(after) != next_due(first[id_])])
        told = [(event, one.origin) for one in steps for event in one.turn.events]
        await self._outbox.write(connection, [event for event, _ in told], [came_from for _, came_from in told])
        await self._offering.serve(connection, freed)

    async def remind(self, connection: Connection, lives: Iterable[Life]) -> None:
        """Set the timers by which the clock goes on with these lives."""
        due = {f"reservation/{one.reservation.id}": next_due(one) for one in lives}
        await self._timers.set_all(connection, TIMER, {key: at for key, at in due.items() if at})
        await self._timers.cancel_all(connection, [key for key, at in due.items() if at is None])

    async def _calendar(self, connection: Connection, before: Life, after: Life, now: datetime) -> None:
        """Let the reservation occupy what it should; a move that was decided gives back what it held."""
        one, was = after.reservation, before.reservation
        await self._moves(connection, before.requests, after)
        if one.state in ENDS and was.state not in ENDS:
            if one.state != State.FINISHED or now < one.start:
                await changing.vacate(connection, one.id)
            elif one.end < was.end:
                await changing.shorten(connection, one.id, (was.end - one.end).total_seconds())

    async def _moves(self, connection: Connection, before: Sequence[Request], after: Life) -> None:
        decided = _decided(before, after)
        for request in decided:
            if after.settled == request:
                await changing.take_place(connection, request.id)
        refused = [one.id for one in decided if after.settled != one]
        if refused:
            await changing.drop_moves(connection, refused)


def _decided(before: Sequence[Request], after: Life) -> list[Request]:
    """Answer the moves that were undecided before, and are not any more."""
    undecided: Mapping[int, Request] = {one.id: one for one in before if one.wanted and one.awaits_answers}
    return [one for one in after.requests if one.id in undecided and not one.awaits_answers]


def _freeing(before: Life, after: Life) -> list[int]:
    """Answer the occupants that give back some of what they hold: the reservation, and moves of it."""
    one, was = after.reservation, before.reservation
    moves = [request.id for request in _decided(before.requests, after)]
    ends = one.state in ENDS and was.state not in ENDS
    return [one.id, *moves] if ends or moves else []


def _history(steps: Sequence[Step], now: datetime) -> list[tuple[int, Change]]:
    """Answer what the steps put into the histories of their reservations."""
    found = []
    for one in steps:
        before, after = one.before.reservation, one.after.reservation
        if before != after:
            old, new = difference(before, after)
            if one.turn.reason:
                new["reason"] = one.turn.reason
            change = Change(after.version, one.turn.what or "changed", one.actor_id, old, new, now)
            found.append((after.id, change))
    return found
