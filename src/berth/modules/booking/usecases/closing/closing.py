"""Closes a resource for a time: what was shown is done in one transaction, or nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import asyncpg

from berth.contracts.booking.closing import BlackoutSet
from berth.contracts.booking.waitlist import WaitlistReturned
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.closing import Kind, Outcome
from berth.modules.booking.domain.waitlist.entry import Entry
from berth.modules.booking.store import hold as holds
from berth.modules.booking.store.changing import vacate_all
from berth.modules.booking.store.closing import closing as store
from berth.modules.booking.store.closing import picture as pictures
from berth.modules.booking.store.closing.closing import Closing
from berth.modules.booking.store.placing import next_ids
from berth.modules.booking.store.waitlist.offer import Stretch
from berth.modules.booking.usecases.closing.deciding import Deed, falling_away, notices, places, turns
from berth.modules.booking.usecases.closing.picturing import ITEMS_MAX, ClosingWish, Known, Outrun, Picture, Picturing
from berth.modules.booking.usecases.holds.holding import Holding
from berth.modules.booking.usecases.life.living import Living, step
from berth.modules.booking.usecases.waitlist.offering import TIMER, Offering, timer_key

TRIES = 3


@dataclass(frozen=True, slots=True)
class Order:
    """A confirmed closing: why, and the ``digest`` of the picture that was shown."""

    wish: ClosingWish
    reason: str
    digest: str


class Changed(Exception):
    """The calendar is not any more as it was shown, and nothing was done; ``picture`` shows it as it is."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self.picture = picture


class _Otherwise(Exception):
    """Rolls back a closing that met something else than was shown."""


class Closings:
    """The verbs of closings. Whether the caller may is the door's business."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        timers: Timers,
        picturing: Picturing,
        living: Living,
        holding: Holding,
        offering: Offering,
        clock: Clock,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._timers = timers
        self._picturing = picturing
        self._living = living
        self._holding = holding
        self._offering = offering
        self._clock = clock

    async def preview(self, caller: Principal, wish: ClosingWish) -> Picture:
        """Answer what would become of all that is in the way; nothing is changed."""
        return await self._picturing.picture(caller, wish)

    async def close(self, caller: Principal, order: Order) -> Closing:
        """Do what was shown, and answer the closing; whoever confirms the same twice is answered the same.

        Raises ``Changed`` with the new picture if the calendar is another by now, and ``Problem``: 404 for an unknown
        resource, 409 if there is nothing to close, 422 for a time that cannot be closed.
        """
        for _ in range(TRIES):
            known = await self._picturing.known(order.wish)
            try:
                return await patiently(partial(self._close, caller, order, known))
            except (_Otherwise, Outrun, asyncpg.ExclusionViolationError):
                picture = await self._picturing.picture(caller, order.wish)
                if picture.digest != order.digest:
                    break
        before = await store.confirmed(self._database, order.wish.resource_id, order.digest, caller.id)
        if before is None:
            raise Changed(picture)
        return before

    async def _close(self, caller: Principal, order: Order, known: Known) -> Closing:
        async with self._database.transaction() as connection:
            picture = await self._picturing.locked(connection, caller, order.wish, known)
            if picture.digest != order.digest:
                raise _Otherwise
            leaving = [one.occupant.number for one in picture.decisions if one.outcome is not Outcome.STAY]
            moves = falling_away(picture)
            freed = await self._offering.begin(connection, [*leaving, *moves])
            id_, *numbers = await next_ids(connection, 1 + sum(one.confirm for one in picture.decisions))
            deed = Deed(id_, caller.id, order.reason, picture, self._clock())
            closing = await self._take(connection, deed, order.digest, moves)
            made = turns(deed, numbers)
            await self._living.save(connection, [step(life, turn, caller.id) for life, turn in made], deed.now)
            entries = await self._take_back(connection, deed)
            turned = {life.reservation.id: turn for life, turn in made}
            event = BlackoutSet(id_, caller.id, (closing.resource_id,), closing.start, closing.end, order.reason)
            await self._outbox.write(connection, [event, *notices(deed, turned)])
            await self._offering.serve(connection, [*freed, *_stretches(entries)])
            return closing

    async def _take(self, connection: Connection, deed: Deed, digest: str, moves: Sequence[int]) -> Closing:
        """Let those who leave give back what they hold, those who move have what they get, and close what is free."""
        picture, resource_id = deed.picture, deed.picture.wish.resource_id
        for one in picture.becoming(Outcome.CANCEL, Kind.HOLD):
            gone = await holds.take(connection, one.occupant.number)
            if gone is None:
                raise _Otherwise
            await self._holding.told(connection, gone, "closed", deed.actor_id)
        cancelled = [one.occupant.number for one in picture.becoming(Outcome.CANCEL)]
        kept = [
            one.occupant.number for kind in (Kind.HOLD, Kind.OFFER) for one in picture.becoming(Outcome.CANCEL, kind)
        ]
        await vacate_all(connection, cancelled)
        await store.give_back(connection, [*kept, *moves])
        await store.relocate(connection, resource_id, places(picture))
        closing = Closing(
            deed.id,
            resource_id,
            picture.start,
            picture.end,
            deed.reason,
            digest,
            picture.items,
            deed.actor_id,
            deed.now,
        )
        await store.add(connection, closing)
        if not await store.fill(connection, [deed.id], picture.start):
            raise Problem(
                409, "nothing-to-close", "It is in use, or closed, for all of this time; nothing was changed."
            )
        staying = {one.occupant.number for one in picture.decisions if one.outcome is Outcome.STAY}
        there = await pictures.within(connection, resource_id, picture.start, picture.end, ITEMS_MAX + 2)
        if there.all - staying - picture.seen.over != {deed.id}:
            raise _Otherwise
        return closing

    async def _take_back(self, connection: Connection, deed: Deed) -> list[Entry]:
        """Let those wait on, at their places in line, to whom was offered what is closed now; answer their places."""
        entries = [
            deed.picture.seen.entries[one.occupant.id] for one in deed.picture.becoming(Outcome.CANCEL, Kind.OFFER)
        ]
        if entries:
            await store.take_back(connection, [one.id for one in entries])
            due_at = {timer_key(one.id): one.wanted.closes_at for one in entries}
            await self._timers.set_all(connection, TIMER, due_at)
            await self._outbox.write(connection, [_returned(one, deed.actor_id) for one in entries])
        return entries


def _returned(entry: Entry, actor_id: int) -> WaitlistReturned:
    offer = entry.offer
    if offer is None:
        raise RuntimeError("a place that was offered something has an offer")
    return WaitlistReturned(
        entry_id=entry.id,
        owner_id=entry.owner_id,
        actor_id=actor_id,
        title=entry.wanted.title,
        resource_ids=offer.resource_ids,
        start=offer.start,
        end=offer.end,
        offer_id=offer.id,
    )


def _stretches(entries: Sequence[Entry]) -> list[Stretch]:
    """Answer where those who wait again may find something else."""
    return [Stretch(id_, one.wanted.start, one.wanted.end) for one in entries for id_ in one.wanted.resource_ids]
