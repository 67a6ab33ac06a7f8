"""Reservations across the days on which clocks go forward or back, in three zones; one changes by half an hour.

The instants are written out, so that the zone database is not asked what it should answer.
"""

from datetime import datetime, timedelta

import pytest

from tests.acceptance.booking.conftest import NewRoom, told
from tests.acceptance.conftest import Caller

CHANGES = {
    "Rome, forward": ("Europe/Rome", "2031-03-30T00:00:00Z", "2031-03-30T02:00:00Z", "+01:00", "+02:00"),
    "Rome, back": ("Europe/Rome", "2031-10-25T23:00:00Z", "2031-10-26T03:00:00Z", "+02:00", "+01:00"),
    "New York, forward": ("America/New_York", "2031-03-09T06:00:00Z", "2031-03-09T08:00:00Z", "-05:00", "-04:00"),
    "New York, back": ("America/New_York", "2031-11-02T05:00:00Z", "2031-11-02T09:00:00Z", "-04:00", "-05:00"),
    "Lord Howe, forward": ("Australia/Lord_Howe", "2031-10-04T14:30:00Z", "2031-10-04T17:00:00Z", "+10:30", "+11:00"),
    "Lord Howe, back": ("Australia/Lord_Howe", "2031-04-05T14:00:00Z", "2031-04-05T17:30:00Z", "+11:00", "+10:30"),
}
"""The zone, the instants of 01:00 and 04:00 on the day of the change, and the offsets at both."""

HALF_HOUR = timedelta(minutes=30)
change = pytest.mark.parametrize(("zone", "one", "four", "offset", "offset_later"), CHANGES.values(), ids=CHANGES)


def moved(instant: str, by: timedelta) -> str:
    return (datetime.fromisoformat(instant) + by).isoformat()


def minutes_between(start: str, end: str) -> int:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)) // timedelta(minutes=1)


@change
async def test_opening_hours_of_the_wall_clock_bound_a_reservation_of_the_hours_that_really_pass(
    zone: str, one: str, four: str, offset: str, offset_later: str, user: Caller, new_room: NewRoom
) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    hours = {"weekly": {day: [["01:00", "04:00"]] for day in days}}
    minutes = minutes_between(one, four)
    policy = {"minutes_min": minutes, "minutes_max": minutes}
    room = await new_room(timezone=zone, hours=hours, policy=policy)
    body = {"resource_id": room, "start": one, "end": four}
    for wrong, rules in (
        ({"start": moved(one, -HALF_HOUR)}, ["minutes_max", "opening_hours"]),
        ({"end": moved(four, HALF_HOUR)}, ["minutes_max", "opening_hours"]),
        ({"start": moved(one, HALF_HOUR)}, ["minutes_min"]),
    ):
        refused = told(await user.post("reservations", body | wrong), 422)
        assert [refusal["rule"] for refusal in refused["refusals"]] == rules
    window = {"from": moved(one, -2 * HALF_HOUR), "until": moved(four, 2 * HALF_HOUR), "minutes": minutes}
    gaps = told(await user.get(f"resources/{room}/availability", **window), 200)["items"]
    assert gaps == [{"start": one, "end": four}]
    made = told(await user.post("reservations", body), 201)
    assert (made["start"], made["end"]) == (one, four)
    assert told(await user.get(f"resources/{room}/availability", **window), 200)["items"] == []


@change
async def test_the_wall_clocks_of_the_zone_are_shown_on_both_sides(
    zone: str, one: str, four: str, offset: str, offset_later: str, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room(timezone=zone)
    made = told(await user.post("reservations", {"resource_id": room, "start": one, "end": four}), 201)
    shown = told(await user.get(f"reservations/{made['id']}", tz=zone), 200)
    assert shown["start"][10:] == f"T01:00:00{offset}"
    assert shown["end"][10:] == f"T04:00:00{offset_later}"
    written = {"resource_id": room, "start": shown["start"], "end": shown["end"]}
    told(await user.post("reservations", written), 409)


@change
async def test_steps_are_those_of_the_wall_clock(
    zone: str, one: str, four: str, offset: str, offset_later: str, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room(timezone=zone, policy={"granularity_minutes": 60})
    hour, hour_is_whole = 2 * HALF_HOUR, zone != "Australia/Lord_Howe"
    for start, end, allowed in (
        (one, four, True),
        (one, moved(four, HALF_HOUR), False),
        (four, moved(four, hour), True),
        (one, moved(one, hour), hour_is_whole),
    ):
        answer = await user.post("reservations", {"resource_id": room, "start": start, "end": end})
        rules = [one["rule"] for one in answer.json()["refusals"]] if answer.status_code == 422 else []
        assert rules == ([] if allowed else ["granularity_minutes"]), f"{start} to {end}"
