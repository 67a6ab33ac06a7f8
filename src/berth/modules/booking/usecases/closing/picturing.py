"""Sees what is in the way of a closing, and plans what becomes of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from berth.contracts.catalog import Catalog, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal, Role
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.closing import Decision, Kind, Occupant, Outcome, Supply, digest, is_listed, planned
from berth.modules.booking.domain.hold import Hold
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.domain.reservation import CHANGEABLE
from berth.modules.booking.domain.waitlist.entry import Entry
from berth.modules.booking.store import living
from berth.modules.booking.store.blackout import Blackout
from berth.modules.booking.store.changing import take_turns
from berth.modules.booking.store.closing import picture as store
from berth.modules.booking.store.closing.picture import Within
from berth.modules.booking.store.waitlist import entry as entries_store
from berth.modules.booking.store.waitlist.offer import REACH, busy
from berth.modules.booking.usecases.choosing import named_resources
from berth.modules.booking.usecases.conflict import alike
from berth.modules.booking.usecases.life.requesting import Requesting
from berth.modules.booking.usecases.waitlist.offering import Offering

ITEMS_MAX = 500
WINDOW_MAX = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ClosingWish:
    """What somebody wants to close, and from when until when."""

    resource_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What others say that a plan needs. It is asked before the transaction, in which nobody waits for others.

    ``owner_ids`` and ``resource_ids`` are those that were asked for, known or not.
    """

    owner_ids: frozenset[int]
    resource_ids: frozenset[int]
    closed: Resource
    like: Sequence[Resource]
    others: Mapping[int, Resource]
    people: Mapping[int, Person]
    administrators: Sequence[int]


@dataclass(frozen=True, slots=True)
class Seen:
    """All that is in the way, as the calendar has it at one moment.

    ``over`` are reservations that have ended, of which the tear-down is still in the way; it stays.
    """

    within: Within
    occupants: Sequence[Occupant]
    holds: Mapping[int, Hold]
    entries: Mapping[int, Entry]
    over: frozenset[int]

    @property
    def owner_ids(self) -> set[int]:
        """Answer whose things are in the way."""
        return {one.owner_id for one in self.occupants if one.owner_id is not None}

    @property
    def resource_ids(self) -> set[int]:
        """Answer the resources of all that is in the way."""
        return {id_ for one in self.occupants for id_ in one.resource_ids}


@dataclass(frozen=True, slots=True)
class Picture:
    """What would become of all that is in the way, from ``start`` to ``end``: what has passed is not closed."""

    wish: ClosingWish
    start: datetime
    known: Known
    seen: Seen
    decisions: Sequence[Decision]

    @property
    def end(self) -> datetime:
        """Answer until when it is closed."""
        return self.wish.end

    @property
    def digest(self) -> str:
        """Answer what tells this picture from another."""
        return digest(self.wish.resource_id, self.wish.start, self.wish.end, self.decisions)

    @property
    def items(self) -> list[dict[str, Any]]:
        """Answer what is kept of the decisions, and told."""
        return [
            {
                "kind": one.occupant.kind,
                "id": one.occupant.id,
                "title": one.occupant.title,
                "state": one.occupant.life.reservation.state if one.occupant.life else None,
                "series_id": one.occupant.life.reservation.series_id if one.occupant.life else None,
                "start": one.occupant.start,
                "end": one.occupant.end,
                "resource_ids": one.occupant.resource_ids,
                "owner_id": one.occupant.owner_id,
                "outcome": one.outcome,
                "to_id": one.to.id if one.to else None,
                "confirm": one.confirm,
                "why": one.why,
            }
            for one in self.decisions
        ]

    def becoming(self, outcome: Outcome, kind: Kind = Kind.RESERVATION) -> list[Decision]:
        """Answer the decisions of one kind with this outcome."""
        return [one for one in self.decisions if one.outcome is outcome and one.occupant.kind is kind]


class Outrun(Exception):
    """Somebody reserved while others were asked; it is to be asked anew."""


class Picturing:
    """The questions of a closing."""

    def __init__(
        self,
        *,
        database: Database,
        catalog: Catalog,
        identity: Identity,
        requesting: Requesting,
        offering: Offering,
        clock: Clock,
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity
        self._requesting = requesting
        self._offering = offering
        self._clock = clock

    async def known(self, wish: ClosingWish) -> Known:
        """Answer what a plan needs of others. Raises ``Problem``: 404, 422 for a time that cannot be closed."""
        start = self._start(wish)
        [closed] = await named_resources(self._catalog, [wish.resource_id])
        async with self._database.transaction() as connection:
            seen = await self._see(connection, wish, start)
        others = await self._catalog.resources(ids=sorted(seen.resource_ids)) if seen.resource_ids else {}
        people = await self._identity.people(ids=sorted(seen.owner_ids)) if seen.owner_ids else {}
        like = await alike(self._catalog, closed)
        administrators = await self._requesting.administrators([*like, *others.values()])
        asked = frozenset(seen.owner_ids), frozenset(seen.resource_ids)
        return Known(*asked, closed, like, others, people, administrators)

    async def picture(self, caller: Principal, wish: ClosingWish) -> Picture:
        """Answer what would become of all that is in the way now."""
        while True:
            known = await self.known(wish)
            try:
                async with self._database.transaction() as connection:
                    return await self._planned(connection, caller, wish, known)
            except Outrun:
                continue

    async def locked(self, connection: Connection, caller: Principal, wish: ClosingWish, known: Known) -> Picture:
        """Answer the picture, and keep everybody from changing what is in it until the transaction ends.

        Reservations come first, then the line, and the calendars at last, as with everybody who changes them.
        """
        found = await store.within(connection, wish.resource_id, self._start(wish), wish.end, ITEMS_MAX + 1)
        moves = await store.moves(connection, found.moves)
        await living.locked(connection, [*found.reservations, *(one.reservation_id for one in moves)])
        await self._offering.take_turn(connection)
        entries = await store.offered(connection, found.offers)
        await entries_store.locked(connection, [one.id for one in entries])
        await take_turns(connection, [wish.resource_id, *(one.id for one in known.like)])
        picture = await self._planned(connection, caller, wish, known)
        if not picture.seen.within.all <= found.all:
            raise Outrun
        return picture

    async def _planned(self, connection: Connection, caller: Principal, wish: ClosingWish, known: Known) -> Picture:
        start, now = self._start(wish), self._clock()
        seen = await self._see(connection, wish, start)
        if not seen.owner_ids <= known.owner_ids or not seen.resource_ids <= known.resource_ids:
            raise Outrun
        first = min((one.start for one in seen.occupants), default=start)
        last = max((one.end for one in seen.occupants), default=wish.end)
        like_ids = [one.id for one in known.like]
        taken = await busy(connection, like_ids, first - REACH, last + REACH) if like_ids else {}
        supply = Supply(
            closed=known.closed,
            like=known.like,
            busy=taken,
            others=known.others,
            roles={id_: Role(one.role) for id_, one in known.people.items()},
            administrators=known.administrators,
            caller_id=caller.id,
            now=now,
        )
        return Picture(wish, start, known, seen, planned(seen.occupants, supply))

    async def _see(self, connection: Connection, wish: ClosingWish, start: datetime) -> Seen:
        found = await store.within(connection, wish.resource_id, start, wish.end, ITEMS_MAX + 1)
        if len(found.all) > ITEMS_MAX:
            raise Problem(
                422, "closing-too-large", f"More than {ITEMS_MAX} things are in the way: close a shorter time at once."
            )
        moves = await store.moves(connection, found.moves)
        lives = await living.read_all(connection, [*found.reservations, *(one.reservation_id for one in moves)])
        holds = {one.id: one for one in await store.holds(connection, found.holds)}
        entries = {one.id: one for one in await store.offered(connection, found.offers)}
        mine = {id_: lives[id_] for id_ in found.reservations}
        occupants = [
            *_reservations(life for life in mine.values() if is_listed(life)),
            *(_move(one, lives[one.reservation_id]) for one in moves if not _goes_along(one, mine)),
            *(_hold(one) for one in holds.values()),
            *(_offer(one) for one in entries.values()),
            *(_blackout(one, wish.resource_id) for one in await store.blackouts(connection, found.blackouts)),
        ]
        over = frozenset(id_ for id_, life in mine.items() if not is_listed(life))
        return Seen(found, occupants, holds, entries, over)

    def _start(self, wish: ClosingWish) -> datetime:
        """Answer from when on is closed: not before the minute that has begun. Raises 422 for a time that is over."""
        now = self._clock()
        if wish.end <= now:
            raise Problem(422, "too-late", "This time is over; close a time that lies ahead.")
        if wish.end - wish.start > WINDOW_MAX:
            raise Problem(422, "window-too-long", f"Close up to {WINDOW_MAX.days} days at once.")
        return max(wish.start, now.replace(second=0, microsecond=0))


def _goes_along(one: store.Wanted, mine: Mapping[int, Life]) -> bool:
    """Tell whether the reservation of a move is in the way itself and leaves, so that its move does so, too."""
    life = mine.get(one.reservation_id)
    return life is not None and life.reservation.state in CHANGEABLE


def _reservations(lives: Iterable[Life]) -> Iterable[Occupant]:
    for life in lives:
        one = life.reservation
        yield Occupant(
            Kind.RESERVATION, one.id, one.id, one.title, one.start, one.end, one.resource_ids, one.owner_id, life
        )


def _move(wanted: store.Wanted, life: Life) -> Occupant:
    one = life.reservation
    slot = (wanted.start, wanted.end, wanted.resource_ids)
    return Occupant(Kind.MOVE, one.id, wanted.number, one.title, *slot, one.owner_id, life)


def _hold(one: Hold) -> Occupant:
    return Occupant(Kind.HOLD, one.id, one.id, "", one.start, one.end, one.resource_ids, one.owner_id)


def _offer(entry: Entry) -> Occupant:
    offer = entry.offer
    if offer is None:
        raise RuntimeError("a place that was offered something has an offer")
    slot = (offer.start, offer.end, offer.resource_ids)
    return Occupant(Kind.OFFER, entry.id, offer.id, entry.wanted.title, *slot, entry.owner_id)


def _blackout(one: Blackout, resource_id: int) -> Occupant:
    return Occupant(Kind.BLACKOUT, one.id, one.id, one.reason, one.start, one.end, (resource_id,))
