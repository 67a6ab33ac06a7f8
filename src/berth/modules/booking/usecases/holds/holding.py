"""Keeps a slot for a person who decides, for some minutes and no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.booking.waitlist import HoldEnded, HoldPlaced
from berth.contracts.catalog import Catalog, Resource, ResourceQuery
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.hold import Hold, Patience
from berth.modules.booking.domain.life.value import SYSTEM
from berth.modules.booking.domain.policy import Attempt
from berth.modules.booking.domain.reservation import occupied
from berth.modules.booking.store import hold as store
from berth.modules.booking.usecases.choosing import candidates
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.placing import Placer
from berth.modules.booking.usecases.waitlist.offering import Offering

TIMER = "hold"
ANY_TRIES_MAX = 16


@dataclass(frozen=True, slots=True)
class HoldWish:
    """The slot that is to be held: these resources together, or any one that fits."""

    resource_ids: tuple[int, ...]
    any_of: ResourceQuery | None
    start: datetime
    end: datetime
    minutes: int | None


class _NotFree(Exception):
    """Rolls back a hold of which a part was taken."""


class Holding:
    """The verbs and questions of holds."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        timers: Timers,
        catalog: Catalog,
        clock: Clock,
        placer: Placer,
        conflicts: Conflicts,
        offering: Offering,
        patience: Patience,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._timers = timers
        self._catalog = catalog
        self._clock = clock
        self._placer = placer
        self._conflicts = conflicts
        self._offering = offering
        self._patience = patience

    async def place(self, caller: Principal, wish: HoldWish) -> Hold:
        """Hold the slot, and answer the hold.

        Raises ``Problem``: 404 for an unknown resource, 409 with what stands in the way or for one hold too many, 422
        with every rule that refuses.
        """
        attempt = Attempt(caller.role, wish.start, wish.end, self._clock())
        for tries in range(ANY_TRIES_MAX):
            asked, free = await candidates(
                self._catalog, self._conflicts, caller, attempt, ids=wish.resource_ids, any_of=wish.any_of
            )
            if free:
                hold = await self._hold(caller, wish, free[tries % len(free) :][:1] if wish.any_of else free)
                if hold:
                    return hold
            if not free or wish.any_of is None:
                break
        raise await self._conflicts.problem(asked, wish.start, wish.end, attempt=attempt)

    async def listed(self, caller: Principal) -> Sequence[Hold]:
        """Answer the caller's own holds, the one that ends next first."""
        return await store.listed(self._database, caller.id, self._clock())

    def seconds_left(self, hold: Hold) -> int:
        """Answer how long a hold lasts from now on."""
        return max(0, int((hold.expires_at - self._clock()).total_seconds()))

    async def resources_of(self, holds: Sequence[Hold]) -> dict[int, Resource]:
        """Answer the resources that these holds name, by id."""
        ids = sorted({id_ for one in holds for id_ in one.resource_ids})
        return dict(await self._catalog.resources(ids=ids)) if ids else {}

    async def release(self, caller: Principal, id_: int) -> None:
        """Give a hold back; raise 404 if there is none, 403 if it is somebody else's."""
        found = await store.one(self._database, id_)
        if found is None or found.expires_at <= self._clock():
            raise Problem(404, "unknown-hold", "There is no such hold; it may have run out.")
        if found.owner_id != caller.id and not caller.is_admin:
            raise Problem(403, "not-allowed", "This hold is somebody else's.")

        async def end() -> None:
            async with self._database.transaction() as connection:
                await self.end(connection, id_, "released", caller.id)

        await patiently(end)

    async def pass_time(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """End the holds whose time is over, if nobody was quicker."""
        for one in envelopes:
            await self.end(connection, int(one.subject.partition("/")[2]), "expired", SYSTEM)

    async def end(self, connection: Connection, id_: int, how: str, actor_id: int) -> None:
        """End a hold and give what it held to whoever is next in line; one that is over stays as it is."""
        freed = await self._offering.begin(connection, [id_])
        gone = await store.take(connection, id_)
        if gone is None:
            return
        await store.vacate(connection, [id_])
        await self.told(connection, gone, how, actor_id)
        await self._offering.serve(connection, freed)

    async def told(self, connection: Connection, gone: Hold, how: str, actor_id: int) -> None:
        """Tell that a hold is over."""
        await self._timers.cancel(connection, f"hold/{gone.id}")
        event = HoldEnded(gone.id, gone.owner_id, actor_id, gone.resource_ids, gone.start, gone.end, how)
        await self._outbox.write(connection, [event])

    async def _hold(self, caller: Principal, wish: HoldWish, resources: Sequence[Resource]) -> Hold | None:
        """Take the slot, or answer none if somebody has it."""
        now, id_ = self._clock(), await self._placer.next_id()
        most = self._patience.hold
        lasts = most if wish.minutes is None else min(most, timedelta(minutes=wish.minutes))
        ids = tuple(one.id for one in resources)
        hold = Hold(id_, caller.id, ids, wish.start, wish.end, now + lasts, now)

        async def take() -> None:
            async with self._database.transaction() as connection:
                await store.one_at_a_time(connection, caller.id)
                if await store.count(connection, caller.id, now) >= self._patience.holds_max:
                    raise too_many(self._patience.holds_max)
                stretches = [occupied(one, wish.start, wish.end) for one in resources]
                if await store.occupy(connection, id_, "hold", stretches) < len(stretches):
                    raise _NotFree
                await store.add(connection, hold)
                await self._timers.set(connection, f"hold/{id_}", hold.expires_at, TIMER)
                event = HoldPlaced(id_, caller.id, caller.id, ids, hold.start, hold.end, hold.expires_at)
                await self._outbox.write(connection, [event])

        try:
            await patiently(take)
        except _NotFree:
            return None
        return hold


def too_many(most: int) -> Problem:
    """Answer the problem of one hold too many."""
    return Problem(
        409,
        "too-many-holds",
        f"A person has up to {most} holds at a time: reserve one of them, give one back, or wait until one runs out.",
    )
