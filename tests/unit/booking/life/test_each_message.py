"""Stories in which each message in turn is lost, comes twice or comes last, and each step in turn refuses or is silent.

What chance finds seldom is tried here one by one.
"""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from berth.modules.booking.domain.reservation import State
from tests.unit.booking.life.confirmers import OTHERS
from tests.unit.booking.life.world import World

Carry = Callable[[World], None]


def cancelled_while_a_refused_move_is_undone(world: World, carry: Carry) -> None:
    world.make(["quota", "access"])
    carry(world)
    world.move([], refuse=["quota"])
    carry(world)
    world.cancel()
    carry(world)


def moved_again_while_a_refused_move_is_undone(world: World, carry: Carry) -> None:
    world.make(["access"])
    carry(world)
    world.move(["quota", "payment"], refuse=["quota"])
    carry(world)
    world.move([], hours=2)
    carry(world)


def moved_three_times_and_cancelled_in_the_last(world: World, carry: Carry) -> None:
    world.make(["quota", "access", "payment"])
    for hours in (1, 2, 3):
        carry(world)
        world.move([], hours=hours)
    world.cancel("staff")
    carry(world)


def moved_and_used(world: World, carry: Carry) -> None:
    world.make(["quota", "access"], no_show_minutes=30)
    carry(world)
    world.move(["payment"], hours=-1, longer=1)
    carry(world)
    world.wait(5)
    world.check_in()
    carry(world)
    world.move([], hours=0, longer=1)
    carry(world)
    world.check_out()
    carry(world)


def missed_while_it_is_moved(world: World, carry: Carry) -> None:
    world.make(["quota", "access"], no_show_minutes=10)
    carry(world)
    world.wait(65)
    world.move(["payment", "approval"])
    carry(world)
    world.strike()
    carry(world)


def checked_in_while_it_is_moved(world: World, carry: Carry) -> None:
    world.make(["quota", "access"])
    carry(world)
    world.wait(50)
    world.move(["approval"])
    carry(world)
    world.check_in()
    carry(world)


STORIES = [
    cancelled_while_a_refused_move_is_undone,
    moved_again_while_a_refused_move_is_undone,
    moved_three_times_and_cancelled_in_the_last,
    moved_and_used,
    missed_while_it_is_moved,
    checked_in_while_it_is_moved,
]
MESSAGES_MAX = 24


def carrying(chance: random.Random, spoil: dict[int, str]) -> Carry:
    """Carry some of the messages, in any order; ``spoil`` names what happens to which, counted from the first."""
    count = 0

    def carry(world: World) -> None:
        nonlocal count
        for _ in range(chance.randrange(8)):
            if not world.messages:
                return
            place = chance.randrange(len(world.messages))
            fate, count = spoil.get(count), count + 1
            if fate == "lost":
                world.lose(place)
            elif fate == "twice":
                world.duplicate(place)
            else:
                world.deliver(place)
            world.check()

    return carry


@pytest.mark.parametrize("fate", ["lost", "twice"])
@pytest.mark.parametrize("story", STORIES)
def test_each_message_in_turn_is_spoilt(story: Callable[[World, Carry], None], fate: str) -> None:
    for place in range(MESSAGES_MAX):
        for seed in range(12):
            world = World()
            story(world, carrying(random.Random(f"{place} {seed}"), {place: fate}))
            world.finish()


@pytest.mark.parametrize("story", STORIES)
def test_two_messages_are_lost(story: Callable[[World, Carry], None]) -> None:
    for first in range(MESSAGES_MAX):
        for second in range(first + 1, MESSAGES_MAX):
            world = World()
            story(world, carrying(random.Random(f"{first} {second}"), {first: "lost", second: "lost"}))
            world.finish()


@pytest.mark.parametrize("how", ["refuse", "silent"])
@pytest.mark.parametrize("step", OTHERS)
def test_whichever_step_fails_nothing_is_held(step: str, how: str) -> None:
    for seed in range(20):
        world = World()
        world.make(OTHERS, **{how: [step]})
        carrying(random.Random(seed), {})(world)
        world.finish()
        assert world.life.reservation.state == State.CANCELLED
        assert step in (world.life.reservation.cancel_reason or "")


@pytest.mark.parametrize("how", ["refuse", "silent"])
@pytest.mark.parametrize("step", OTHERS)
def test_whichever_step_fails_a_move_leaves_the_reservation_as_it_was(step: str, how: str) -> None:
    for seed in range(20):
        world = World()
        world.make(OTHERS)
        world.deliver_all()
        before = world.life.reservation
        world.move([], **{how: [step]})
        carrying(random.Random(seed), {})(world)
        while not world.settled_down():
            world.deliver_all()
            if not world.settled_down():
                world.strike()
        world.check()
        assert world.life.reservation == replace(before, version=before.version + 1), "the refusal is in the history"
        world.finish()
        assert world.life.reservation.state == State.FINISHED
