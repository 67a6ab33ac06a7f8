"""What booking answers to other modules, and lets them close: for calendars from outside, and for performances."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.contracts.booking.closing import BlackoutLifted, BlackoutSet
from berth.contracts.booking.questions import ENTRIES_MAX, BusyTime, Closure, Entry, Overlap
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Connection, Database
from berth.kit.outbox.event import Event
from berth.kit.outbox.write import Outbox
from berth.modules.booking.store import conflict, placing
from berth.modules.booking.store.calendars import closing, entries, occupying
from berth.modules.booking.store.calendars.occupying import Occupation
from berth.modules.booking.store.changing import take_turns
from berth.modules.booking.store.waitlist.offer import Stretch
from berth.modules.booking.usecases.waitlist.offering import Offering

FILLINGS_MAX = 10


class _StillTaken(Exception):
    """Slots were taken again and again while they were to be closed; nothing was written."""


class _Occupied(Exception):
    """Rolls back what should occupy a time that is taken."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a calendar from outside wants closed, and on whose behalf."""

    source: str
    resource_id: int
    actor_id: int
    reason: str
    busy: frozenset[BusyTime]


class Calendars:
    """Fulfils the contract ``Booking``."""

    def __init__(self, database: Database, outbox: Outbox, clock: Clock, offering: Offering) -> None:
        self._database = database
        self._outbox = outbox
        self._clock = clock
        self._offering = offering

    async def entries(
        self, *, owner_id: int | None, resource_ids: Sequence[int] | None, start: datetime, until: datetime
    ) -> Sequence[Entry]:
        """Answer up to ``ENTRIES_MAX`` reservations within a time by start and id, whatever their states."""
        return await entries.within(
            self._database,
            owner_id=owner_id,
            resource_ids=resource_ids,
            start=start,
            until=until,
            limit=ENTRIES_MAX,
        )

    async def entry(self, *, reservation_id: int) -> Entry | None:
        """Answer a reservation."""
        return await entries.one(self._database, reservation_id)

    async def closures(self, *, resource_ids: Sequence[int], start: datetime, until: datetime) -> Sequence[Closure]:
        """Answer up to ``ENTRIES_MAX`` blackouts of these resources within a time, by start and id."""
        return await entries.closures(self._database, resource_ids, start, until, ENTRIES_MAX)

    async def overlaps(self, *, source: str) -> Sequence[Overlap]:
        """Answer the reservations that stand where the source would close, from now on, by start and id."""
        return await closing.overlaps(self._database, source, self._clock(), ENTRIES_MAX)

    async def close_by_calendar(
        self, *, source: str, number: int, resource_id: int, actor_id: int, reason: str, busy: Sequence[BusyTime]
    ) -> None:
        """Close the resource at these times and no others that the source had closed from now on."""

        async def close() -> None:
            async with self._database.transaction() as connection:
                await take_turns(connection, [resource_id])
                if await closing.follow(connection, source, number):
                    wish = _Wish(source, resource_id, actor_id, reason, frozenset(busy))
                    await self._replace(connection, wish)

        await patiently(close)

    async def occupy(
        self, *, source: str, resource_id: int, actor_id: int, reason: str, start: datetime, end: datetime
    ) -> Sequence[BusyTime]:
        """Close the resource for what the source names; doing it again is the same, and with another time moves it.

        Answers what stands in the way, and then nothing was changed; nothing if it is done.
        """
        wanted = Occupation(source, resource_id, actor_id, reason, start, end)

        async def close() -> None:
            async with self._database.transaction() as connection:
                await self._occupy(connection, wanted)

        try:
            await patiently(close)
        except _Occupied:
            found = await conflict.busy(self._database, [resource_id], start, end)
            return [BusyTime(one.start, one.end) for one in found]
        return []

    async def _occupy(self, connection: Connection, wanted: Occupation) -> None:
        await take_turns(connection, [wanted.resource_id])
        found = await occupying.find(connection, wanted.source)
        if found:
            id_, known = found
            if (known.resource_id, known.start, known.end) == (wanted.resource_id, wanted.start, wanted.end):
                if known.reason != wanted.reason:
                    await occupying.rename(connection, id_, wanted.reason)
                return
            freed = await self._lift(connection, id_, known, wanted.actor_id)
        made = await occupying.add(connection, wanted)
        if made is None:
            raise _Occupied
        told = BlackoutSet(made, wanted.actor_id, (wanted.resource_id,), wanted.start, wanted.end, wanted.reason)
        await self._outbox.write(connection, [told])
        if found:
            await self._offering.serve(connection, freed)

    async def vacate(self, *, source: str, actor_id: int) -> None:
        """Open what the source occupies, if it does; those first who wait for it."""

        async def open_again() -> None:
            async with self._database.transaction() as connection:
                found = await occupying.find(connection, source)
                if found:
                    id_, known = found
                    freed = await self._lift(connection, id_, known, actor_id)
                    await self._offering.serve(connection, freed)

        await patiently(open_again)

    async def _lift(self, connection: Connection, id_: int, known: Occupation, actor_id: int) -> list[Stretch]:
        freed = await self._offering.begin(connection, [id_])
        await closing.remove(connection, [id_])
        told = BlackoutLifted(id_, actor_id, (known.resource_id,), known.start, known.end)
        await self._outbox.write(connection, [told])
        return freed

    async def numbers(self, *, count: int) -> Sequence[int]:
        """Answer numbers that no reservation has, nor ever will."""
        return await placing.next_ids(self._database, count)

    async def _replace(self, connection: Connection, wish: _Wish) -> None:
        now = self._clock()
        before = await closing.ahead(connection, wish.source, now)
        wanted = {one for one in wish.busy if one.end > now}
        lifted = {id_: time for time, id_ in before.items() if time not in wanted}
        gone = list(lifted)
        new = sorted(wanted - before.keys(), key=lambda one: one.start)
        freed = await self._offering.begin(connection, gone) if gone else []
        if gone:
            await closing.remove(connection, gone)
        made = await closing.add(
            connection,
            source=wish.source,
            resource_id=wish.resource_id,
            actor_id=wish.actor_id,
            reason=wish.reason,
            times=new,
        )
        for _ in range(FILLINGS_MAX):
            if not await closing.fill(connection, wish.source, wish.resource_id, now):
                break
        else:
            raise _StillTaken
        await self._outbox.write(connection, _events(wish, lifted, {made[time]: time for time in new}))
        await self._offering.serve(connection, freed)


def _events(wish: _Wish, gone: Mapping[int, BusyTime], made: Mapping[int, BusyTime]) -> list[Event]:
    lifted = [
        BlackoutLifted(
            blackout_id=id_,
            actor_id=wish.actor_id,
            resource_ids=(wish.resource_id,),
            start=time.start,
            end=time.end,
        )
        for id_, time in gone.items()
    ]
    closed = [
        BlackoutSet(
            blackout_id=id_,
            actor_id=wish.actor_id,
            resource_ids=(wish.resource_id,),
            start=time.start,
            end=time.end,
            reason=wish.reason,
        )
        for id_, time in made.items()
    ]
    return [*lifted, *closed]
