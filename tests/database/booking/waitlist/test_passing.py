"""Holds, offers and places end by the clock, also if their timers are lost."""

from datetime import timedelta

import asyncpg
import pytest

from berth.app.doctor.kept import KEPT
from berth.kit.http.problem import Problem
from tests.database.booking.calendar import HOUR, MINUTE
from tests.database.booking.life.answering import NINE, TEN
from tests.database.booking.waitlist.conftest import PEOPLE, Desk

ADA, BOB, EVE, DAN, _ = PEOPLE


async def test_a_hold_runs_out_after_ten_minutes_and_goes_to_who_waits(desk: Desk) -> None:
    held = await desk.hold(ADA, 1)
    assert held.expires_at - held.created_at == 10 * MINUTE
    entry = await desk.join(BOB, 1)
    assert (entry.state, entry.position) == ("waiting", 1)
    assert await desk.strike() == f"hold/{held.id}"
    assert desk.clock.now == held.expires_at
    assert (await desk.entry(BOB, entry.id)).state == "offered"
    assert await desk.occupied() == [(1, "offer", TEN, TEN + HOUR)]
    [ended] = await desk.told("hold_ended")
    assert (ended["how"], ended["actor_id"]) == ("expired", 0)
    with pytest.raises(Problem) as refused:
        await desk.use(ADA, held.id)
    assert refused.value.status == 410


async def test_a_hold_cannot_be_reserved_once_its_time_is_over_however_late_its_timer(desk: Desk) -> None:
    held = await desk.hold(ADA, 1)
    desk.clock.now += 10 * MINUTE
    with pytest.raises(Problem) as refused:
        await desk.use(ADA, held.id)
    assert (refused.value.status, refused.value.kind) == (410, "hold-over")
    assert await desk.occupied() == [(1, "hold", TEN, TEN + HOUR)]


async def test_a_hold_that_was_allowed_is_reserved_though_its_start_has_passed(desk: Desk) -> None:
    held = await desk.hold(ADA, 1, start=NINE)
    desk.clock.now += 9 * MINUTE
    assert await desk.use(ADA, held.id) == held.id


async def test_an_offer_that_is_not_answered_passes_down_the_line_every_thirty_minutes(desk: Desk) -> None:
    start = NINE + 24 * HOUR
    made = await desk.reserve(ADA, 1, start=start)
    entries = [await desk.join(one, 1, start=start) for one in (BOB, EVE, DAN)]
    await desk.cancel(ADA, made)
    for number in range(3):
        assert await desk.states() == ["lapsed"] * number + ["offered"] + ["waiting"] * (2 - number)
        assert await desk.occupied() == [(1, "offer", start, start + HOUR)]
        assert await desk.strike() == f"waitlist/{entries[number].id}"
        assert desk.clock.now == NINE + (number + 1) * 30 * MINUTE
    assert await desk.occupied() == []
    assert [one["entry_id"] for one in await desk.told("waitlist_offered")] == [one.id for one in entries]
    assert [one["how"] for one in await desk.told("waitlist_ended")] == ["lapsed"] * 3
    with pytest.raises(Problem) as refused:
        await desk.accept(BOB, entries[0].id)
    assert refused.value.status == 410


async def test_an_offer_lasts_until_its_start_at_most(desk: Desk) -> None:
    made = await desk.reserve(ADA, 1)
    entry = await desk.join(BOB, 1)
    desk.clock.now = TEN - 10 * MINUTE
    await desk.cancel(ADA, made)
    offer = (await desk.entry(BOB, entry.id)).offer
    assert offer is not None
    assert offer.expires_at == TEN


async def test_a_place_ends_when_there_is_nothing_left_to_wait_for(desk: Desk) -> None:
    await desk.reserve(ADA, 1, start=TEN, hours=3)
    exact = await desk.join(BOB, 1)
    flexible = await desk.join(EVE, 1, hours=3, minutes=30)
    keys = []
    while await desk.states() != ["expired"] * 2:
        keys.append((await desk.strike(), desk.clock.now))
    assert (f"waitlist/{exact.id}", TEN - MINUTE) in keys
    assert (f"waitlist/{flexible.id}", TEN + 3 * HOUR - 31 * MINUTE) in keys
    assert [one["how"] for one in await desk.told("waitlist_ended")] == ["expired"] * 2


async def test_who_does_not_come_loses_the_rest_to_who_waits(desk: Desk) -> None:
    await desk.reserve(ADA, 2, hours=2)
    entry = await desk.join(BOB, 2, hours=2, minutes=60)
    # Booking's own group would set its clock.
    await desk.database.execute(
        """
        insert into booking.timer (key, name, data, due_at)
        select 'reservation/' || id, 'life', '{}', starts + interval '10 minutes'
        from booking.reservation
        """
    )
    await desk.strike()
    offer = (await desk.entry(BOB, entry.id)).offer
    assert offer is not None
    assert (offer.start, offer.end) == (TEN + 11 * MINUTE, TEN + 71 * MINUTE)


async def test_set_up_before_what_is_offered_is_kept_free_too(desk: Desk) -> None:
    made = await desk.reserve(ADA, 3, start=TEN)
    entry = await desk.join(BOB, 3, start=TEN)
    await desk.cancel(ADA, made)
    assert (await desk.entry(BOB, entry.id)).state == "offered"
    assert await desk.occupied() == [(3, "offer", TEN - 30 * MINUTE, TEN + HOUR)]


async def test_what_lost_its_timer_is_ended_and_given_on_by_the_next_look(desk: Desk) -> None:
    start = NINE + 24 * HOUR
    await desk.hold(ADA, 1, start=start)
    entries = [await desk.join(one, 1, start=start) for one in (BOB, EVE)]
    await desk.lose_timers()
    desk.clock.now += 10 * MINUTE + timedelta(seconds=11)
    await desk.look()
    assert await desk.states() == ["offered", "waiting"]
    await desk.lose_timers()
    desk.clock.now += 30 * MINUTE + timedelta(seconds=11)
    await desk.look()
    assert await desk.states() == ["lapsed", "offered"]
    assert await desk.accept(EVE, entries[1].id) > 0
    assert await desk.occupied() == [(1, "reservation", start, start + HOUR)]


async def test_what_was_freed_behind_the_lines_back_is_offered_by_the_next_look(desk: Desk) -> None:
    await desk.reserve(ADA, 1)
    entry = await desk.join(BOB, 1)
    await desk.database.execute("update booking.allocation set active = false")
    assert (await desk.entry(BOB, entry.id)).state == "waiting"
    await desk.look()
    assert (await desk.entry(BOB, entry.id)).state == "offered"


async def test_what_is_offered_or_held_becomes_a_reservation_with_a_clock(desk: Desk) -> None:
    held = await desk.hold(ADA, 1)
    await desk.use(ADA, held.id)
    entry = await desk.join(BOB, 2)
    made = await desk.accept(BOB, entry.id)
    rows = await desk.database.fetch("select key from booking.timer order by key")
    assert {row["key"] for row in rows} == {f"reservation/{held.id}", f"reservation/{made}"}
    created = await desk.told("reservation_created")
    assert [one["reservation_id"] for one in created] == [held.id, made]
    assert {one["state"] for one in created} == {"ready"}


async def test_the_doctor_finds_what_is_kept_for_nobody_or_for_too_long(desk: Desk, empty_url: str) -> None:
    start = NINE + 24 * HOUR
    held, entry = await desk.hold(ADA, 1, start=start), await desk.join(BOB, 2, start=start)
    lost = await desk.hold(ADA, 3, start=start)
    await desk.database.execute("delete from booking.hold where id = $1", lost.id)
    offer = (await desk.entry(BOB, entry.id)).offer
    assert offer is not None
    connection = await asyncpg.connect(empty_url)
    try:
        at_once = await connection.fetch(KEPT, desk.clock.now)
        later = await connection.fetch(KEPT, desk.clock.now + HOUR)
    finally:
        await connection.close()
    assert [row["id"] for row in at_once] == [lost.id]
    assert {row["id"] for row in later} == {held.id, lost.id, offer.id}
