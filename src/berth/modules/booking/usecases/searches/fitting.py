"""Finds which resources fit each search by now: after changes of resources, rules and people, and as time goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from berth.contracts.catalog import Catalog, Policy, Resource, ResourceQuery
from berth.kit.auth import Role
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.modules.booking.domain.opening import Range
from berth.modules.booking.domain.searches.freeing import Freed
from berth.modules.booking.domain.searches.matching import Hours, newly_open, possible
from berth.modules.booking.domain.searches.search import SavedSearch
from berth.modules.booking.domain.waitlist.entry import Wanted
from berth.modules.booking.store.searches import fitting as store
from berth.modules.booking.store.searches import watching
from berth.modules.booking.store.searches.fitting import Refit
from berth.modules.booking.usecases.searches.noting import GATHER, Noting

AT_ONCE_MAX = 100
FREED_AT_ONCE_MAX = 500


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
        queries: dict[ResourceQuery, Sequence[Resource]] = {}
        windows: dict[int, list[Range]] = {}
        hours: dict[int, Hours] = {}
        after = 0
        while found := await store.live(self._database, after, AT_ONCE_MAX):
            now = self._clock()
            refits = []
            for search in found:
                if search.query not in queries:
                    queries[search.query] = await self._catalog.search(query=search.query)
                fitting = queries[search.query]
                refits.append(_refit(search, fitting, now))
                mine = hours_of(replace(search.wanted, resource_ids=tuple(refits[-1].resource_ids)), fitting)
                hours |= mine
                for id_ in mine:
                    windows.setdefault(id_, []).append((max(search.wanted.start, now), search.wanted.end))
            await self._refit([one for one in refits if list(one.before) != list(one.resource_ids)])
            after = found[-1].id
        await self._open(hours, windows)

    async def _refit(self, refits: Sequence[Refit]) -> None:
        if not refits:
            return
        async with self._database.transaction() as connection:
            await watching.take_turn(connection)
            await store.refit(connection, refits, self._clock() + GATHER, self._pause)
            await self._noting.wind(connection)

    async def _open(self, hours: Mapping[int, Hours], windows: Mapping[int, Sequence[Range]]) -> None:
        """Note the time at which these are open and were not, within the windows in which somebody looks for them."""
        known = await store.hours(self._database)
        changed = {id_: one for id_, one in hours.items() if known.get(id_) != one}
        freed = [
            Freed(id_, start, end)
            for id_, one in changed.items()
            if id_ in known
            for start, end in sorted({gap for each in windows[id_] for gap in newly_open(known[id_], one, each)})
        ]
        for first in range(0, len(freed), FREED_AT_ONCE_MAX):
            async with self._database.transaction() as connection:
                await self._noting.note(connection, freed[first : first + FREED_AT_ONCE_MAX])
        gone = sorted(known.keys() - hours.keys())
        if changed or gone:
            async with self._database.transaction() as connection:
                await store.set_hours(connection, changed)
                await store.forget_hours(connection, gone)


def allowed(wanted: Wanted, found: Iterable[Resource], role: Role, now: datetime) -> tuple[int, ...]:
    """Answer which of the resources, in the order of their ids, have rules by which a slot may be had, once it is free.

    What depends on policy, hours and capacity alone is asked once for all that are alike in them.
    """
    alike: dict[tuple[Policy, str, int, bool], bool] = {}
    answer = []
    for one in found:
        key = (one.policy, one.timezone, id(one.opening), one.retired)
        if key not in alike:
            alike[key] = possible(wanted, one, role, now)
        if alike[key]:
            answer.append(one.id)
    return tuple(sorted(answer))


def hours_of(wanted: Wanted, found: Iterable[Resource]) -> dict[int, Hours]:
    """Answer the hours of the resources that are wanted, if it is for some time within; else they do not matter."""
    mine = frozenset(wanted.resource_ids) if wanted.minutes is not None else frozenset()
    return {one.id: Hours(one.opening, one.timezone) for one in found if one.id in mine}


def _refit(search: SavedSearch, found: Sequence[Resource], now: datetime) -> Refit:
    before = search.wanted.resource_ids
    after = allowed(search.wanted, found, Role(search.owner_role), now)
    fresh = sorted(set(after) - set(before))
    return Refit(search.id, before, after, fresh)
