"""Each step refuses in turn, the making and a move, with a lock and a card provider on real ports."""

from datetime import timedelta

import pytest

from tests.database.saga.conftest import Outside
from tests.database.saga.stories import (
    MOVES,
    Guest,
    approve,
    cancel,
    check_in,
    come,
    make,
    reject,
    setting,
    tell,
    tell_one,
)
from tests.database.saga.test_every_fault import check
from tests.database.saga.world import HOUR, World

FAULTS = {"lose": 0.2, "fail": 0.2, "repeat": 0.3}


async def by_card(outside: Outside, guest: Guest) -> None:
    """Have the payer pay all that can be paid, and let that be noticed."""
    rows = await outside.world.doors.of("payments").fetch(
        "select reference from payments.intent where reservation_id = $1 and standing = 'pending'", guest.id
    )
    for row in rows:
        outside.cards.pay(row["reference"])
    outside.world.clock.now += timedelta(minutes=1)
    for _ in range(20):
        await outside.world.quieten()
        outside.world.clock.now += timedelta(seconds=1)


async def clean_outside(outside: Outside) -> None:
    """Nobody's money is held by the provider, and the lock opens for nobody."""
    held = {id_: one["status"] for id_, one in outside.cards.books().items() if one["status"] == "requires_capture"}
    assert held == {}
    assert outside.lock.open_for == {}


async def spoil(outside: Outside, step: str) -> None:
    """Have the step refuse from now on."""
    if step == "access":
        outside.lock.status = 403
    if step == "quota":
        await outside.world.doors.of("quota").execute("update quota.allowance set amount = 0")


async def state_and_reason(world: World, guest: Guest) -> tuple[str, str]:
    row = await world.doors.of("booking").fetch_row(
        "select state, coalesce(cancel_reason, '') as reason from booking.reservation where id = $1", guest.id
    )
    return row["state"], row["reason"]


REASONS = {
    "quota": "has 0 of",
    "access": "hardware-unavailable",
    "payment": "in time",
    "approval": "Rejected: too loud",
}


@pytest.mark.parametrize("step", REASONS)
async def test_a_step_that_refuses_cancels_the_making_and_undoes_the_others(outside: Outside, step: str) -> None:
    place = await setting(outside.world, *REASONS)
    await spoil(outside, step)
    guest = place.guest(0)
    await tell_one(outside.world, make, [guest])
    if step != "payment":
        await by_card(outside, guest)
    await tell_one(outside.world, reject if step == "approval" else approve, [guest])
    await tell(outside.world, [], [guest])
    state, reason = await state_and_reason(outside.world, guest)
    assert state == "cancelled"
    assert REASONS[step] in reason
    await check(outside.world, place, [guest])
    await clean_outside(outside)


@pytest.mark.parametrize("step", REASONS)
async def test_a_step_that_refuses_a_move_leaves_what_was(outside: Outside, step: str) -> None:
    place = await setting(outside.world, *REASONS)
    guest = place.guest(0)
    await tell_one(outside.world, make, [guest])
    await by_card(outside, guest)
    await tell_one(outside.world, approve, [guest])
    assert await state_and_reason(outside.world, guest) == ("ready", "")
    await spoil(outside, step)
    await tell_one(outside.world, MOVES["dearer"], [guest])
    if step != "payment":
        await by_card(outside, guest)
    await tell_one(outside.world, reject if step == "approval" else approve, [guest])
    outside.lock.status = 200
    await tell(outside.world, [come, check_in], [guest])
    assert await check(outside.world, place, [guest]) == {guest.id: "finished"}
    await clean_outside(outside)
    [row] = await outside.world.doors.of("booking").fetch(
        "select ends - starts as length from booking.reservation where id = $1", guest.id
    )
    assert row["length"] == 2 * HOUR
    own = await references(outside, guest)
    taken = sum(one["amount_received"] for id_, one in outside.cards.books().items() if id_ in own)
    assert taken == 2000, "the price of what was not moved"


async def references(outside: Outside, guest: Guest) -> set[str]:
    rows = await outside.world.doors.of("payments").fetch(
        "select reference from payments.intent where reservation_id = $1", guest.id
    )
    return {row["reference"] for row in rows}


@pytest.mark.parametrize("seed", range(3))
async def test_a_provider_that_loses_and_repeats_and_a_lock_that_fails_leave_nothing(
    outside: Outside, seed: int
) -> None:
    place = await setting(outside.world)
    outside.cards.faults(**FAULTS, seed=seed)
    outside.lock.failures = 2
    guest = place.guest(0)
    await tell_one(outside.world, make, [guest])
    await by_card(outside, guest)
    outside.lock.failures = 2
    await tell_one(outside.world, MOVES["dearer"], [guest])
    await by_card(outside, guest)
    if seed:
        await tell_one(outside.world, cancel, [guest])
    outside.lock.failures = 2
    await tell(outside.world, [], [guest])
    await check(outside.world, place, [guest])
    await clean_outside(outside)
