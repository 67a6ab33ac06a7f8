"""Turns let so many work at once, and the others wait in line."""

import asyncio

import pytest

from berth.kit.contention.turns import Turns
from berth.kit.http.problem import Problem


async def test_no_more_than_so_many_work_and_the_others_follow_in_their_order() -> None:
    turns, working, most, began = Turns(2, 5.0), 0, 0, []

    async def work(number: int) -> None:
        nonlocal working, most
        async with turns.turn():
            began.append(number)
            working += 1
            most = max(most, working)
            await asyncio.sleep(0.001)
            working -= 1

    await asyncio.gather(*(work(number) for number in range(10)))
    assert (most, began) == (2, list(range(10)))


async def test_who_would_wait_too_long_is_sent_away_and_takes_no_place() -> None:
    turns = Turns(1, 0.01)
    async with turns.turn():
        with pytest.raises(Problem) as refused:
            async with turns.turn():
                pass
    assert (refused.value.status, refused.value.headers) == (503, {"Retry-After": "1"})
    async with turns.turn():
        pass


async def test_a_turn_that_fails_is_over() -> None:
    turns = Turns(1, 0.01)
    for _ in range(3):
        with pytest.raises(ValueError, match="no"):
            async with turns.turn():
                raise ValueError("no")
