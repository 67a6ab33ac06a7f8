"""Gives what becomes free to whoever is next in line, in the transaction that frees it: nobody comes in between."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from berth.contracts.booking.waitlist import WaitlistOffered
from berth.contracts.catalog import Catalog, Resource
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.outbox.event import Event
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.domain.life.value import SYSTEM, Slot
from berth.modules.booking.domain.opening import Range
from berth.modules.booking.domain.reservation import occupied
from berth.modules.booking.domain.waitlist.choosing import Supply, chosen, reach
from berth.modules.booking.domain.waitlist.entry import Entry, Offer
from berth.modules.booking.store import hold as holds
from berth.modules.booking.store.closing.closing import fill_again
from berth.modules.booking.store.placing import next_ids
from berth.modules.booking.store.waitlist import offer as store
from berth.modules.booking.store.waitlist.offer import Stretch

TIMER = "waitlist"
AT_ONCE_MAX, LOOK_MAX = 200, 50
TRIES_MAX = 20
"""So often a slot is looked for that somebody else takes at the same moment; after that the next look will find one."""


@dataclass
class Given:
    """What was given away within one transaction, to be told at its end."""

    events: list[Event] = field(default_factory=list)
    due_at: dict[str, datetime] = field(default_factory=dict)


class Offering:
    """The verbs of giving away. ``begin`` comes before a calendar is changed, ``serve`` behind."""

    def __init__(self, *, outbox: Outbox, timers: Timers, catalog: Catalog, clock: Clock, patience: Patience) -> None:
        self._outbox = outbox
        self._timers = timers
        self._catalog = catalog
        self._clock = clock
        self._patience = patience

    async def take_turn(self, connection: Connection) -> None:
        """Wait until nobody else gives anything away or joins; until the transaction ends, they wait."""
        await store.share_gate(connection)
        await store.take_line(connection)

    async def begin(self, connection: Connection, occupant_ids: Sequence[int]) -> list[Stretch]:
        """Answer what these occupants hold that somebody waits for; until the transaction ends nobody joins.

        If there is any, nobody else gives anything away meanwhile.
        """
        await store.share_gate(connection)
        stretches = await store.awaited(connection, occupant_ids)
        if stretches:
            await store.take_line(connection)
        return stretches

    async def serve(self, connection: Connection, freed: Sequence[Stretch]) -> None:
        """Offer what is free of these stretches to those who wait for it, in their order.

        What lies in the time of a closing is closed first: it has only become free because something stayed there.
        """
        closings = sorted({one.closing_id for one in freed if one.closing_id is not None})
        if closings:
            await fill_again(connection, closings, self._clock())
        freed = [one for one in freed if one.closing_id is None]
        given, after = Given(), 0
        only = {one.resource_id for one in freed}
        while freed and (entries := await store.waiting_for(connection, freed, after, AT_ONCE_MAX)):
            await self._offer_all(connection, entries, only, given)
            after = entries[-1].id
        await self._tell(connection, given)

    async def serve_behind(self, connection: Connection, after: int) -> int | None:
        """Offer whatever is free to some of those who wait; answer the last one's number, none if there is nobody."""
        await self.take_turn(connection)
        entries = await store.waiting_behind(connection, after, LOOK_MAX)
        given = Given()
        for one in entries:
            await self._offer_all(connection, [one], None, given)
        await self._tell(connection, given)
        return entries[-1].id if entries else None

    async def would_get(self, connection: Connection, entry: Entry) -> bool:
        """Tell whether there is something to offer to an entry now."""
        resources = await self._catalog.resources(ids=entry.wanted.resource_ids)
        busy = await _busy(connection, [entry], resources, resources)
        return chosen(entry, Supply(resources, busy, self._clock())) is not None

    async def _offer_all(
        self, connection: Connection, entries: Sequence[Entry], only: Collection[int] | None, given: Given
    ) -> None:
        """Offer to these what they can get; ``only`` these resources, if any one would do."""
        ids = {id_ for one in entries for id_ in _asked(one, only)}
        resources = await self._catalog.resources(ids=sorted(ids)) if ids else {}
        if not resources:
            return
        busy = await _busy(connection, entries, resources, resources)
        for entry in entries:
            for _ in range(TRIES_MAX):
                slot = chosen(entry, Supply(resources, busy, self._clock()), only)
                if slot is None:
                    break
                taken = await self._offer(connection, entry, slot, resources, given)
                # What others took at this moment is seen by now.
                busy = {**busy, **await _busy(connection, entries, resources, slot.resource_ids)}
                if taken:
                    break

    async def _offer(
        self, connection: Connection, entry: Entry, slot: Slot, resources: Mapping[int, Resource], given: Given
    ) -> bool:
        """Keep the slot for the entry, and answer true; or false if somebody has taken some of it."""
        now = self._clock()
        [id_] = await next_ids(connection, 1)
        stretches = [occupied(resources[one], slot.start, slot.end) for one in slot.resource_ids]
        if await holds.occupy(connection, id_, "offer", stretches) < len(stretches):
            await holds.vacate(connection, [id_])
            return False
        expires_at = min(now + self._patience.offer, slot.start)
        offer = Offer(id_, slot.resource_ids, slot.start, slot.end, now, expires_at)
        await store.offer(connection, entry.id, offer)
        given.due_at[timer_key(entry.id)] = expires_at
        given.events.append(
            WaitlistOffered(
                entry_id=entry.id,
                owner_id=entry.owner_id,
                actor_id=SYSTEM,
                title=entry.wanted.title,
                resource_ids=slot.resource_ids,
                start=slot.start,
                end=slot.end,
                offer_id=id_,
                until=expires_at,
            )
        )
        return True

    async def _tell(self, connection: Connection, given: Given) -> None:
        await self._timers.set_all(connection, TIMER, given.due_at)
        await self._outbox.write(connection, given.events)


def timer_key(entry_id: int) -> str:
    """Answer the key of the timer by which an entry's time passes."""
    return f"waitlist/{entry_id}"


def _asked(entry: Entry, only: Collection[int] | None) -> Iterable[int]:
    wanted = entry.wanted.resource_ids
    return wanted if entry.wanted.any_of is None or only is None else set(wanted) & set(only)


async def _busy(
    connection: Connection, entries: Sequence[Entry], resources: Mapping[int, Resource], ids: Iterable[int]
) -> Mapping[int, Sequence[Range]]:
    """Answer what occupies these resources wherever it matters for the entries."""
    spans = [reach(one.wanted, resources.values()) for one in entries]
    start, end = min(one[0] for one in spans), max(one[1] for one in spans)
    wanted = sorted(ids)
    return dict.fromkeys(wanted, ()) | dict(await store.busy(connection, wanted, start, end))
