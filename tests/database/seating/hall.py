"""What every evening of these tests needs: people, a venue that booking keeps for it, and timers that fall due."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from berth.kit.auth import Principal, Role
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.subscription import Handler
from berth.kit.outbox.timers import Timers, by_name, due
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.usecases.calendars import Calendars
from berth.modules.booking.usecases.waitlist.offering import Offering
from berth.modules.seating.domain.performance import Performance, PerformanceState, Plan
from berth.modules.seating.domain.seat_map.value import SeatMap
from berth.modules.seating.domain.venues import SavedMap
from berth.modules.seating.store import performances, seat_maps, venues
from tests.database.booking.calendar import Shelf

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
START = NOW + timedelta(days=10)
ROOT = Principal(9, "root", "Root", Role.ADMIN, None, 3)
HALL_ID = 7
"""The resource that the venue is."""


def person(id_: int) -> Principal:
    """Somebody who would like to come in."""
    return Principal(id_, f"p{id_}", f"Person {id_}", Role.USER, None, 1)


def clock_of(present: SimpleNamespace) -> Clock:
    """Answer a clock that shows ``present.now``."""

    def now() -> datetime:
        return present.now

    return now


def booking_on(database: Database, clock: Clock) -> Calendars:
    """Booking's answers to seating."""
    outbox, timers = Outbox("booking", Bell()), Timers("booking", Bell())
    offering = Offering(outbox=outbox, timers=timers, catalog=Shelf([]), clock=clock, patience=Patience())
    return Calendars(database, outbox, clock, offering)


async def put_on(database: Database, booking: Calendars, content: SeatMap, plan: Plan) -> Performance:
    """Put something on in a new venue, as the verbs do once booking has agreed."""
    async with database.transaction() as connection:
        venue = await venues.add(connection, "Teatro", HALL_ID, NOW)
        await seat_maps.save(connection, venue.id, SavedMap(1, content, ROOT.id, NOW))
        made = await performances.add(
            connection,
            plan,
            venue_id=venue.id,
            map_version=1,
            resource_id=HALL_ID,
            timezone="Europe/Rome",
            actor_id=ROOT.id,
            now=NOW,
        )
        await performances.furnish(connection, made.id, content.seat_count, content.areas)
        scheduled = replace(made, state=PerformanceState.SCHEDULED)
        await performances.save(connection, scheduled)
    taken = await booking.occupy(
        source=f"performance/{made.id}",
        resource_id=HALL_ID,
        actor_id=ROOT.id,
        reason=plan.name,
        start=plan.start,
        end=plan.end,
    )
    assert not taken
    return replace(scheduled, version=scheduled.version + 1)


async def fall_due(database: Database, now: datetime, handlers: Mapping[str, Handler]) -> None:
    """Let all of seating's timers that are due do what they have to."""
    handle = by_name(handlers)
    while await due(database, "seating", now, 100):
        rows = await database.fetch("delete from seating.inbox returning number, type, subject, data::text")
        for row in sorted(rows, key=lambda one: one["number"]):
            envelope = Envelope("timer", row["number"], row["type"], row["subject"], NOW, row["data"], None, None)
            async with database.transaction() as connection:
                await handle(connection, [envelope])
