"""Performances: put on, changed and cancelled by administrators, while booking keeps the venue for them."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from berth.contracts.booking.questions import Booking, BusyTime
from berth.contracts.catalog import Catalog
from berth.contracts.seating.performances import PerformanceAdded, PerformanceCancelled, PerformanceChanged
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.money import UnknownCurrency, currency
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.seating.domain.performance import Counts, Performance, PerformanceState, Plan, faults_of
from berth.modules.seating.store import performances as store
from berth.modules.seating.store import seat_maps
from berth.modules.seating.store import venues as venue_store
from berth.modules.seating.usecases.venues import unknown as unknown_venue

VENUE = "venue"
"""The timer that looks whether booking keeps the venue for a performance, in case its change was cut off half-way."""

CHANGE_SECONDS_MAX = 120

INFORM = "inform"
"""The timer of a performance that was moved or renamed; it is set again until all who have tickets were told."""

WIND_DOWN = "wind_down"
"""The timer of a cancelled performance; it is set again until nothing is left."""


class Performances:
    """The verbs and questions of performances. Whether the caller may is the door's business."""

    def __init__(
        self, *, database: Database, outbox: Outbox, timers: Timers, catalog: Catalog, booking: Booking, clock: Clock
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._timers = timers
        self._catalog = catalog
        self._booking = booking
        self._clock = clock

    def now(self) -> datetime:
        """Answer the present, by which something is on sale or not."""
        return self._clock()

    async def listed(
        self,
        *,
        venue_id: int | None,
        since: datetime | None,
        until: datetime | None,
        after: tuple[datetime, int] | None,
        limit: int,
    ) -> Sequence[Performance]:
        """Answer performances by start and id."""
        return await store.listed(self._database, venue_id=venue_id, since=since, until=until, after=after, limit=limit)

    async def counts(self, found: Sequence[Performance]) -> dict[int, Counts]:
        """Answer how the places of performances stand."""
        return await store.counts(self._database, [one.id for one in found])

    async def one(self, id_: int) -> Performance:
        """Answer a performance; raises 404."""
        found = await store.find(self._database, id_)
        if found is None or found.state is PerformanceState.OPENING:
            raise unknown(id_)
        return found

    async def add(self, actor: Principal, venue_id: int, plan: Plan) -> Performance:
        """Put something on in a venue, with the seats of its present map.

        Raises 404 for an unknown venue, 409 with what stands in the way of the venue's resource, 422 with all that
        is wrong with the plan.
        """
        venue = await venue_store.find(self._database, venue_id)
        if venue is None:
            raise unknown_venue(venue_id)
        saved = await seat_maps.find(self._database, venue_id, None)
        if saved is None:
            raise Problem(422, "no-seat-map", f"{venue.name} has no seat map yet; save one first.")
        content = saved.content
        _sound(plan, frozenset(one.key for one in content.categories))
        resource = (await self._catalog.resources(ids=[venue.resource_id])).get(venue.resource_id)
        timezone = resource.timezone if resource else "UTC"
        async with self._database.transaction() as connection:
            made = await store.add(
                connection,
                plan,
                venue_id=venue_id,
                map_version=saved.version,
                resource_id=venue.resource_id,
                timezone=timezone,
                actor_id=actor.id,
                now=self._clock(),
            )
            await store.furnish(connection, made.id, content.seat_count, content.areas)
            await self._look_later(connection, made.id)
        await self._occupy(actor, made)
        async with self._database.transaction() as connection:
            opened = await self._locked(connection, made.id)
            await store.save(connection, replace(opened, state=PerformanceState.SCHEDULED))
            told = PerformanceAdded(*_told(made, actor), saved.version, content.capacity)
            await self._outbox.write(connection, [told])
        return await self.one(made.id)

    async def change(
        self, actor: Principal, id_: int, changes: dict[str, Any], versions: Sequence[int] | None
    ) -> Performance:
        """Change what is named of the plan; raises 404, 409 if the venue is taken then, 412, 422.

        The venue is asked first: what it grants for a change that then fails, it takes back.
        """
        before = await self.one(id_)
        _unchanged(before, versions)
        standing(before)
        plan = replace(before.plan, **changes)
        saved = await seat_maps.find(self._database, before.venue_id, before.map_version)
        _sound(plan, frozenset(one.key for one in saved.content.categories) if saved else frozenset())
        after = replace(before, plan=plan)
        if plan == before.plan:
            return before
        async with self._database.transaction() as connection:
            await self._look_later(connection, id_)
        await self._occupy(actor, after)
        try:
            async with self._database.transaction() as connection:
                found = await self._locked(connection, id_)
                _unchanged(found, [before.version])
                await store.save(connection, after)
                was, now = asdict(before.plan), asdict(plan)
                names = [name for name in now if was[name] != now[name]]
                told = PerformanceChanged(
                    *_told(after, actor), {one: was[one] for one in names}, {one: now[one] for one in names}
                )
                await self._outbox.write(connection, [told])
                if plan.known != before.plan.known:
                    data = {"performance_id": id_, "actor_id": actor.id}
                    await self._timers.set(connection, f"{INFORM}/{id_}", self._clock(), INFORM, data)
        except Problem:
            await self._occupy(actor, await self.one(id_))
            raise
        return await self.one(id_)

    async def cancel(self, actor: Principal, id_: int, reason: str) -> Performance:
        """Let a performance not take place: nothing is sold any more, and all orders are cancelled and returned.

        Raises 404. What is cancelled already stays so.
        """
        async with self._database.transaction() as connection:
            found = await self._locked(connection, id_)
            if found.state is not PerformanceState.CANCELLED:
                await store.save(connection, replace(found, state=PerformanceState.CANCELLED, cancel_reason=reason))
                await self._outbox.write(connection, [PerformanceCancelled(*_told(found, actor), reason)])
                data = {"performance_id": id_, "actor_id": actor.id, "reason": reason}
                await self._timers.set(connection, f"{WIND_DOWN}/{id_}", self._clock(), WIND_DOWN, data)
                await self._look_later(connection, id_)
        await self._booking.vacate(source=_source(id_), actor_id=actor.id)
        return await self.one(id_)

    async def keep_venue(self, connection: Connection, envelope: Envelope) -> None:
        """Have booking keep the venue for a performance that is scheduled, and for no other.

        One that is still being made was cut off, and is discarded.
        """
        id_ = envelope.members()["performance_id"]
        found = await store.lock(connection, id_)
        if found is None:
            return
        if found.state is PerformanceState.SCHEDULED:
            if await self._taken(found, found.created_by):
                raise VenueAstray(f"The venue is taken while performance {id_} is on there.")
            return
        await self._booking.vacate(source=_source(id_), actor_id=found.created_by)
        if found.state is PerformanceState.OPENING:
            await store.discard(connection, id_)

    async def _look_later(self, connection: Connection, id_: int) -> None:
        due_at = self._clock() + timedelta(seconds=CHANGE_SECONDS_MAX)
        await self._timers.set(connection, f"{VENUE}/{id_}", due_at, VENUE, {"performance_id": id_})

    async def _taken(self, one: Performance, actor_id: int) -> Sequence[BusyTime]:
        return await self._booking.occupy(
            source=_source(one.id),
            resource_id=one.resource_id,
            actor_id=actor_id,
            reason=one.plan.name,
            start=one.plan.start,
            end=one.plan.end,
        )

    async def _occupy(self, actor: Principal, one: Performance) -> None:
        """Have booking keep the venue's resource; if something is in the way, a new performance is discarded."""
        taken = await self._taken(one, actor.id)
        if not taken:
            return
        if one.state is PerformanceState.OPENING:
            async with self._database.transaction() as connection:
                await store.discard(connection, one.id)
        busy = [{"start": each.start, "end": each.end} for each in taken]
        raise Problem(409, "venue-taken", "The venue is taken at this time.", more={"busy": busy})

    async def _locked(self, connection: Connection, id_: int) -> Performance:
        found = await store.lock(connection, id_)
        if found is None:
            raise unknown(id_)
        return found


class VenueAstray(RuntimeError):
    """Something else took the venue of a performance while its change was cut off; an operator has to decide."""


def unknown(id_: int) -> Problem:
    """Answer the problem of an id that no performance has."""
    return Problem(404, "unknown-performance", f"There is no performance {id_}; GET /api/v1/performances lists them.")


def _sound(plan: Plan, categories: frozenset[str]) -> None:
    found = faults_of(plan, categories)
    try:
        currency(plan.currency)
    except UnknownCurrency as error:
        found.append(f"{error}.")
    if found:
        raise Problem(422, "performance-faulty", " ".join(found), more={"faults": found})


def standing(one: Performance) -> None:
    """Raise 409 if a performance is cancelled."""
    if one.state is PerformanceState.CANCELLED:
        raise Problem(409, "performance-cancelled", f"{one.plan.name} is cancelled.")


def _unchanged(one: Performance, versions: Sequence[int] | None) -> None:
    if versions is not None and one.version not in versions:
        raise Problem(
            412, "changed-meanwhile", f"The performance is at version {one.version} now; read it again and decide anew."
        )


def _told(one: Performance, actor: Principal) -> tuple[int, int, str, int, int, datetime, datetime]:
    return (one.id, actor.id, one.plan.name, one.venue_id, one.resource_id, one.plan.start, one.plan.end)


def _source(id_: int) -> str:
    return f"performance/{id_}"
