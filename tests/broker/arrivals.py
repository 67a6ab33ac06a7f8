"""Events to send, and what came of them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime

from berth.kit.bus.port import Bus, BusAway
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Group

CREATED, MOVED = "berth.booking.reservation_created.v1", "berth.booking.reservation_moved.v1"


def event(number: int, subject: str = "reservation/1", type_: str = CREATED) -> Envelope:
    trace = "00-" + "1" * 32 + "-" + "2" * 16 + "-01"
    return Envelope("booking", number, type_, subject, datetime.now(UTC), f'{{"number":{number}}}', trace, "192.0.2.7")


def events(count: int, subjects: int = 20, start: int = 1) -> list[Envelope]:
    return [event(number, f"reservation/{number % subjects}") for number in range(start, start + count)]


class Arrivals:
    """What a group has stored, in the order of the first arrivals; ``open`` is cleared to keep it from storing."""

    def __init__(self, seconds_per_batch: float = 0.0) -> None:
        self._seconds = seconds_per_batch
        self.numbers: list[int] = []
        self.batches: list[int] = []
        self.open = asyncio.Event()
        self.open.set()
        self.knocked = asyncio.Event()
        self._came = asyncio.Condition()

    async def store(self, envelopes: Sequence[Envelope]) -> float:
        self.knocked.set()
        await self.open.wait()
        await asyncio.sleep(self._seconds)
        self.batches.append(len(envelopes))
        self.numbers = list(dict.fromkeys([*self.numbers, *(one.number for one in envelopes)]))
        async with self._came:
            self._came.notify_all()
        return 0.0

    async def reach(self, count: int) -> None:
        async with asyncio.timeout(40), self._came:
            await self._came.wait_for(lambda: len(self.numbers) >= count)


@contextlib.asynccontextmanager
async def consuming(bus: Bus, group: Group, arrivals: Arrivals) -> AsyncIterator[None]:
    """Consume as Berth does: again and again while the broker is away."""

    async def consume() -> None:
        while True:
            with contextlib.suppress(BusAway):
                await bus.consume(group, arrivals.store)
            await asyncio.sleep(0.1)

    task = asyncio.ensure_future(consume())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def publish_all(bus: Bus, envelopes: Sequence[Envelope]) -> None:
    """Publish as Berth does: what is not confirmed again, in its order."""
    waiting = list(envelopes)
    while waiting:
        try:
            confirmed = {one.number for one in await bus.publish(waiting[:100])}
        except BusAway:
            await asyncio.sleep(0.1)
            continue
        waiting = [one for one in waiting if one.number not in confirmed]


def out_of_order(numbers: Iterable[int], subjects: int = 20) -> list[tuple[int, int]]:
    """Answer the numbers that came after a greater one of their subject."""
    last: dict[int, int] = {}
    wrong = []
    for number in numbers:
        before = last.get(number % subjects, 0)
        if number < before:
            wrong.append((before, number))
        last[number % subjects] = max(number, before)
    return wrong
