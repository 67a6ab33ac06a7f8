"""Questions about free and busy time; each reads the catalogue in memory and the calendar with few probes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from berth.contracts.catalog import Catalog, Resource, ResourceQuery
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal, Role
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.localtime import zone
from berth.modules.booking.domain.gaps import buffers, first_start, free_gaps, wish_for
from berth.modules.booking.domain.offers import Candidates, Key, Offer, Window
from berth.modules.booking.domain.opening import OpenHours, Range, closed_between, open_ranges
from berth.modules.booking.domain.status import Status, status
from berth.modules.booking.domain.steps import MINUTE
from berth.modules.booking.store import availability as store
from berth.modules.booking.store.availability import Reader, Stretch

PROBES_MAX = 1024
FIRST_PROBES = 4
"""So many probes for each answer wanted usually fill a page."""
GAPS_AT_ONCE = 4
RESOURCES_AT_ONCE = 50
STATUS_AHEAD = timedelta(days=366)
STATUS_STRETCHES = 20


@dataclass(frozen=True, slots=True)
class Schedule:
    """Busy time in the order of resources and starts, and the people that it names."""

    stretches: Sequence[Stretch]
    people: Mapping[int, Person]


@dataclass(frozen=True, slots=True)
class Hours:
    """When some resources are closed, and on which grid of minutes reservations of them lie, if on any."""

    resource_ids: Sequence[int]
    granularity_minutes: int | None
    closed: Sequence[Range]


class Availability:
    """Answers what is free, and what is busy."""

    def __init__(self, database: Database, catalog: Catalog, identity: Identity, clock: Clock) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity
        self._clock = clock

    def now(self) -> datetime:
        """Answer the present."""
        return self._clock()

    async def search(
        self, query: ResourceQuery, window: Range | None, after: tuple[str, int] | None, limit: int
    ) -> list[Resource]:
        """Answer the first ``limit`` resources that fit, by name and id, from behind ``after``.

        With a window only those that are open and not occupied in all of it, buffers included.
        """
        found = await self._catalog.search(query=query)
        if after is not None:
            found = [one for one in found if (one.name, one.id) > after]
        if window is None:
            return list(found[:limit])
        openly = _open_in(found, window)
        free: list[Resource] = []
        at_once = FIRST_PROBES * limit
        while len(free) < limit and (some := list(islice(openly, at_once))):
            wanted = ((one.id, -one.policy.setup_minutes, one.policy.teardown_minutes) for one in some)
            ids = set(await store.free(self._database, wanted, *window, limit - len(free)))
            free += [one for one in some if one.id in ids]
            at_once = PROBES_MAX
        return free

    async def free(
        self, caller: Principal, query: ResourceQuery, window: Window, *, now: datetime, after: Key | None, limit: int
    ) -> list[Offer]:
        """Answer the best ``limit`` offers behind the place ``after``: each fitting resource at its earliest start.

        What the caller may not reserve is left out; a guest sees what a user may reserve.
        """
        role = Role.USER if caller.role is Role.GUEST else caller.role
        found = await self._catalog.search(query=query)
        mine = (one for one in found if role is Role.ADMIN or role in one.policy.reservable_by)
        candidates = Candidates(mine, window, now)
        offers: list[Offer] = []
        while len(offers) < limit:
            offer = candidates.best()
            if offer is not None:
                if after is None or offer.key > after:
                    offers.append(offer)
            elif not await self._ask_whether(candidates, window, limit) and not await self._ask_when(
                candidates, window
            ):
                break
        return offers

    async def _ask_whether(self, candidates: Candidates, window: Window, enough: int) -> bool:
        """Ask the calendar who is free at the first start; answer false if there is nobody to ask about."""
        asked = candidates.whether(PROBES_MAX)
        if asked:
            base = _minute(window.since)
            wanted = []
            for start, *_, resource, terms in asked:
                begins = (start - base) // MINUTE - terms.setup_minutes
                wanted.append((resource.id, begins, begins + terms.needed_minutes))
            free = await store.free(self._database, wanted, base, base, enough)
            candidates.settle_whether(asked, free, all_known=len(free) < enough)
        return bool(asked)

    async def _ask_when(self, candidates: Candidates, window: Window) -> bool:
        """Ask the calendar for the next gaps of those who were not free; answer false if there is nobody."""
        asked = candidates.when(PROBES_MAX)
        if asked:
            base, until = _minute(window.since), window.until
            wanted = []
            for start, *_, resource, terms in asked:
                wanted.append((resource.id, (start - base) // MINUTE - terms.setup_minutes, terms.needed_minutes))
                until = max(until, window.until + terms.wish.teardown)
            found = await store.gaps(self._database, wanted, base, until, GAPS_AT_ONCE)
            for entry, gaps in zip(asked, found, strict=True):
                candidates.settle_when(entry, gaps, all_known=len(gaps) < GAPS_AT_ONCE)
        return bool(asked)

    async def gaps(self, resource_id: int, since: datetime, until: datetime, length: timedelta | None) -> list[Range]:
        """Answer when a resource can be reserved: not in the past, within its hours, and as its policy allows.

        With a length, only where a reservation of that length fits, each from the first start allowed.
        """
        resource = await self._one(resource_id)
        if resource.retired:
            return []
        policy, now = resource.policy, self._clock()
        setup, teardown = buffers(policy)
        earliest = max(since, now + timedelta(minutes=policy.lead_minutes_min or 0))
        busy = await store.busy_ranges(self._database, resource_id, since - setup, until + teardown)
        hours = open_ranges(resource.opening, zone(resource.timezone), earliest, until)
        found = free_gaps(busy, hours, setup=setup, teardown=teardown)
        if length is None:
            return _up_to_horizon(found, policy.horizon_days_max, now)
        wish = wish_for(resource, length, now=now, since=since, until=until)
        starts = [(first_start([gap], wish) if wish else None, gap[1]) for gap in found]
        return [(start, end) for start, end in starts if start is not None]

    async def status(self, caller: Principal, resource_id: int) -> tuple[Status, Schedule, datetime]:
        """Answer what a resource is doing, what occupies it now and next, and when that was."""
        resource, now = await self._one(resource_id), self._clock()
        wanted = [(resource_id, now)]
        reader = _reader(caller)
        found = await store.busy(self._database, wanted, now + STATUS_AHEAD, reader, STATUS_STRETCHES)
        state = status(resource, [(one.start, one.end) for one in found], now)
        return state, await self._with_people(found[:2]), now

    async def schedule(
        self,
        caller: Principal,
        resource_ids: Sequence[int],
        window: Range,
        after: tuple[int, datetime] | None,
        limit: int,
    ) -> Schedule:
        """Answer up to ``limit`` stretches of busy time within a window, by resource id and start.

        ``after`` is the resource and the end of the last stretch seen. Titles and owners are there for the
        owner and for administrators only.
        """
        since, until = window
        wanted = sorted((one, since) for one in set(resource_ids))
        if after is not None:
            wanted = [(one, max(since, after[1]) if one == after[0] else since) for one, _ in wanted if one >= after[0]]
        found: list[Stretch] = []
        for first in range(0, len(wanted), RESOURCES_AT_ONCE):
            some = wanted[first : first + RESOURCES_AT_ONCE]
            found += await store.busy(self._database, some, until, _reader(caller), limit - len(found))
            if len(found) == limit:
                break
        return await self._with_people(found)

    async def hours(self, resource_ids: Sequence[int], window: Range) -> list[Hours]:
        """Answer when the resources are closed within a window, once for all of them that are alike in this."""
        opening = OpenHours(*window)
        alike: dict[tuple[int | None, tuple[Range, ...]], list[int]] = {}
        for id_, one in (await self._catalog.resources(ids=resource_ids)).items():
            closed = closed_between(opening.of(one.opening, one.timezone), *window)
            alike.setdefault((one.policy.granularity_minutes, tuple(closed)), []).append(id_)
        return [Hours(sorted(ids), granularity, closed) for (granularity, closed), ids in alike.items()]

    async def resource_ids(self, ids: Sequence[int] | None, site_id: int | None) -> list[int]:
        """Answer the ids of the resources named, or of those in a site; raise 404 if one is unknown."""
        if ids is not None:
            known = await self._catalog.resources(ids=ids)
            unknown = next((one for one in ids if one not in known), None)
            if unknown is not None:
                raise _unknown(unknown)
        if site_id is None:
            return list(ids or ())
        query = ResourceQuery(site_id=site_id, ids=None if ids is None else tuple(ids))
        return [one.id for one in await self._catalog.search(query=query)]

    async def _one(self, resource_id: int) -> Resource:
        found = (await self._catalog.resources(ids=[resource_id])).get(resource_id)
        if found is None:
            raise _unknown(resource_id)
        return found

    async def _with_people(self, stretches: Sequence[Stretch]) -> Schedule:
        owners = sorted({one.owner_id for one in stretches if one.owner_id is not None})
        return Schedule(stretches, await self._identity.people(ids=owners) if owners else {})


def _open_in(resources: Iterable[Resource], window: Range) -> Iterator[Resource]:
    hours, whole = OpenHours(*window), [window]
    return (one for one in resources if one.opening is None or hours.of(one.opening, one.timezone) == whole)


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def _reader(caller: Principal) -> Reader:
    return Reader(caller.id, caller.is_admin)


def _unknown(resource_id: int) -> Problem:
    return Problem(404, "unknown-resource", f"There is no resource {resource_id}.")


def _up_to_horizon(gaps: Sequence[Range], horizon_days_max: int | None, now: datetime) -> list[Range]:
    if horizon_days_max is None:
        return list(gaps)
    latest = now + timedelta(days=horizon_days_max)
    return [gap for gap in gaps if gap[0] <= latest]
