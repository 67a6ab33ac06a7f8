"""An evening that admits few at once, on a database of the test's own, with a clock that the test moves."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from types import SimpleNamespace

from berth.kit.db import Database
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.subscription import each
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.seating.domain.order import SeatHold
from berth.modules.seating.domain.performance import Performance, Plan
from berth.modules.seating.domain.queue import Standing
from berth.modules.seating.domain.seat_map.value import Category, Row, Seat, SeatMap, Section
from berth.modules.seating.store import performances
from berth.modules.seating.usecases.halls import Halls
from berth.modules.seating.usecases.holding import HOLD, Holding, SeatWish
from berth.modules.seating.usecases.ordering import Numbers, Ordering
from berth.modules.seating.usecases.queue.queueing import QUEUE, Queueing
from berth.modules.seating.usecases.selling import Selling
from tests.database.seating.hall import NOW, START, booking_on, clock_of, fall_due, person, put_on

SEATS = 60
HALL = SeatMap(
    (Category("a", "First"),),
    (Section("s", "Stalls", (Row("1", tuple(Seat(str(at), 55 * at, 0, "a") for at in range(1, SEATS + 1))),)),),
    (),
)
CROWDED = Plan(
    name="Concert",
    description=None,
    start=START,
    end=START + timedelta(hours=2),
    sales_start=NOW - timedelta(days=1),
    sales_end=START,
    currency="EUR",
    prices={"a": 2500},
    hold_minutes=15,
    admitted_max=1,
)


@dataclass
class Evening:
    """The waiting room of one performance and what people do inside; ``clock.now`` is the present."""

    database: Database
    clock: SimpleNamespace
    performance: Performance
    queueing: Queueing
    holding: Holding
    ordering: Ordering

    async def ask(self, number: int) -> Standing:
        """Let a person join, or say that they are still there."""
        return await self.queueing.ask(person(number), self.performance.id)

    async def one(self, number: int) -> Standing:
        """How a person stands, who says nothing."""
        return await self.queueing.one(person(number), self.performance.id)

    async def told(self, *numbers: int) -> list[str]:
        """How these people stand, in a word each: the position of those who wait, or the state."""
        found = [await self.one(number) for number in numbers]
        return [str(one.position or one.state) for one in found]

    async def leave(self, number: int) -> None:
        """Let a person leave."""
        await self.queueing.leave(person(number), self.performance.id)

    async def hold(self, number: int, seat: int) -> SeatHold:
        """Let a person hold a seat."""
        held, _ = await self.holding.hold(person(number), SeatWish(self.performance.id, (f"s/1/{seat}",)))
        return held

    async def pass_time(self, passing: timedelta, asking: Iterable[int] = ()) -> None:
        """Let time pass in steps of five seconds, at each of which these people ask; timers fall due when they do."""
        until = self.clock.now + passing
        while self.clock.now < until:
            self.clock.now = min(self.clock.now + timedelta(seconds=5), until)
            handlers = {HOLD: each(self.holding.expire), QUEUE: each(self.queueing.go_on)}
            await fall_due(self.database, self.clock.now, handlers)
            for number in asking:
                await self.ask(number)

    async def change(self, plan: Plan) -> None:
        """Let an administrator change the plan."""
        self.performance = replace(self.performance, plan=plan)
        async with self.database.transaction() as connection:
            await performances.save(connection, self.performance)

    async def people(self, *, inside: bool) -> list[int]:
        """Those who have a place inside, or wait for one, by their numbers."""
        rows = await self.database.fetch(
            "select person_id from seating.queue_place where (admitted_at is not null) = $1 order by number", inside
        )
        return [row["person_id"] for row in rows]


async def evening_on(database: Database, calendar: Database, plan: Plan = CROWDED) -> Evening:
    """Put an evening on in a new venue; ``calendar`` is the database as booking may use it."""
    present = SimpleNamespace(now=NOW)
    clock = clock_of(present)
    booking = booking_on(calendar, clock)
    outbox, timers, halls = Outbox("seating", Bell()), Timers("seating", Bell()), Halls(database)
    selling, numbers = Selling(outbox, timers, clock), Numbers(booking)
    return Evening(
        database=database,
        clock=present,
        performance=await put_on(database, booking, HALL, plan),
        queueing=Queueing(database, timers, clock),
        holding=Holding(database=database, timers=timers, outbox=outbox, halls=halls, clock=clock),
        ordering=Ordering(database=database, halls=halls, selling=selling, numbers=numbers, clock=clock),
    )
