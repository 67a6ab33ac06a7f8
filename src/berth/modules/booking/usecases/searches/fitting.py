"""Finds which resources fit each search by now: after changes of resources, rules and people, and as time goes."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.catalog import Catalog, Policy, Resource, ResourceQuery
from berth.kit.auth import Role
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.modules.booking.domain.opening import Range
from berth.modules.booking.domain.searches.freeing import Freed
from berth.modules.booking.domain.searches.matching import Hours, newly_open, possible
from berth.modules.booking.domain.waitlist.entry import Wanted
from berth.modules.booking.store.searches import fitting as store
from berth.modules.booking.store.searches import watching
from berth.modules.booking.store.searches.fitting import Refit
from berth.modules.booking.usecases.searches.noting import GATHER, Noting

AT_ONCE_MAX = 100
FREED_AT_ONCE_MAX = 500


@dataclass(frozen=True, slots=True)
class Alike:
    """Resources of the same rules, of which one stands for all."""

    one: Resource
    ids: list[int]


@dataclass(frozen=True, slots=True)
class Within:
    """Some time within a window that somebody looks for, and the resources that fit."""

    resource_ids: Sequence[int]
    window: Range


class Fitting:
    """The verb that fits searches and resources to each other."""

    def __init__(self, *, database: Database, catalog: Catalog, clock: Clock, noting: Noting, pause: timedelta) -> None:
        self._database = database
        self._catalog = catalog
        self._clock = clock
        self._noting = noting
        self._pause = pause

    async def fit(self) -> None:
        """Note what fits each search by now, and what is open that was not; both is news to those who search.

        A resource is news to a search when it fits for the first time: it is new or restored, has other tags, or its
        rules let the owner have a slot now. Of one that fitted before, only the time at which it was closed is news.
        """
        groups: dict[ResourceQuery, Sequence[Alike]] = {}
        hours: dict[int, Hours] = {}
        flexible: list[Within] = []
        after = 0
        while searches := await store.live(self._database, after, AT_ONCE_MAX):
            refits = []
            for search in searches:
                now, wanted = self._clock(), search.wanted
                if search.query not in groups:
                    groups[search.query] = alike(await self._catalog.search(query=search.query))
                ids = allowed(wanted, groups[search.query], Role(search.owner_role), now)
                if ids != wanted.resource_ids:
                    refits.append(Refit(search.id, wanted.resource_ids, ids, sorted({*ids} - {*wanted.resource_ids})))
                if wanted.minutes is not None:
                    hours |= hours_of(ids, groups[search.query])
                    flexible.append(Within(ids, (max(wanted.start, now), wanted.end)))
                # The catalogue is near, and answers at once: others want to go on, too.
                await asyncio.sleep(0)
            await self._refit(refits)
            after = searches[-1].id
        await self._open(hours, flexible)

    async def _refit(self, refits: Sequence[Refit]) -> None:
        if not refits:
            return
        async with self._database.transaction() as connection:
            await watching.take_turn(connection)
            await store.refit(connection, refits, self._clock() + GATHER, self._pause)
            await self._noting.wind(connection)

    async def _open(self, hours: Mapping[int, Hours], flexible: Sequence[Within]) -> None:
        """Note the time at which these are open and were not, within the windows in which somebody looks for them."""
        known = await store.hours(self._database)
        changed = {id_: one for id_, one in hours.items() if known.get(id_) != one}
        others = changed.keys() & known.keys()
        gaps = {
            (id_, *gap)
            for one in (flexible if others else ())
            for id_ in others.intersection(one.resource_ids)
            for gap in newly_open(known[id_], hours[id_], one.window)
        }
        freed = [Freed(id_, start, end) for id_, start, end in sorted(gaps)]
        for first in range(0, len(freed), FREED_AT_ONCE_MAX):
            async with self._database.transaction() as connection:
                await self._noting.note(connection, freed[first : first + FREED_AT_ONCE_MAX])
        gone = sorted(known.keys() - hours.keys())
        if changed or gone:
            async with self._database.transaction() as connection:
                await store.set_hours(connection, changed)
                await store.forget_hours(connection, gone)


def alike(found: Iterable[Resource]) -> list[Alike]:
    """Answer the resources in groups of the same rules: policy and hours, by the clocks of the same zone."""
    groups: dict[tuple[Policy, str, int], Alike] = {}
    for one in found:
        # As long as the resource is there, its opening is, and no other one has its number.
        groups.setdefault((one.policy, one.timezone, id(one.opening)), Alike(one, [])).ids.append(one.id)
    return list(groups.values())


def allowed(wanted: Wanted, groups: Iterable[Alike], role: Role, now: datetime) -> tuple[int, ...]:
    """Answer the resources of which the rules allow a slot as wanted, once it is free, in the order of their ids."""
    return tuple(sorted(id_ for each in groups if possible(wanted, each.one, role, now) for id_ in each.ids))


def hours_of(ids: Iterable[int], groups: Iterable[Alike]) -> dict[int, Hours]:
    """Answer the hours of these resources, which are among those of the groups."""
    mine = frozenset(ids)
    found: dict[int, Hours] = {}
    for each in groups:
        hours = Hours(each.one.opening, each.one.timezone)
        found |= dict.fromkeys(mine.intersection(each.ids), hours)
    return found
