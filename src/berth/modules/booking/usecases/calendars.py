"""What booking answers to calendars, and lets calendars from outside close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.contracts.booking.closing import BlackoutLifted, BlackoutSet
from berth.contracts.booking.questions import ENTRIES_MAX, BusyTime, Closure, Entry, Overlap
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.outbox.event import Event
from berth.kit.outbox.write import Outbox
from berth.modules.booking.store.calendars import closing, entries
from berth.modules.booking.store.changing import take_turns
from berth.modules.booking.store.deadlock import patiently
from berth.modules.booking.usecases.waitlist.offering import Offering

FILLINGS_MAX = 10


class _StillTaken(Exception):
    """Slots were taken again and again while they were to be closed; nothing was written."""


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
