"""Looks at what became free, and tells the owners of the searches that it fits: each slot once, and not too often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.booking.searches import FreeSlot, SearchEnded, SearchMatched
from berth.contracts.catalog import Catalog, Resource
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.value import SYSTEM
from berth.modules.booking.domain.searches.matching import Opened, news, opened
from berth.modules.booking.domain.waitlist.choosing import reach
from berth.modules.booking.store.searches import search as searches
from berth.modules.booking.store.searches import watching as store
from berth.modules.booking.store.searches.watching import Looked, Watch
from berth.modules.booking.usecases.searches.noting import Noting
from berth.modules.booking.usecases.searches.saving import TIMER, timer_key, told_query

AT_ONCE_MAX = 100
SLOTS_MAX = 10
"""So many slots are told of at once; of more it is only said that there are."""
FRESH_MAX = 200
"""So many resources that are new to a search are looked at at once."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one search: what to tell, and what is left to look at."""

    watch: Watch
    slots: Sequence[FreeSlot]
    left: Sequence[int]


class Telling:
    """The verbs of the clock: looking, and ending what is over."""

    def __init__(
        self, *, outbox: Outbox, timers: Timers, catalog: Catalog, clock: Clock, noting: Noting, pause: timedelta
    ) -> None:
        self._outbox = outbox
        self._timers = timers
        self._catalog = catalog
        self._clock = clock
        self._noting = noting
        self._pause = pause

    async def look(self, connection: Connection, _: Sequence[Envelope]) -> None:
        """Look at some of the searches of which it is time, and tell; the next look is due when the next search is."""
        await store.take_turn(connection)
        now = self._clock()
        watches = await store.due(connection, now, AT_ONCE_MAX)
        if watches:
            found = await self._find(connection, watches, now)
            events = [_matched(one) for one in found if one.slots]
            told = [(one.watch.search.id, slot) for one in found for slot in one.slots[:SLOTS_MAX]]
            await store.settle(connection, [self._looked(one, now) for one in found])
            if told:
                await store.note_told(connection, told, now)
            await self._outbox.write(connection, events)
            await store.forget(connection)
        await self._noting.wind(connection)

    async def pass_time(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """End the searches whose time has passed by now."""
        await self.pass_time_of(connection, [int(one.subject.partition("/")[2]) for one in envelopes])

    async def pass_time_of(self, connection: Connection, ids: Sequence[int]) -> None:
        """End those of these searches whose time has passed; wind the clocks of the others anew."""
        for id_ in ids:
            search = await searches.locked(connection, id_)
            if search is None:
                continue
            closes_at = search.wanted.closes_at
            if closes_at > self._clock():
                await self._timers.set(connection, timer_key(id_), closes_at, TIMER)
                continue
            await searches.end(connection, id_, self._clock())
            event = SearchEnded(search.id, search.owner_id, SYSTEM, search.name, "expired")
            await self._outbox.write(connection, [event])

    async def _find(self, connection: Connection, watches: Sequence[Watch], now: datetime) -> list[Found]:
        mine = {id_ for one in watches for id_ in one.search.wanted.resource_ids}
        since = min(one.seen_id for one in watches)
        freed = [one for one in await store.freed_since(connection, since, now) if one[1].resource_id in mine]
        asked = {one.resource_id for _, one in freed} | {id_ for one in watches for id_ in one.fresh_ids[:FRESH_MAX]}
        resources = await self._catalog.resources(ids=sorted(asked)) if asked else {}
        told = await store.told_before(connection, [one.search.id for one in watches])
        free = await _free(connection, freed)
        found = []
        for watch in watches:
            openings = [one for id_, some in free if id_ > watch.seen_id for one in some]
            openings += await _fresh(connection, watch, resources, now)
            slots = news(
                watch.search,
                openings,
                resources,
                told=told.get(watch.search.id, ()),
                now=now,
                most=SLOTS_MAX + 1,
            )
            found.append(Found(watch, slots, () if len(slots) > SLOTS_MAX else watch.fresh_ids[FRESH_MAX:]))
        return found

    def _looked(self, found: Found, now: datetime) -> Looked:
        told_at = now if found.slots else None
        again = (now + self._pause if found.slots else now) if found.left else None
        return Looked(found.watch.search.id, found.left, again, told_at)


async def _free(connection: Connection, freed: Sequence[tuple[int, Opened]]) -> list[tuple[int, list[Opened]]]:
    """Answer what is still free of what was freed, each with its number."""
    taken = await store.around(connection, [one for _, one in freed])
    return [(id_, opened(one, around)) for (id_, one), around in zip(freed, taken, strict=True)]


async def _fresh(
    connection: Connection, watch: Watch, resources: Mapping[int, Resource], now: datetime
) -> list[Opened]:
    """Answer what is free of the resources that are new to the search: all of it is news."""
    known = [resources[id_] for id_ in watch.fresh_ids[:FRESH_MAX] if id_ in resources]
    wholes = []
    for one in known:
        start, end = reach(watch.search.wanted, [one])
        wholes.append(Opened(one.id, max(start, now), end, None, None))
    wholes = [one for one in wholes if one.start < one.end]
    taken = await store.around(connection, wholes) if wholes else []
    return [part for one, around in zip(wholes, taken, strict=True) for part in opened(one, around)]


def _matched(found: Found) -> SearchMatched:
    search = found.watch.search
    wanted = search.wanted
    return SearchMatched(
        search_id=search.id,
        owner_id=search.owner_id,
        actor_id=SYSTEM,
        name=search.name,
        any_of=told_query(wanted),
        start=wanted.start,
        end=wanted.end,
        minutes=wanted.minutes,
        slots=tuple(found.slots[:SLOTS_MAX]),
        more=len(found.slots) > SLOTS_MAX,
    )
