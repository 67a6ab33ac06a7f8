"""Whatever is lost, doubled or late on the way, and whoever refuses: in the end nothing is left behind."""

from collections.abc import Sequence

import pytest

from tests.database.saga.stories import (
    STORIES,
    Guest,
    Setting,
    Story,
    make,
    setting,
    tell,
    tell_one,
)
from tests.database.saga.world import World

NEVER = 10_000
REORDERED_WITHIN = 6
OVER = {"finished", "cancelled", "no_show"}


async def check(world: World, place: Setting, guests: Sequence[Guest]) -> dict[int, str]:
    """Look for a clean slate, and answer the states of the reservations."""
    ids = [one.id for one in guests]
    states = await world.states(ids)
    assert set(states) == set(ids)
    assert {id_: state for id_, state in states.items() if state not in OVER} == {}
    assert await world.left(ids) == []
    assert await world.disagreements(min(ids)) == {}
    return states


async def letters(world: World, story: Story) -> range:
    """Tell a story with nothing spoilt; answer the places of the letters that are its own."""
    place = await setting(world)
    guest, own = place.guest(0), 0
    for number, act in enumerate(story.acts, 1):
        await tell_one(world, act, [guest])
        assert await world.disagreements(guest.id) == {}, act
        own = len(guest.seen) if number <= story.known else own
    await tell(world, [], [guest])
    states = await check(world, place, [guest])
    assert states == {guest.id: story.end}
    return range(own, len(guest.seen))


LONGEST = {"moved dearer", "moved over a part of the old", "extended while in use", "moved, not paid, and used"}
ALL = [pytest.param(one, marks=[pytest.mark.slow] * (name in LONGEST), id=name) for name, one in STORIES.items()]


@pytest.mark.parametrize("story", ALL)
async def test_every_letter_lost_doubled_or_late_in_turn(world: World, story: Story) -> None:
    places = await letters(world, story)
    place = await setting(world)
    faults = [
        fault
        for number in places
        for fault in ({"loses": frozenset({number})}, {"doubles": frozenset({number})}, {"holds": {number: NEVER}})
    ]
    guests = [place.guest(number, **fault) for number, fault in enumerate(faults)]
    await tell(world, story.acts, guests)
    await check(world, place, guests)


LONG = [pytest.param(one, marks=pytest.mark.slow) for one in ("used", "moved and used")]


@pytest.mark.parametrize("name", ["moved and given up", "never paid", *LONG])
async def test_every_two_letters_the_other_way_round(world: World, name: str) -> None:
    story = STORIES[name]
    places = await letters(world, story)
    place = await setting(world)
    pairs = [(first, second) for first in places for second in places if first < second <= first + REORDERED_WITHIN]
    guests = [place.guest(number, holds={first: second}) for number, (first, second) in enumerate(pairs)]
    await tell(world, story.acts, guests)
    await check(world, place, guests)


@pytest.mark.parametrize("name", ["used", "moved twice", "moved, not paid, and given up"])
async def test_letters_one_by_one_end_as_those_in_batches(world: World, name: str) -> None:
    place = await setting(world)
    guests = [place.guest(number) for number in range(2)]
    await tell(world, STORIES[name].acts, guests, singly=True)
    assert set((await check(world, place, guests)).values()) == {STORIES[name].end}


async def test_a_reservation_of_which_nobody_ever_hears_goes_on_all_the_same(world: World) -> None:
    place = await setting(world)
    guest = place.guest(0)
    await make(world, guest)
    await world.collect()
    assert len(world.post) >= 4
    world.post = []
    assert await world.disagreements(guest.id) == {"waiting": [guest.id]}
    await world.pass_all_time()
    assert await check(world, place, [guest]) == {guest.id: "cancelled"}
