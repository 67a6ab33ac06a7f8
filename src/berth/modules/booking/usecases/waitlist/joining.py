"""Joins the line for what is taken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from berth.contracts.booking.waitlist import WaitlistJoined
from berth.contracts.catalog import Catalog, Resource, ResourceQuery
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.waitlist.choosing import hopeless, reach, room_for
from berth.modules.booking.domain.waitlist.entry import Entry, EntryState, Wanted
from berth.modules.booking.store.waitlist import entry as store
from berth.modules.booking.store.waitlist import offer as offers
from berth.modules.booking.store.waitlist.offer import Stretch
from berth.modules.booking.usecases.choosing import named_resources, nothing_fits, refused
from berth.modules.booking.usecases.waitlist.offering import TIMER, Offering, timer_key

ENTRIES_MAX = 20
WINDOW_MAX = timedelta(days=60)


class Joining:
    """The verb of joining."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        timers: Timers,
        catalog: Catalog,
        clock: Clock,
        offering: Offering,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._timers = timers
        self._catalog = catalog
        self._clock = clock
        self._offering = offering

    async def join(self, caller: Principal, wish: Wanted) -> Entry:
        """Stand at the end of the line, and answer the place; what is free already is offered at once.

        Raises ``Problem``: 404 for an unknown resource, 409 for waiting twice for the same or for too much, 422 for
        what can never be offered, with every rule that refuses.
        """
        wanted, resources = await self._wanted(caller, wish)
        entry = Entry(0, EntryState.WAITING, caller.id, caller.role, wanted, self._clock())
        id_ = await patiently(lambda: self._join(caller, entry, resources))
        [found] = await store.listed(self._database, store.Filter(), 1, id_=id_)
        return found

    async def _wanted(self, caller: Principal, wish: Wanted) -> tuple[Wanted, Sequence[Resource]]:
        """Answer the wish with the resources that it is for, once it is sure that it may come true."""
        now = self._clock()
        query = _with_room(wish.any_of, wish.people)
        if query is None:
            resources = await named_resources(self._catalog, wish.resource_ids)
        else:
            resources = sorted(await self._catalog.search(query=query), key=lambda one: one.id)
        if not resources:
            raise nothing_fits()
        ids = tuple(one.id for one in resources)
        wanted = replace(wish, resource_ids=ids, any_of=query)
        refuse_time(wanted, now)
        if query is None and not room_for(resources, wish.people):
            raise Problem(422, "too-small", "There is no room for so many people; wait for something larger.")
        _refuse_hopeless(caller, wanted, resources, now)
        return wanted, resources

    async def _join(self, caller: Principal, entry: Entry, resources: Sequence[Resource]) -> int:
        wanted = entry.wanted
        async with self._database.transaction() as connection:
            await offers.close_gate(connection)
            await offers.take_line(connection)
            _refuse_twice(await store.live(connection, caller.id), wanted)
            id_ = await store.add(connection, entry)
            await self._timers.set(connection, timer_key(id_), wanted.closes_at, TIMER)
            event = WaitlistJoined(
                entry_id=id_,
                owner_id=caller.id,
                actor_id=caller.id,
                title=wanted.title,
                resource_ids=wanted.resource_ids,
                start=wanted.start,
                end=wanted.end,
                minutes=wanted.minutes,
                people=wanted.people,
                any=wanted.any_of is not None,
            )
            await self._outbox.write(connection, [event])
            await self._look(connection, replace(entry, id=id_), resources)
        return id_

    async def _look(self, connection: Connection, entry: Entry, resources: Sequence[Resource]) -> None:
        """Offer what is free to who has joined, or to those before him who may have become able to take it."""
        if await self._offering.would_get(connection, entry):
            start, end = reach(entry.wanted, resources)
            await self._offering.serve(connection, [Stretch(one.id, start, end) for one in resources])


def refuse_time(wanted: Wanted, now: datetime) -> None:
    """Raise 422 for a time in which nothing can be had that is long enough, or in which too much would be."""
    if wanted.end - wanted.start < wanted.length:
        raise Problem(422, "window-too-short", "The time to look in is shorter than the reservation is to be.")
    if wanted.minutes is not None and wanted.end - wanted.start > WINDOW_MAX:
        raise Problem(422, "window-too-long", f"Wait for a time within up to {WINDOW_MAX.days} days.")
    if wanted.closes_at <= now:
        raise Problem(422, "too-late", "This time is over, or begins at once: look for what is free at /free.")


def _with_room(query: ResourceQuery | None, people: int) -> ResourceQuery | None:
    """Answer the search for what has room for so many; one person fits anywhere."""
    if query is None or people == 1:
        return query
    return replace(query, capacity_min=max(people, query.capacity_min or 0))


def _refuse_hopeless(caller: Principal, wanted: Wanted, resources: Sequence[Resource], now: datetime) -> None:
    """Raise the rules that will always refuse; of any one resource, if they do so everywhere."""
    found = [hopeless(wanted, [one], caller.role, now) for one in resources]
    if wanted.any_of is None and any(found):
        raise refused(caller, [one for each in found for one in each])
    if all(found):
        raise refused(caller, found[0])


def _refuse_twice(live: Sequence[Entry], wanted: Wanted) -> None:
    for one in live:
        if _same(one.wanted) == _same(wanted):
            raise Problem(
                409,
                "already-waiting",
                f"You wait for this already, or have been offered it: see entry {one.id}.",
                more={"entry_id": one.id},
            )
    if len(live) >= ENTRIES_MAX:
        raise Problem(409, "too-many-entries", f"A person waits for up to {ENTRIES_MAX} things; leave one first.")


def _same(wanted: Wanted) -> tuple[object, ...]:
    named = frozenset(wanted.resource_ids) if wanted.any_of is None else None
    return named, wanted.any_of, wanted.start, wanted.end, wanted.minutes
