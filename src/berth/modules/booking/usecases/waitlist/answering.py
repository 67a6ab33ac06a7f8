"""Answers to offers, and leaving the line."""

from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.waitlist.entry import LIVE, Entry, EntryState, Offer
from berth.modules.booking.store.placing import Placement
from berth.modules.booking.store.waitlist import entry as store
from berth.modules.booking.usecases.claiming import Claiming, Kept
from berth.modules.booking.usecases.creating import Show
from berth.modules.booking.usecases.idempotency import Answer
from berth.modules.booking.usecases.waitlist.ending import Ending
from berth.modules.booking.usecases.waitlist.offering import Offering


class Answering:
    """The verbs of those who wait."""

    def __init__(
        self, *, database: Database, clock: Clock, claiming: Claiming, ending: Ending, offering: Offering
    ) -> None:
        self._database = database
        self._clock = clock
        self._claiming = claiming
        self._ending = ending
        self._offering = offering

    async def accept(self, caller: Principal, id_: int, show: Show) -> Answer:
        """Reserve what is offered, and answer the reservation; accepting twice answers the same one.

        Raises ``Problem``: 403 for somebody else's offer, 404, 409 if nothing is offered yet, 410 if the offer is
        over, 422 with every rule that refuses by now.
        """
        entry = _own(caller, await store.one(self._database, id_))
        if entry.owner_id != caller.id:
            raise Problem(403, "not-allowed", "Only who waits can accept an offer.")
        offer = entry.offer
        if entry.state == EntryState.ACCEPTED and offer:
            return await self._claiming.again(caller, offer.id, show)
        offer = self._open(entry)
        kept = Kept(offer.id, "offer", offer.resource_ids, offer.start, offer.end, offer.offered_at)
        wanted = entry.wanted
        placement = await self._claiming.prepare(caller, kept, wanted.title, wanted.description, show)
        if await patiently(lambda: self._accept(caller, id_, kept, placement)):
            return Answer(placement.answer.encode())
        return await self._claiming.again(caller, offer.id, show)

    async def decline(self, caller: Principal, id_: int) -> None:
        """Let the offer pass on to the next in line; the place is gone with it. Declining twice changes nothing."""
        await patiently(lambda: self._give_up(caller, id_, EntryState.DECLINED))

    async def leave(self, caller: Principal, id_: int) -> None:
        """Leave the line, with or without an offer; leaving twice changes nothing."""
        await patiently(lambda: self._give_up(caller, id_, EntryState.LEFT))

    async def _accept(self, caller: Principal, id_: int, kept: Kept, placement: Placement) -> bool:
        """Make the reservation, or answer false if another request of the same person just did."""
        async with self._database.transaction() as connection:
            [entry] = await store.locked(connection, [id_])
            if entry.state == EntryState.ACCEPTED:
                return False
            self._open(entry)
            if not await self._claiming.claim(connection, kept, placement):
                raise _over()
            await store.end(connection, id_, EntryState.ACCEPTED, self._clock())
            await self._ending.told(connection, entry, EntryState.ACCEPTED, caller.id, kept.id)
            return True

    async def _give_up(self, caller: Principal, id_: int, how: EntryState) -> None:
        async with self._database.transaction() as connection:
            await self._offering.take_turn(connection)
            entry = _own(caller, next(iter(await store.locked(connection, [id_])), None))
            if entry.state == how:
                return
            if entry.state not in LIVE:
                raise _over()
            if how == EntryState.DECLINED:
                self._open(entry)
            await self._ending.give_up(connection, entry, how, caller.id)

    def _open(self, entry: Entry) -> Offer:
        """Answer the offer that waits for an answer; raise 409 if there is none yet, 410 if it is over."""
        if entry.state == EntryState.WAITING:
            raise Problem(409, "no-offer", "Nothing is free yet; you will be told when it is your turn.")
        if entry.offer is None or entry.state != EntryState.OFFERED or entry.offer.expires_at <= self._clock():
            raise _over()
        return entry.offer


def _own(caller: Principal, entry: Entry | None) -> Entry:
    """Answer the entry that is meant; raise 404 if there is none, 403 if it is somebody else's."""
    if entry is None:
        raise Problem(404, "unknown-entry", "There is no such place in the waitlist.")
    if entry.owner_id != caller.id and not caller.is_admin:
        raise Problem(403, "not-allowed", "This place in the waitlist is somebody else's.")
    return entry


def _over() -> Problem:
    return Problem(
        410, "offer-over", "This is over: it was answered, left, or its time has passed. Join the line anew."
    )
