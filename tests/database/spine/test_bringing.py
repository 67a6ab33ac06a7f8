"""What a broker brings: stored before it is handled, and only if it concerns the group."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg

from berth.contracts.booking.reservation import ConfirmationSettled, ReservationStarted, means
from berth.kit.bus.port import Store
from berth.kit.db import Changes
from berth.kit.outbox.event import Envelope, Event
from berth.kit.outbox.pace import Courtesy
from berth.kit.outbox.relay import Listener
from berth.kit.outbox.spine import Member, Spine, Terms
from berth.kit.outbox.subscription import Group
from tests.database.spine.conftest import EVERYTHING, Harbour, ShipSighted


def brought(number: int, event: Event) -> Envelope:
    return Envelope("harbour", number, event.type, event.subject, datetime.now(UTC), event.data(), None, None)


class Carrier:
    """A bus that brings these events, once, and answers how long to let others gather."""

    def __init__(self, envelopes: Sequence[Envelope]) -> None:
        self._envelopes = envelopes
        self.gather_seconds: float | None = None

    async def prepare(self, groups: Sequence[Group]) -> None:
        pass

    async def publish(self, envelopes: Sequence[Envelope]) -> Sequence[Envelope]:
        return envelopes

    async def consume(self, group: Group, store: Store) -> None:
        self.gather_seconds = await store(self._envelopes)
        await asyncio.Event().wait()

    async def listen(
        self, types: frozenset[str] | None, tell: Callable[[Sequence[Envelope]], None], began: Callable[[], None]
    ) -> None:
        await asyncio.Event().wait()

    async def ping(self) -> None:
        pass

    async def close(self) -> None:
        pass


async def test_what_does_not_concern_a_group_is_not_stored(harbour: Harbour) -> None:
    carrier = Carrier([brought(number, ShipSighted(number % 2, number)) for number in range(1, 7)])
    spine = Spine(
        members=[Member("pilots", harbour.database, handlers={EVERYTHING.name: harbour.log})],
        listeners=[Listener("pilots", replace(EVERYTHING, concerns=lambda one: one.subject == "ship/1"))],
        whole=harbour.database,
        bus=carrier,
        changes=Changes(lambda: asyncpg.connect(harbour.url)),
        connect=lambda: asyncpg.connect(harbour.url),
        clock=lambda: datetime.now(UTC),
        courtesy=Courtesy(),
        terms=Terms(harbour.retries, timedelta(days=7)),
    )
    tasks = [asyncio.ensure_future(task()) for task in spine.tasks()]
    await harbour.settled(3)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    stored = await harbour.database.fetch("select number from pilots.inbox order by id")
    assert [row["number"] for row in stored] == [1, 3, 5]
    assert [one["place"] for one in await harbour.effects()] == [1, 3, 5]
    assert carrier.gather_seconds


def test_a_step_is_concerned_by_what_names_it_and_by_what_names_none() -> None:
    settled = brought(1, ConfirmationSettled(7, 1, ("quota", "access")))
    started = Envelope("booking", 2, ReservationStarted.type, "reservation/7", datetime.now(UTC), "{}", None, None)
    assert means("quota")(settled)
    assert not means("payment")(settled)
    assert means("payment")(started)
