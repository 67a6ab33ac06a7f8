"""Places occurrences of a series together, and tells of them."""

from collections.abc import Sequence
from dataclasses import replace

from berth.contracts.booking.reservation import ApprovalAsked, ReservationCreated
from berth.contracts.catalog import Resource
from berth.contracts.identity import Person
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.outbox.event import Event
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.asking import visit
from berth.modules.booking.domain.life.value import told
from berth.modules.booking.domain.reservation import Reservation, State, occupied
from berth.modules.booking.domain.series.value import Series, SeriesState, horizon, next_after
from berth.modules.booking.domain.series.wish import Place
from berth.modules.booking.store import living
from berth.modules.booking.store.placing import next_ids
from berth.modules.booking.store.series import placing as store
from berth.modules.booking.store.series.placing import Placement
from berth.modules.booking.usecases.life.requesting import Requesting

TIMER = "series"


class Occurring:
    """The one way to place occurrences; the transaction is the caller's."""

    def __init__(
        self, *, database: Database, outbox: Outbox, timers: Timers, requesting: Requesting, clock: Clock
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._timers = timers
        self._requesting = requesting
        self._clock = clock

    async def prepared(
        self, caller: Principal, owner: Person, series: Series, places: Sequence[Place]
    ) -> list[Placement]:
        """Answer what is to be written of these occurrences, with what each has to be confirmed by.

        It is found out before the transaction: whoever waits for identity while he holds a connection may keep
        identity from getting one.
        """
        if not places:
            return []
        ids = await next_ids(self._database, len(places))
        drafts = [_reservation(id_, caller, series, one) for id_, one in zip(ids, places, strict=True)]
        drafts = [replace(one, created_at=self._clock()) for one in drafts]
        wanted = [(draft, one.resources) for draft, one in zip(drafts, places, strict=True)]
        asking = await self._requesting.making_all(caller, wanted, owner)
        return [
            Placement(
                reservation=replace(draft, state=State.PENDING) if asks else draft,
                visit=visit(one.resources),
                occupied=tuple(occupied(each, one.start, one.end) for each in one.resources),
                needed=one.needed,
                request=asks.request if asks else None,
                asked=asks.events if asks else (),
            )
            for draft, one, asks in zip(drafts, places, asking, strict=True)
        ]

    async def place(self, connection: Connection, series: Series, placements: Sequence[Placement]) -> set[int]:
        """Place those that are free, with their requests and events, and answer which these are."""
        if not placements:
            return set()
        placed = await store.place(connection, series.id, placements)
        made = [one for one in placements if one.reservation.id in placed]
        requests = [(one.reservation.id, one.request) for one in made if one.request]
        if requests:
            await living.save_requests(connection, requests)
        events: list[Event] = []
        for one in made:
            events.append(told(ReservationCreated, one.reservation, one.reservation.created_by, series_id=series.id))
            events += [_of_series(each, series.id, first=one is made[0]) for each in one.asked]
        await self._outbox.write(connection, events)
        return placed

    async def wind(self, connection: Connection, series: Series, resources: Sequence[Resource]) -> None:
        """Set the timer that extends a series when its next occurrence comes within the horizon; none if none does."""
        key, now = f"series/{series.id}", self._clock()
        ahead = None
        if series.state == SeriesState.ACTIVE and series.placed_until is not None:
            ahead = next_after(series, series.placed_until, now)
        if ahead is None:
            await self._timers.cancel(connection, key)
            return
        due_at = ahead.start - (horizon(resources, now) - now)
        await self._timers.set(connection, key, max(due_at, now), TIMER)


def awaiting(reservations: Sequence[Reservation]) -> tuple[int, ...]:
    """Answer which of these new occurrences have to be confirmed."""
    return tuple(one.id for one in reservations if one.state == State.PENDING)


def _reservation(id_: int, caller: Principal, series: Series, place: Place) -> Reservation:
    return Reservation(
        id=id_,
        state=State.READY,
        owner_id=series.owner_id,
        created_by=caller.id,
        title=series.title,
        description=series.description,
        start=place.start,
        end=place.end,
        resource_ids=tuple(one.id for one in place.resources),
        version=1,
        cancel_reason=None,
        created_at=series.created_at,
        series_id=series.id,
        occurrence=place.occurrence.local,
    )


def _of_series(event: Event, series_id: int, *, first: bool) -> Event:
    """Answer the event as one of a series: approvers are told of the first occurrence, and not of each."""
    if isinstance(event, ApprovalAsked) and not first:
        return replace(event, series_id=series_id)
    return event
