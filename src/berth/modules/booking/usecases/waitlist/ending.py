"""Ends places in line: what was offered to them goes to whoever is next."""

from collections.abc import Sequence

from berth.contracts.booking.waitlist import WaitlistEnded
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.value import SYSTEM
from berth.modules.booking.domain.waitlist.entry import LIVE, Entry, EntryState
from berth.modules.booking.store import hold as holds
from berth.modules.booking.store.waitlist import entry as store
from berth.modules.booking.usecases.waitlist.offering import TIMER, Offering, timer_key


class Ending:
    """The verbs that end entries, within the transaction of whoever calls them."""

    def __init__(self, *, outbox: Outbox, timers: Timers, clock: Clock, offering: Offering) -> None:
        self._outbox = outbox
        self._timers = timers
        self._clock = clock
        self._offering = offering

    async def give_up(self, connection: Connection, entry: Entry, how: EntryState, actor_id: int) -> None:
        """End an entry and offer what it had to the next; the caller has the turn, and then the entry locked."""
        await store.end(connection, entry.id, how, self._clock())
        await self.told(connection, entry, how, actor_id)
        if entry.offer and entry.state == EntryState.OFFERED:
            freed = await self._offering.begin(connection, [entry.offer.id])
            await holds.vacate(connection, [entry.offer.id])
            await self._offering.serve(connection, freed)

    async def told(
        self,
        connection: Connection,
        entry: Entry,
        how: EntryState,
        actor_id: int,
        reservation_id: int | None = None,
    ) -> None:
        """Tell that an entry is over, and stop its clock."""
        wanted, offer = entry.wanted, entry.offer
        event = WaitlistEnded(
            entry_id=entry.id,
            owner_id=entry.owner_id,
            actor_id=actor_id,
            title=wanted.title,
            resource_ids=offer.resource_ids if offer else wanted.resource_ids,
            start=offer.start if offer else wanted.start,
            end=offer.end if offer else wanted.end,
            how=how,
            reservation_id=reservation_id,
            offer_id=offer.id if offer else None,
        )
        await self._timers.cancel(connection, timer_key(entry.id))
        await self._outbox.write(connection, [event])

    async def pass_time(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Do what is due for these entries by now."""
        await self.pass_time_of(connection, [int(one.subject.partition("/")[2]) for one in envelopes])

    async def pass_time_of(self, connection: Connection, ids: Sequence[int]) -> None:
        """End those of these entries whose offer, or time, is over; wind the clocks of the others anew."""
        await self._offering.take_turn(connection)
        for id_ in ids:
            for entry in await store.locked(connection, [id_]):
                if entry.state not in LIVE:
                    continue
                if entry.due_at > self._clock():
                    await self._timers.set(connection, timer_key(id_), entry.due_at, TIMER)
                    continue
                how = EntryState.LAPSED if entry.state == EntryState.OFFERED else EntryState.EXPIRED
                await self.give_up(connection, entry, how, SYSTEM)
