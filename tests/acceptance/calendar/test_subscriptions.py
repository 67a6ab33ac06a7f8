"""Calendars from outside: what they say is closed, and stays closed until they say something else."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from tests.acceptance.calendar.conftest import TOMORROW, Reserve, Room, eventually, tried
from tests.acceptance.conftest import Caller
from tests.calendar_server import CalendarServer, calendar, calendar_server, sent

HOUR = timedelta(hours=1)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def server() -> AsyncIterator[CalendarServer]:
    async with calendar_server() as made:
        yield made


def busy(start: datetime, hours: int = 1, *more: str) -> str:
    """Answer the lines of an event."""
    times = (f"{name}:{at:%Y%m%dT%H%M%SZ}" for name, at in (("DTSTART", start), ("DTEND", start + hours * HOUR)))
    return "\r\n".join(["UID:1", *times, *more])


async def follow(caller: Caller, room_id: int, url: str) -> int:
    body = {"kind": "resource", "id": room_id, "name": "Timetable", "url": url}
    made = await caller.post("calendars/subscriptions", body)
    assert made.status_code == 201, made.text
    id_: int = made.json()["id"]
    return id_


async def again(caller: Caller, id_: int) -> dict[str, Any]:
    """Have a calendar fetched now, and wait until it was."""
    before = (await caller.get(f"calendars/subscriptions/{id_}")).json()["tried_at"]
    assert (await caller.post(f"calendars/subscriptions/{id_}/refresh")).status_code == 202
    return await tried(caller, id_, before)


async def closed(caller: Caller, room_id: int) -> list[tuple[datetime, datetime]]:
    """Answer when the room is closed, as the schedule shows it."""
    period = {"from": TOMORROW.isoformat(), "until": (TOMORROW + timedelta(days=30)).isoformat()}
    answer = await caller.get(f"resources/{room_id}/schedule", **period)
    assert answer.status_code == 200, answer.text
    items = [one for one in answer.json()["items"] if one["kind"] == "blackout"]
    return [(datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])) for one in items]


async def closes(caller: Caller, room_id: int, *wanted: tuple[int, int]) -> None:
    """Wait until a room is closed for these hours from nine o'clock tomorrow, and for no others."""
    times = [(TOMORROW + start * HOUR, TOMORROW + end * HOUR) for start, end in wanted]

    async def look() -> bool:
        return await closed(caller, room_id) == times

    assert await eventually(look)


async def test_busy_times_close_a_room_and_follow_the_calendar(
    admin: Caller, person: Caller, server: CalendarServer, room: Room
) -> None:
    room_id = await room()
    server.answers["/a.ics"] = sent(calendar(busy(TOMORROW, 1, "RRULE:FREQ=DAILY;COUNT=3")), ETag='"1"')
    id_ = await follow(admin, room_id, f"{server.origin}/a.ics")
    await closes(admin, room_id, (0, 1), (24, 25), (48, 49))
    times = {"start": TOMORROW.isoformat(), "end": (TOMORROW + HOUR).isoformat()}
    refused = await person.post("reservations", {"resource_id": room_id, "title": "Choir", **times})
    assert refused.status_code == 409
    shown = await tried(admin, id_)
    assert (shown["error"], shown["name"]) == (None, "Timetable")
    assert shown["lag_seconds"] is not None
    server.answers["/a.ics"] = sent(b"", "304 Not Modified")
    assert (await again(admin, id_))["error"] is None
    assert server.asked["/a.ics"][-1]["if-none-match"] == '"1"'
    await closes(admin, room_id, (0, 1), (24, 25), (48, 49))
    server.answers["/a.ics"] = sent(calendar(busy(TOMORROW + 24 * HOUR, 2)), ETag='"2"')
    await again(admin, id_)
    await closes(admin, room_id, (24, 26))
    made = await person.post("reservations", {"resource_id": room_id, "title": "Choir", **times})
    assert made.status_code == 201, made.text


async def test_what_was_busy_stays_busy_while_the_calendar_cannot_be_had(
    admin: Caller, server: CalendarServer, room: Room
) -> None:
    room_id = await room()
    server.answers["/b.ics"] = sent(calendar(busy(TOMORROW)))
    id_ = await follow(admin, room_id, f"{server.origin}/b.ics")
    await closes(admin, room_id, (0, 1))
    good = await tried(admin, id_)
    for answer in (sent(b"", "503 Away"), sent(b"<html>"), sent(calendar("SUMMARY:When?"))):
        server.answers["/b.ics"] = answer
        bad = await again(admin, id_)
        assert bad["error"]
        assert bad["fetched_at"] == good["fetched_at"]
        assert len(await closed(admin, room_id)) == 1
    server.answers["/b.ics"] = sent(calendar())
    await again(admin, id_)
    await closes(admin, room_id)

    async def is_mended() -> bool:
        return (await admin.get(f"calendars/subscriptions/{id_}")).json()["error"] is None

    assert await eventually(is_mended)


async def test_a_reservation_that_was_there_first_stays_and_is_told_of(
    admin: Caller, person: Caller, other: Caller, server: CalendarServer, room: Room, reserve: Reserve
) -> None:
    room_id = await room()
    first = await reserve(person, room_id, hours=1, title="Was here")
    server.answers["/c.ics"] = sent(calendar(busy(TOMORROW - HOUR, 3)))
    id_ = await follow(admin, room_id, f"{server.origin}/c.ics")
    await closes(admin, room_id, (1, 2))
    assert (await person.get(f"reservations/{first}")).json()["state"] == "ready"
    [one] = (await admin.get(f"calendars/subscriptions/{id_}/conflicts")).json()["items"]
    assert (one["reservation_id"], one["title"]) == (first, "Was here")
    assert datetime.fromisoformat(one["busy_start"]) == TOMORROW - HOUR
    assert (await other.get(f"calendars/subscriptions/{id_}/conflicts")).status_code == 404
    assert (await person.post(f"reservations/{first}/cancel", {})).status_code == 200
    await closes(admin, room_id, (0, 1), (1, 2))
    assert (await admin.get(f"calendars/subscriptions/{id_}/conflicts")).json()["items"] == []


async def test_what_a_calendar_closed_is_opened_by_removing_it_alone(
    admin: Caller, server: CalendarServer, room: Room
) -> None:
    room_id = await room()
    server.answers["/d.ics"] = sent(calendar(busy(TOMORROW)))
    id_ = await follow(admin, room_id, f"{server.origin}/d.ics")
    await closes(admin, room_id, (0, 1))
    [one] = (await admin.get("blackouts", resource_id=room_id)).json()["items"]
    assert (one["reason"], one["resource_ids"]) == ("Timetable", [room_id])
    refused = await admin.delete(f"blackouts/{one['id']}")
    assert refused.json()["type"] == "/problems/blackout-of-calendar"
    assert (await admin.delete(f"calendars/subscriptions/{id_}")).status_code == 204
    await closes(admin, room_id)
    assert (await admin.get(f"calendars/subscriptions/{id_}")).status_code == 404
    assert (await admin.delete(f"calendars/subscriptions/{id_}")).status_code == 404


async def test_two_calendars_of_one_room_close_what_either_says(
    admin: Caller, server: CalendarServer, room: Room
) -> None:
    room_id = await room()
    server.answers["/e.ics"] = sent(calendar(busy(TOMORROW, 2)))
    server.answers["/f.ics"] = sent(calendar(busy(TOMORROW + HOUR, 2)))
    first = await follow(admin, room_id, f"{server.origin}/e.ics")
    await closes(admin, room_id, (0, 2))
    second = await follow(admin, room_id, f"{server.origin}/f.ics")
    await closes(admin, room_id, (0, 2), (2, 3))
    assert (await admin.get(f"calendars/subscriptions/{second}/conflicts")).json()["items"] == []
    assert (await admin.delete(f"calendars/subscriptions/{first}")).status_code == 204
    await closes(admin, room_id, (1, 2), (2, 3))


async def test_a_person_follows_a_calendar_for_oneself(
    person: Caller, other: Caller, admin: Caller, server: CalendarServer
) -> None:
    file = calendar(busy(TOMORROW, 1, "SUMMARY:Dentist")).decode()
    body = {"kind": "person", "id": person.id, "name": "Private", "file": file}
    made = await person.post("calendars/subscriptions", body)
    assert made.status_code == 201, made.text
    assert (await tried(person, made.json()["id"]))["url"] is None
    period = {"from": TOMORROW.isoformat(), "until": (TOMORROW + timedelta(days=1)).isoformat()}
    [one] = (await person.get("calendars/busy", **period)).json()["items"]
    assert (one["title"], datetime.fromisoformat(one["start"])) == ("Dentist", TOMORROW)
    for stranger in (other, admin):
        assert (await stranger.get("calendars/busy", **period)).json()["items"] == []
        assert (await stranger.get(f"calendars/subscriptions/{made.json()['id']}")).status_code == 404
        listed = (await stranger.get("calendars/subscriptions", limit=200)).json()["items"]
        assert made.json()["id"] not in [each["id"] for each in listed]
    assert (await other.post("calendars/subscriptions", body)).status_code == 403
    backwards = {"from": period["until"], "until": period["from"]}
    assert (await person.get("calendars/busy", **backwards)).status_code == 422


@pytest.mark.parametrize(
    ("more", "status", "kind"),
    [
        ({"url": "ftp://example.org/a.ics"}, 422, "url-refused"),
        ({"url": "http://user:word@example.org/a.ics"}, 422, "url-refused"),
        ({"file": "<html>"}, 422, "calendar-unreadable"),
        ({"file": calendar("SUMMARY:When?").decode()}, 422, "calendar-unreadable"),
        ({"url": "https://example.org/", "file": ""}, 422, "invalid-input"),
        ({}, 422, "invalid-input"),
        ({"url": "https://example.org/", "name": "\0"}, 422, "invalid-input"),
        ({"url": "https://example.org/", "id": 2**62}, 422, "unknown-resource"),
    ],
)
async def test_what_cannot_be_followed_is_refused(
    admin: Caller, room: Room, more: dict[str, Any], status: int, kind: str
) -> None:
    body = {"kind": "resource", "id": await room(), "name": "Timetable", **more}
    refused = await admin.post("calendars/subscriptions", body)
    assert (refused.status_code, refused.json()["type"]) == (status, f"/problems/{kind}")
    listed = await admin.get("calendars/subscriptions", resource_id=body["id"])
    assert listed.status_code == 200
    assert listed.json()["items"] == []


async def test_an_administrator_lists_ones_own_apart_from_those_of_rooms(
    admin: Caller, person: Caller, server: CalendarServer, room: Room
) -> None:
    server.answers["/kinds.ics"] = sent(calendar(busy(TOMORROW)))
    of_room = await follow(admin, await room(), f"{server.origin}/kinds.ics")
    body = {"kind": "person", "id": admin.id, "name": "Private", "file": calendar(busy(TOMORROW)).decode()}
    own = (await admin.post("calendars/subscriptions", body)).json()["id"]

    async def listed(caller: Caller, kind: str) -> list[int]:
        answer = await caller.get("calendars/subscriptions", kind=kind, limit=200)
        return [each["id"] for each in answer.json()["items"] if each["id"] in (of_room, own)]

    assert (await listed(admin, "person"), await listed(admin, "resource")) == ([own], [of_room])
    assert (await listed(person, "person"), await listed(person, "resource")) == ([], [])
    assert (await admin.get("calendars/subscriptions", kind="site")).status_code == 422


async def test_only_administrators_follow_for_a_room(admin: Caller, person: Caller, room: Room) -> None:
    body = {"kind": "resource", "id": await room(), "name": "Mine", "url": "https://example.org/"}
    assert (await person.post("calendars/subscriptions", body)).status_code == 403


async def test_an_address_inside_is_an_error_of_the_subscription(admin: Caller, room: Room) -> None:
    id_ = await follow(admin, await room(), "http://169.254.169.254/latest/meta-data")
    assert "inside of a network" in (await tried(admin, id_))["error"]
