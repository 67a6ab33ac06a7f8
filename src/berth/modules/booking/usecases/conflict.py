"""Says what stands in the way of a reservation, and what could be had instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.catalog import Catalog, Resource, ResourceQuery
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.gaps import buffers, nearest_starts
from berth.modules.booking.domain.policy import Attempt, refusals
from berth.modules.booking.domain.reservation import occupied
from berth.modules.booking.store import conflict as store

ALTERNATIVES_MAX = 3
BUSY_MAX = 200
LIKE_IT_MAX = 50
SEARCH_BEFORE = timedelta(days=3)
SEARCH_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Alternative:
    """What could be reserved instead."""

    resource_id: int
    resource: str
    start: datetime
    end: datetime


class Conflicts:
    """Reads the calendar around a slot that is taken."""

    def __init__(self, database: Database, catalog: Catalog) -> None:
        self._database = database
        self._catalog = catalog

    async def free_among(self, resources: Sequence[Resource], start: datetime, end: datetime) -> list[Resource]:
        """Answer those of the resources that are free from start to end, in the order given."""
        free = await store.free(self._database, [occupied(one, start, end) for one in resources])
        return [one for one in resources if one.id in free]

    async def problem(
        self,
        resources: Sequence[Resource],
        start: datetime,
        end: datetime,
        *,
        attempt: Attempt | None = None,
        ignoring: int | None = None,
    ) -> Problem:
        """Answer the 409 problem with what occupies the resources and, for an attempt, up to three alternatives.

        ``ignoring`` is the reservation that is being moved: its own slot does not stand in its way.
        """
        names = {one.id: one.name for one in resources}
        wanted = [occupied(one, start, end) for one in resources]
        earliest, latest = min(one.start for one in wanted), max(one.end for one in wanted)
        found = await store.busy(self._database, list(names), earliest, latest, ignoring=ignoring, limit=BUSY_MAX)
        in_the_way = [
            one
            for one in found
            for mine in wanted
            if mine.resource_id == one.resource_id and one.start < mine.end and mine.start < one.end
        ]
        alternatives = await self._alternatives(resources, attempt, ignoring) if attempt else []
        busy_names = ", ".join(dict.fromkeys(names[one.resource_id] for one in in_the_way)) or ", ".join(names.values())
        return Problem(
            409,
            "slot-taken",
            f"{busy_names}: taken at this time.",
            more={"busy": in_the_way, "alternatives": alternatives},
        )

    async def _alternatives(
        self, resources: Sequence[Resource], attempt: Attempt, ignoring: int | None
    ) -> list[Alternative]:
        """Answer up to three: another resource like it at this time, and the nearest times here."""
        if len(resources) > 1:
            return []
        [resource] = resources
        elsewhere = await self._like_it(resource, attempt)
        times = await self._other_times(resource, attempt, ignoring)
        here = ALTERNATIVES_MAX - min(len(elsewhere), 1)
        chosen = times[:here]
        return [*chosen, *elsewhere[: ALTERNATIVES_MAX - len(chosen)]]

    async def _other_times(self, resource: Resource, attempt: Attempt, ignoring: int | None) -> list[Alternative]:
        since, until = attempt.start - SEARCH_BEFORE, attempt.end + SEARCH_AFTER
        setup, teardown = buffers(resource.policy)
        busy = await store.busy(self._database, [resource.id], since - setup, until + teardown, ignoring=ignoring)
        starts = nearest_starts(
            resource,
            [(one.start, one.end) for one in busy],
            wanted=attempt.start,
            length=attempt.end - attempt.start,
            now=attempt.now,
            since=since,
            until=until,
            count=ALTERNATIVES_MAX,
        )
        length = attempt.end - attempt.start
        return [Alternative(resource.id, resource.name, start, start + length) for start in starts]

    async def _like_it(self, resource: Resource, attempt: Attempt) -> list[Alternative]:
        allowed = [one for one in await alike(self._catalog, resource) if not refusals(one, attempt)]
        free = await self.free_among(allowed, attempt.start, attempt.end)
        return [Alternative(one.id, one.name, attempt.start, attempt.end) for one in free]


async def alike(catalog: Catalog, resource: Resource) -> list[Resource]:
    """Answer resources of the same kind that hold as many and have the same tags, the nearest site first."""
    query = ResourceQuery(kind=resource.kind, tags=resource.tags, capacity_min=resource.capacity)
    like = [one for one in await catalog.search(query=query) if one.id != resource.id]
    like.sort(key=lambda one: (one.site_id != resource.site_id, one.capacity or 0, one.name))
    return like[:LIKE_IT_MAX]
