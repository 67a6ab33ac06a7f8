"""The sale of one evening on a database of the test's own, with a clock that the test moves."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace

import orjson
import pytest_asyncio

from berth.contracts.payments import PaymentAuthorised, PaymentDeclined, PaymentEvent
from berth.contracts.seating.orders import REQUEST_ID
from berth.kit.db import Database, open_database
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.subscription import each
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.booking.usecases.calendars import Calendars
from berth.modules.seating.domain.performance import Performance, Plan
from berth.modules.seating.domain.seat_map.value import Area, Category, Row, Seat, SeatMap, Section
from berth.modules.seating.usecases.admitting import Admitting
from berth.modules.seating.usecases.aftermath.informing import Informing
from berth.modules.seating.usecases.aftermath.winding_down import WindingDown
from berth.modules.seating.usecases.halls import Halls
from berth.modules.seating.usecases.holding import HOLD, Holding
from berth.modules.seating.usecases.ordering import Numbers, Ordering
from berth.modules.seating.usecases.performances import INFORM, VENUE, WIND_DOWN, Performances
from berth.modules.seating.usecases.selling import DUE, Selling
from berth.modules.seating.usecases.settling import Settling
from tests.database.booking.calendar import Shelf
from tests.database.seating.hall import NOW, START, booking_on, clock_of, fall_due, put_on

PRICE_MINOR = 2500
EVENING = Plan(
    name="Concert",
    description=None,
    start=START,
    end=START + timedelta(hours=2),
    sales_start=NOW - timedelta(days=1),
    sales_end=START,
    currency="EUR",
    prices={"a": PRICE_MINOR},
    seats_per_person=6,
)


def hall_of(rows: int, seats: int, people: int = 0) -> SeatMap:
    """A hall of one section, with room for so many without seats."""
    made = tuple(
        Row(str(row), tuple(Seat(str(at), 55 * at, 90 * row, "a") for at in range(1, seats + 1)))
        for row in range(1, rows + 1)
    )
    areas = (Area("floor", "Floor", "a", people),) if people else ()
    return SeatMap((Category("a", "First"),), (Section("s", "Stalls", made),), areas)


@dataclass
class Sale:
    """The parts of seating, the database behind them, and the evening; ``clock.now`` is the present."""

    database: Database
    clock: SimpleNamespace
    booking: Calendars
    performance: Performance
    holding: Holding
    ordering: Ordering
    settling: Settling
    admitting: Admitting
    putting_on: Performances
    winding_down: WindingDown
    informing: Informing

    async def answer(self, event: PaymentEvent, times: int = 1) -> None:
        """Let payments answer, so many times over."""
        for number in range(times):
            envelope = Envelope("payments", number, event.type, event.subject, NOW, event.data(), None, None)
            async with self.database.transaction() as connection:
                await self.settling.follow(connection, [envelope])

    async def authorise(self, order_id: int, amount_minor: int = PRICE_MINOR, times: int = 1) -> None:
        """Let the payment of an order be secured."""
        await self.answer(PaymentAuthorised(order_id, REQUEST_ID, 1, "EUR", amount_minor, of="order"), times)

    async def decline(self, order_id: int, times: int = 1) -> None:
        """Let the payment of an order be declined."""
        await self.answer(PaymentDeclined(order_id, REQUEST_ID, 1, "EUR", 1, "No.", of="order"), times)

    async def pass_time(self, passing: timedelta) -> None:
        """Let time pass, and all timers do what they have to."""
        self.clock.now += passing
        handlers = {
            HOLD: each(self.holding.expire),
            DUE: each(self.settling.overdue),
            VENUE: each(self.putting_on.keep_venue),
            WIND_DOWN: each(self.winding_down.go_on),
            INFORM: each(self.informing.go_on),
        }
        await fall_due(self.database, self.clock.now, handlers)

    async def states(self) -> str:
        """How the seats stand, a letter each."""
        return str(
            await self.database.fetch_value(
                "select coalesce(string_agg(left(state, 1), '' order by place), '') from seating.seat"
            )
        )

    async def area_taken(self) -> int:
        """How many have room in the areas."""
        return int(await self.database.fetch_value("select coalesce(sum(taken), 0) from seating.area"))

    async def shares(self) -> dict[int, int]:
        """How many places everybody has."""
        rows = await self.database.fetch("select person_id, taken from seating.share where taken > 0")
        return {row["person_id"]: row["taken"] for row in rows}

    async def told(self) -> tuple[str, int]:
        """What whoever heard all events, in an order of their own, makes of the seats and the areas."""
        rows = await self.database.fetch(
            "select data::text from seating.outbox where type = 'berth.seating.seats_changed.v1'"
        )
        seats: dict[int, tuple[int, str]] = {}
        areas: dict[str, tuple[int, int]] = {}
        for row in rows[::-1]:
            event = orjson.loads(row["data"])
            for place, version in event["seats"]:
                seats[place] = max(seats.get(place, (0, "f")), (version, event["state"][0]))
            for one in event["areas"]:
                areas[one["key"]] = max(areas.get(one["key"], (0, 0)), (one["version"], one["taken"]))
        everything = len(await self.states())
        letters = "".join(seats.get(place, (0, "f"))[1] for place in range(everything))
        return letters, sum(taken for _, taken in areas.values())


async def sale_of(database: Database, content: SeatMap, plan: Plan = EVENING) -> Sale:
    """The sale of an evening in a hall."""
    present = SimpleNamespace(now=NOW)
    clock = clock_of(present)
    outbox, timers, halls = Outbox("seating", Bell()), Timers("seating", Bell()), Halls(database)
    booking = booking_on(database, clock)
    selling = Selling(outbox, timers, clock)
    holding = Holding(database=database, timers=timers, outbox=outbox, halls=halls, clock=clock)
    numbers = Numbers(booking)
    return Sale(
        database=database,
        clock=present,
        booking=booking,
        performance=await put_on(database, booking, content, plan),
        holding=holding,
        ordering=Ordering(database=database, halls=halls, selling=selling, numbers=numbers, clock=clock),
        settling=Settling(halls, selling),
        admitting=Admitting(database, outbox, halls, clock),
        putting_on=Performances(
            database=database,
            outbox=outbox,
            timers=timers,
            catalog=Shelf([]),
            booking=booking,
            clock=clock,
        ),
        winding_down=WindingDown(holding, selling, timers, clock),
        informing=Informing(selling, timers, clock),
    )


@pytest_asyncio.fixture(loop_scope="session")
async def sale(empty_url: str) -> AsyncIterator[Sale]:
    """The sale of an evening in a hall of four rows of ten, and a floor for five."""
    async with open_database(empty_url) as database:
        yield await sale_of(database, hall_of(4, 10, people=5))
