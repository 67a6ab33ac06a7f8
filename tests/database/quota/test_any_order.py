"""Whatever booking tells in whatever order, however often and in whatever batches, the ledger is as a plain model's.

``BERTH_PROOF_SCALE`` above 1 searches at random, and longer.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, given
from hypothesis import settings as searching
from hypothesis import strategies as st

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.contracts.booking.reservation import ConfirmationEvent
from berth.modules.quota.domain.allowances import AllowanceUnit, Per
from tests.database.quota.conftest import ADA, MONDAY, ROOT, Process, asked, closed, process_on, settled, withdrawn
from tests.database.quota.model import Line, Model
from tests.scale import SCALE

WEEKS = {0: "week/2027-03-01", 1: "week/2027-03-08"}
numbers = itertools.count(1)


@dataclass(frozen=True)
class Told:
    """One thing that booking tells of one of four reservations."""

    what: str
    reservation: int
    request: int
    minutes: int
    week: int
    whole: bool

    def event(self, first: int, owner: int) -> ConfirmationEvent:
        id_ = first + self.reservation
        match self.what:
            case "ask":
                start = MONDAY + timedelta(days=7 * self.week)
                who = replace(ADA, id=owner)
                return asked(id_, self.request, owner=who, start=start, minutes=self.minutes)
            case "settle":
                return settled(id_, self.request)
            case "withdraw":
                return withdrawn(id_, self.request, whole=self.whole)
            case _:
                return closed(id_, self.request, minutes=self.minutes)

    def on(self, model: Model) -> list[str]:
        match self.what:
            case "ask":
                return [model.ask(self.reservation, self.request, self.minutes, self.week)]
            case "settle":
                model.settle(self.reservation, self.request)
                return []
            case "withdraw":
                return [model.withdraw(self.reservation, self.request, self.whole)]
            case _:
                return [model.close(self.reservation, self.request, self.minutes)]


told = st.builds(
    Told,
    st.sampled_from(["ask", "ask", "ask", "settle", "withdraw", "close"]),
    st.integers(0, 3),
    st.integers(1, 3),
    st.sampled_from([0, 15, 60, 90, 120]),
    st.integers(0, 1),
    st.booleans(),
)
batches = st.lists(st.lists(told, min_size=1, max_size=6), min_size=1, max_size=8)


@dataclass(frozen=True)
class Thread:
    """Quota on an event loop of its own thread, for hypothesis is not asynchronous."""

    portal: BlockingPortal
    process: Process

    async def begin(self, owners: tuple[int, int]) -> Model:
        """Set three allowances, and answer a model of them."""
        number = next(numbers)
        rules = [
            await self.process.set(name=f"minutes {number}", amount=150),
            await self.process.set(name=f"count {number}", unit=AllowanceUnit.COUNT, amount=2),
            await self.process.set(name=f"pool {number}", amount=240, shared=True, per=Per.WEEK),
        ]
        return Model([Line(one.id, one.rule.unit, one.rule.amount, one.rule.shared) for one in rules], owners)

    async def end(self, model: Model) -> None:
        for line in model.lines:
            await self.process.allowances.remove(ROOT, line.id)

    async def words(self, skipped: int) -> list[str]:
        return (await self.process.words())[skipped:]

    async def usage(self, model: Model) -> dict[tuple[int, int, str], tuple[int, int]]:
        ids = {line.id for line in model.lines}
        return {key: sums for key, sums in (await self.process.usage()).items() if key[0] in ids}


@pytest.fixture
def thread(empty_url: str, settings: Settings, secrets: Secrets) -> Iterator[Thread]:
    doors = open_doors(empty_url, modules(settings, secrets), secrets, connections_max=2, own_roles=True)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(doors) as opened:
        yield Thread(portal, process_on(opened.of("quota")))


@pytest.mark.proof
def test_the_ledger_is_as_the_models_in_any_order(thread: Thread) -> None:
    @searching(
        max_examples=20 * SCALE,
        deadline=None,
        derandomize=SCALE == 1,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(batches)
    def check(given_batches: list[list[Told]]) -> None:
        first = next(numbers) * 1000
        owners = (first, first + 1)
        model = thread.portal.call(thread.begin, owners)
        answered = len(thread.portal.call(thread.words, 0))
        expected: list[str] = []
        for batch in given_batches:
            thread.portal.call(thread.process.tell, *[one.event(first, model.owner(one.reservation)) for one in batch])
            expected += [word for one in batch for word in one.on(model)]
            assert thread.portal.call(thread.usage, model) == by_name(model)
        assert thread.portal.call(thread.words, answered) == expected
        for reservation in range(4):
            thread.portal.call(thread.process.tell, withdrawn(first + reservation, 9))
            model.withdraw(reservation, 9, True)
        left = thread.portal.call(thread.usage, model)
        assert left == by_name(model)
        assert all(held == 0 for held, _ in left.values())
        thread.portal.call(thread.end, model)

    check()


def by_name(model: Model) -> dict[tuple[int, int, str], tuple[int, int]]:
    return {(id_, holder, WEEKS[week]): sums for (id_, holder, week), sums in model.usage().items()}
