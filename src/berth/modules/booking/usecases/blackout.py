"""Closes resources for a time, and opens them again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from berth.contracts.booking.closing import BlackoutLifted, BlackoutSet
from berth.contracts.catalog import Catalog
from berth.kit.auth import Principal
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.booking.store import blackout as store
from berth.modules.booking.store.blackout import Blackout
from berth.modules.booking.store.changing import take_turns
from berth.modules.booking.usecases.choosing import named_resources
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.placing import Placer
from berth.modules.booking.usecases.waitlist.offering import Offering


class _Occupied(Exception):
    """Rolls back a blackout of resources of which one is occupied."""


class Blackouts:
    """The verbs and questions of blackouts. Whether the caller may is the door's business."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        catalog: Catalog,
        placer: Placer,
        conflicts: Conflicts,
        offering: Offering,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._catalog = catalog
        self._placer = placer
        self._conflicts = conflicts
        self._offering = offering

    async def set(self, caller: Principal, wanted: Blackout) -> Blackout:
        """Close all the resources or, if one of them is occupied, none; answer the blackout with its id.

        Raises ``Problem``: 404 for an unknown resource, 409 with what stands in the way.
        """
        resources = await named_resources(self._catalog, wanted.resource_ids)
        blackout = replace(wanted, id=await self._placer.next_id(), created_by=caller.id)
        event = BlackoutSet(
            blackout.id, caller.id, blackout.resource_ids, blackout.start, blackout.end, blackout.reason
        )

        async def close() -> None:
            async with self._database.transaction() as connection:
                await take_turns(connection, blackout.resource_ids)
                if await store.add(connection, blackout) < len(blackout.resource_ids):
                    raise _Occupied
                await self._outbox.write(connection, [event])

        try:
            await patiently(close)
        except _Occupied:
            raise await self._conflicts.problem(resources, blackout.start, blackout.end) from None
        return blackout

    async def lift(self, caller: Principal, id_: int) -> None:
        """Open the resources again, to those first who wait.

        Raises 404 if there is no such blackout, and 409 if a calendar would set it again.
        """

        async def open_again() -> None:
            async with self._database.transaction() as connection:
                if await store.is_of_calendar(connection, id_):
                    raise Problem(
                        409,
                        "blackout-of-calendar",
                        "A calendar that the resource subscribes to says that it is busy then, or something is on in "
                        "the venue: change it there, or remove the subscription.",
                    )
                freed = await self._offering.begin(connection, [id_])
                lifted = await store.remove(connection, id_)
                if lifted is None:
                    raise Problem(404, "unknown-blackout", "There is no such blackout.")
                event = BlackoutLifted(id_, caller.id, lifted.resource_ids, lifted.start, lifted.end)
                await self._outbox.write(connection, [event])
                await self._offering.serve(connection, freed)

        await patiently(open_again)

    async def listed(
        self,
        *,
        resource_id: int | None,
        start: datetime | None,
        until: datetime | None,
        after: tuple[datetime, int] | None,
        limit: int,
    ) -> Sequence[Blackout]:
        """Answer blackouts by start and id."""
        return await store.listed(
            self._database, resource_id=resource_id, start=start, until=until, after=after, limit=limit
        )
