"""``kit.outbox.pace``: when the spine looks for work, and how it steps back behind people's requests."""

import asyncio

import pytest

from berth.kit.outbox import pace
from berth.kit.outbox.pace import Bell, Courtesy


async def waits(bell: Bell, seconds_max: float = 0.3) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await bell.wait(seconds_max)
    return loop.time() - began


async def test_a_bell_that_rang_is_followed_by_one_look_and_then_by_rest() -> None:
    bell = Bell()
    bell.ring()
    bell.ring()
    assert await waits(bell) < 0.05
    assert await waits(bell) >= 0.29


async def test_a_bell_wakes_who_rests() -> None:
    bell = Bell()
    asyncio.get_running_loop().call_later(0.02, bell.ring)
    assert await waits(bell, 5) < 1


class Office:
    """Serves requests, computes, and has work to do behind them."""

    def __init__(self) -> None:
        self.served = 0
        self.computed_seconds = 0.0
        self.courtesy = Courtesy(lambda: self.served, lambda: self.computed_seconds)

    async def be_busy(self) -> None:
        """Serve many requests, and compute all the time."""
        await self.count_again()
        self.served += 1000
        self.computed_seconds += 10

    async def batch(self) -> int:
        await asyncio.sleep(0.005)
        return 1

    async def seconds_of_work(self) -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        assert await self.courtesy.work(self.batch) == 1
        return loop.time() - began

    async def count_again(self) -> None:
        await asyncio.sleep(pace.RATE_SECONDS * 1.1)


async def test_work_rests_while_many_requests_come_and_not_otherwise() -> None:
    office = Office()
    assert await office.seconds_of_work() < 0.04
    await office.be_busy()
    assert await office.seconds_of_work() > 0.05
    await office.count_again()
    assert await office.seconds_of_work() < 0.04


async def test_work_does_not_rest_while_few_requests_need_much_or_many_need_little() -> None:
    office = Office()
    await office.count_again()
    office.computed_seconds += 10
    assert await office.seconds_of_work() < 0.04
    await office.count_again()
    office.served += 1000
    assert await office.seconds_of_work() < 0.04


async def test_the_longer_work_is_behind_the_less_it_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "REST_FACTORS", ((0.05, 30.0), (0.3, 3.0)))
    office = Office()
    await office.be_busy()
    first = await office.seconds_of_work()
    second = await office.seconds_of_work()
    assert first > 0.1
    assert second < first / 2


async def test_while_many_requests_come_the_workers_take_turns() -> None:
    office = Office()
    await office.be_busy()
    at_once, at_once_max = 0, 0

    async def batch() -> int:
        nonlocal at_once, at_once_max
        at_once += 1
        at_once_max = max(at_once_max, at_once)
        await asyncio.sleep(0.002)
        at_once -= 1
        return 1

    await asyncio.gather(*(office.courtesy.work(batch) for _ in range(4)))
    assert at_once_max == 1


async def test_an_errand_that_can_wait_steps_back_while_events_are_handled_and_the_less_the_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "ERRAND_PAUSES_SECONDS", ((0.1, 0.5), (0.3, 0.1)))
    office = Office()
    assert office.courtesy.errand_pause_seconds() == 0
    found = []
    for _ in range(4):
        await office.seconds_of_work()
        found.append(office.courtesy.errand_pause_seconds())
        await asyncio.sleep(0.12)
    assert found == [0.5, 0.1, 0.1, 0]
    await asyncio.sleep(pace.HANDLED_LATELY_SECONDS)
    assert office.courtesy.errand_pause_seconds() == 0
    await office.seconds_of_work()
    assert office.courtesy.errand_pause_seconds() == 0.5


async def test_an_errand_that_can_wait_steps_back_while_events_rest_behind_requests_and_the_less_the_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "HANDLED_LATELY_SECONDS", 0.01)
    monkeypatch.setattr(pace, "ERRAND_PAUSES_SECONDS", ((0.3, 0.5), (60.0, 0.1)))
    office = Office()
    found = []
    for _ in range(4):
        await office.be_busy()
        resting = asyncio.create_task(office.seconds_of_work())
        await asyncio.sleep(0.03)
        found.append(office.courtesy.errand_pause_seconds())
        await resting
    assert (found[0], found[-1]) == (0.5, 0.1)
    assert set(found) == {0.5, 0.1}
    await office.count_again()
    assert office.courtesy.errand_pause_seconds() == 0


async def test_looking_for_events_in_vain_holds_up_no_errand() -> None:
    courtesy = Courtesy()

    async def nothing() -> int:
        return 0

    await courtesy.work(nothing)
    assert courtesy.errand_pause_seconds() == 0
