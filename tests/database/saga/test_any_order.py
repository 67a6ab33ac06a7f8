"""Whatever people do, in whatever order the post comes, however often, and some of it never: a clean slate.

``BERTH_PROOF_SCALE`` above 1 searches at random, and longer.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, given
from hypothesis import settings as searching
from hypothesis import strategies as st

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.kit.http.problem import Problem
from tests.database.saga.stories import (
    MOVES,
    STEPS,
    Act,
    Guest,
    approve,
    cancel,
    cancel_as_staff,
    check_in,
    check_out,
    make,
    moving,
    pay,
    reject,
    setting,
)
from tests.database.saga.test_every_fault import check
from tests.database.saga.world import HOUR, World, world_on
from tests.scale import SCALE

LOST_MAX = 4
GUESTS = 3
MEETINGS: Sequence[Act] = (check_in, check_in, check_out, moving(end=HOUR))
ACTS: Sequence[Act] = (pay, pay, approve, reject, cancel, cancel_as_staff, *MEETINGS, *MOVES.values())
CHOICES = ("act", "deliver", "deliver", "batch", "batch", "double", "lose", "errands", "forget", "strike")

Choice = tuple[str, int, int]
choices: st.SearchStrategy[list[Choice]] = st.lists(
    st.tuples(st.sampled_from(CHOICES), st.integers(0, 40), st.integers(0, GUESTS - 1)), max_size=60
)


@dataclass
class Run:
    """One search: some guests, and what was lost so far."""

    world: World
    guests: Sequence[Guest]
    lost: list[str] = field(default_factory=list)

    async def do(self, choice: Choice) -> None:
        what, number, who = choice
        world, guest = self.world, self.guests[who]
        await world.collect()
        letter = world.post[number % len(world.post)] if world.post else None
        match what:
            case "act":
                with contextlib.suppress(Problem):
                    await (ACTS[number % len(ACTS)] if guest.id else make)(world, guest)
            case "deliver" if letter:
                world.post.remove(letter)
                await world.deliver([letter])
            case "double" if letter:
                await world.deliver([letter, letter])
            case "lose" if letter and len(self.lost) < LOST_MAX:
                world.post.remove(letter)
                self.lost.append(str(letter))
            case "batch":
                batch, world.post = world.post[: number + 1], world.post[number + 1 :]
                await world.deliver(batch[::-1] if number % 2 else batch)
            case "errands" | "forget":
                await world.do_errands(forgetting=what == "forget")
            case "strike":
                await world.strike()


@pytest.fixture(params=["together", "split"])
def thread(
    request: pytest.FixtureRequest, empty_url: str, settings: Settings, secrets: Secrets
) -> Iterator[tuple[BlockingPortal, World]]:
    opening = world_on(empty_url, settings, secrets, split=request.param == "split")
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(opening) as made:
        yield portal, made


@pytest.mark.proof
@pytest.mark.parametrize("steps", [STEPS, ("approval", *STEPS), ("quota",)], ids=" ".join)
def test_nothing_is_left_behind(thread: tuple[BlockingPortal, World], steps: Sequence[str]) -> None:
    portal, world = thread

    async def search(chosen: Sequence[Choice], minutes: int) -> None:
        place = await setting(world, *steps, minutes=minutes)
        guests = [place.guest(number) for number in range(GUESTS)]
        run = Run(world, guests)
        await make(world, guests[0])
        for choice in chosen:
            await run.do(choice)
        await world.pass_all_time()
        made = [one for one in guests if one.id]
        assert set(await check(world, place, made)) == {one.id for one in made}

    @searching(
        max_examples=8 * SCALE,
        deadline=None,
        derandomize=SCALE == 1,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(choices, st.sampled_from([100, 200, 600]))
    def any_order(chosen: Sequence[Choice], minutes: int) -> None:
        portal.call(search, chosen, minutes)

    any_order()
