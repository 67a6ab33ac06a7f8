"""Moves, retitles and cancels reservations; what is refused leaves everything as it was."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import asyncpg

from berth.contracts.booking import ReservationCancelled, ReservationChanged
from berth.contracts.catalog import Catalog
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.policy import Attempt
from berth.modules.booking.domain.reservation import (
    CHANGEABLE,
    Change,
    Reservation,
    State,
    difference,
    moved,
    occupied,
)
from berth.modules.booking.store import changing as store
from berth.modules.booking.store import reservation as reservations
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.creating import named_resources, refuse
from berth.modules.booking.usecases.deadlock import patiently


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be different; ``None`` leaves a member as it is. ``version`` is that of If-Match, if sent."""

    start: datetime | None = None
    end: datetime | None = None
    title: str | None = None
    description: str | None = None
    resource_ids: tuple[int, ...] | None = None
    version: int | None = None


class Changing:
    """The verbs that change a reservation that exists."""

    def __init__(
        self, *, database: Database, outbox: Outbox, catalog: Catalog, clock: Clock, conflicts: Conflicts
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._catalog = catalog
        self._clock = clock
        self._conflicts = conflicts

    async def change(self, caller: Principal, id_: int, wish: Wish) -> Reservation:
        """Move or retitle a reservation and answer it; if the new slot is taken, the old one is kept.

        Raises ``Problem``: 403, 404, 409 if the slot is taken or the state forbids it, 412 if the
        version is another, 422 with every rule that refuses.
        """
        return await patiently(lambda: self._change(caller, id_, wish))

    async def cancel(self, caller: Principal, id_: int, reason: str | None) -> Reservation:
        """Give up a reservation and answer it; cancelling twice changes nothing more."""
        return await patiently(lambda: self._cancel(caller, id_, reason))

    async def _change(self, caller: Principal, id_: int, wish: Wish) -> Reservation:
        now = self._clock()
        try:
            async with self._database.transaction() as connection:
                before = self._own(caller, await reservations.locked(connection, id_))
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
                self._changeable(before, now)
                await self._move(connection, caller, before, after, now)
                old, new = difference(before, after)
                await store.save(connection, after, Change(after.version, "changed", caller.id, old, new, now))
                await self._outbox.write(connection, [_event(ReservationChanged, after, caller, tuple(new), old, new)])
                return after
        except asyncpg.ExclusionViolationError:
            resources = await named_resources(self._catalog, after.resource_ids)
            raise await self._conflicts.problem(
                resources, after.start, after.end, attempt=_attempt(caller, after, now), ignoring=id_
            ) from None

    async def _move(
        self, connection: Any, caller: Principal, before: Reservation, after: Reservation, now: datetime
    ) -> None:
        slot_before = (before.start, before.end, before.resource_ids)
        if slot_before == (after.start, after.end, after.resource_ids):
            return
        if after.start >= after.end:
            raise Problem(422, "invalid-input", "The end must lie after the start.")
        resources = await named_resources(self._catalog, after.resource_ids)
        kept = before.start == after.start and before.resource_ids == after.resource_ids
        refuse(caller, resources, _attempt(caller, after, now, start_kept=kept))
        await store.take_turns(connection, [*before.resource_ids, *after.resource_ids])
        await store.move(connection, after.id, [occupied(one, after.start, after.end) for one in resources])

    async def _cancel(self, caller: Principal, id_: int, reason: str | None) -> Reservation:
        now = self._clock()
        async with self._database.transaction() as connection:
            before = self._own(caller, await reservations.locked(connection, id_))
            if before.state == State.CANCELLED:
                return before
            self._changeable(before, now)
            after = replace(before, state=State.CANCELLED, cancel_reason=reason, version=before.version + 1)
            old, new = difference(before, after)
            await store.save(connection, after, Change(after.version, "cancelled", caller.id, old, new, now))
            await store.vacate(connection, id_)
            await self._outbox.write(connection, [_event(ReservationCancelled, after, caller, reason)])
            return after

    def _own(self, caller: Principal, reservation: Reservation | None) -> Reservation:
        if reservation is None:
            raise Problem(404, "unknown-reservation", "There is no such reservation.")
        if reservation.owner_id != caller.id and not caller.is_admin:
            raise Problem(403, "not-allowed", "This reservation is somebody else's.")
        return reservation

    def _changeable(self, reservation: Reservation, now: datetime) -> None:
        if reservation.state not in CHANGEABLE:
            raise Problem(409, "not-changeable", f"The reservation is {reservation.state.replace('_', ' ')}.")
        if reservation.end <= now:
            raise Problem(409, "not-changeable", "The reservation is over.")


def _attempt(caller: Principal, after: Reservation, now: datetime, *, start_kept: bool = False) -> Attempt:
    return Attempt(caller.role, after.start, after.end, now, start_kept)


def _event(kind: Callable[..., Any], after: Reservation, caller: Principal, *more: object) -> Any:
    return kind(
        after.id,
        after.state,
        after.owner_id,
        caller.id,
        after.title,
        after.resource_ids,
        after.start,
        after.end,
        *more,
    )
