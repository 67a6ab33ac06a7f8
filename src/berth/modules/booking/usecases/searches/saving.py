"""Keeps searches, renames and pauses them, and lets them go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.booking.searches import SearchChanged, SearchEnded, SearchFor, SearchSaved
from berth.contracts.catalog import Catalog, ResourceQuery
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.event import Event
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.searches.matching import Hours
from berth.modules.booking.domain.searches.search import SavedSearch, SearchState, sought
from berth.modules.booking.domain.waitlist.entry import Wanted
from berth.modules.booking.store.searches import search as store
from berth.modules.booking.store.searches.fitting import add_hours
from berth.modules.booking.usecases.searches.fitting import alike, allowed, hours_of
from berth.modules.booking.usecases.waitlist.joining import refuse_time

TIMER = "search"
SEARCHES_MAX = 20
LENGTH_MAX = timedelta(days=7)
"""Longer reservations are not looked for."""


@dataclass(frozen=True, slots=True)
class SearchWish:
    """What somebody wants to keep: a search under a name, and whether to be told."""

    name: str
    query: ResourceQuery
    start: datetime
    end: datetime
    minutes: int | None
    notify: bool


class Saving:
    """The verbs of those who keep searches."""

    def __init__(self, *, database: Database, outbox: Outbox, timers: Timers, catalog: Catalog, clock: Clock) -> None:
        self._database = database
        self._outbox = outbox
        self._timers = timers
        self._catalog = catalog
        self._clock = clock

    async def save(self, caller: Principal, wish: SearchWish) -> SavedSearch:
        """Keep a search, and answer it.

        Raises ``Problem``: 409 for a name that the caller has given already or for one search too many, 422 for a time
        in which nothing can be found.
        """
        now = self._clock()
        wanted = sought(wish.query, wish.start, wish.end, wish.minutes)
        refuse_time(wanted, now)
        if wanted.length > LENGTH_MAX:
            raise Problem(422, "window-too-long", f"Look for up to {LENGTH_MAX.days} days, or for some time within.")
        found = alike(await self._catalog.search(query=wish.query))
        ids = allowed(wanted, found, caller.role, now)
        wanted = sought(wish.query, wish.start, wish.end, wish.minutes, ids)
        search = SavedSearch(0, SearchState.LIVE, caller.id, caller.role, wish.name, wanted, now, wish.notify)
        # Of an exact time only whether it is open at all matters, which `ids` say.
        hours = hours_of(ids, found) if wish.minutes is not None else {}
        id_ = await patiently(lambda: self._save(caller, search, hours))
        return own(caller, await store.one(self._database, id_))

    async def change(self, caller: Principal, id_: int, name: str | None, notify: bool | None) -> SavedSearch:
        """Rename a search, or pause or resume the telling; answer it as it is now.

        Raises ``Problem``: 403 for somebody else's, 404, 409 for a name that is taken, 410 if it is over.
        """
        own(caller, await store.one(self._database, id_), alone=True)
        await patiently(lambda: self._change(caller, id_, name, notify))
        return own(caller, await store.one(self._database, id_))

    async def remove(self, caller: Principal, id_: int) -> None:
        """Let a search go; raises 403 for somebody else's, and 404 if there is none."""
        own(caller, await store.one(self._database, id_))

        async def let_go() -> None:
            async with self._database.transaction() as connection:
                search = await store.locked(connection, id_)
                await store.remove(connection, id_)
                if search is not None:
                    await self._end(connection, search, caller.id, "removed")

        await patiently(let_go)

    async def _save(self, caller: Principal, search: SavedSearch, hours: Mapping[int, Hours]) -> int:
        async with self._database.transaction() as connection:
            await store.one_at_a_time(connection, caller.id)
            if await store.count(connection, caller.id) >= SEARCHES_MAX:
                raise Problem(
                    409, "too-many-searches", f"A person keeps up to {SEARCHES_MAX} searches; remove one of them first."
                )
            try:
                id_ = await store.add(connection, search)
            except store.NameTaken:
                raise _name_taken(search.name) from None
            await add_hours(connection, hours)
            wanted = search.wanted
            event = SearchSaved(
                search_id=id_,
                owner_id=caller.id,
                actor_id=caller.id,
                name=search.name,
                any_of=told_query(wanted),
                start=wanted.start,
                end=wanted.end,
                minutes=wanted.minutes,
                notify=search.notify,
            )
            await self._timers.set(connection, timer_key(id_), wanted.closes_at, TIMER)
            await self._outbox.write(connection, [event])
            return id_

    async def _change(self, caller: Principal, id_: int, name: str | None, notify: bool | None) -> None:
        async with self._database.transaction() as connection:
            search = await store.locked(connection, id_)
            if search is None:
                raise Problem(410, "search-over", "The time of this search has passed; save it anew for another time.")
            changes = []
            if name is not None and name != search.name:
                try:
                    await store.rename(connection, id_, name)
                except store.NameTaken:
                    raise _name_taken(name) from None
                changes.append("name")
            if notify is not None and notify != search.notify:
                await store.set_notify(connection, id_, notify=notify)
                changes.append("notify")
            if changes:
                after = name or search.name, search.notify if notify is None else notify
                event: Event = SearchChanged(id_, search.owner_id, caller.id, after[0], tuple(changes), after[1])
                await self._outbox.write(connection, [event])

    async def _end(self, connection: Connection, search: SavedSearch, actor_id: int, how: str) -> None:
        await self._timers.cancel(connection, timer_key(search.id))
        await self._outbox.write(connection, [SearchEnded(search.id, search.owner_id, actor_id, search.name, how)])


def own(caller: Principal, search: SavedSearch | None, *, alone: bool = False) -> SavedSearch:
    """Answer the search that is meant; raise 404 if there is none, 403 if it is somebody else's.

    Administrators may see and remove all, but what is for the owner ``alone`` is not for them either.
    """
    if search is None:
        raise Problem(404, "unknown-search", "There is no such saved search.")
    if search.owner_id != caller.id and (alone or not caller.is_admin):
        raise Problem(403, "not-allowed", "This search is somebody else's.")
    return search


def timer_key(search_id: int) -> str:
    """Answer the key of the timer by which the time of a search passes."""
    return f"search/{search_id}"


def told_query(wanted: Wanted) -> SearchFor:
    """Answer what a resource has to be like, as events tell it."""
    query = wanted.any_of or ResourceQuery()
    return SearchFor(query.text, query.kind, query.tags, query.site_id, query.capacity_min)


def _name_taken(name: str) -> Problem:
    return Problem(409, "search-name-taken", f"You have a search called “{name}” already: give this one another name.")
