"""Calendars that other programs read: by a private address, or one reservation at a time."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from icalendar import Calendar

from tests.acceptance.calendar.conftest import Reserve, Room
from tests.acceptance.conftest import Caller


def events(answer: httpx.Response) -> dict[str, Any]:
    """Answer the events of a calendar by their UIDs, after a look at what every calendar must have."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    found = {str(one["UID"]): one for one in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    for one in found.values():
        assert not one.errors
        assert one["DTSTAMP"].dt.tzinfo == one["DTSTART"].dt.tzinfo
        assert one["DTSTART"].dt.utcoffset().total_seconds() == 0
    return found


def path_of(feed: httpx.Response) -> str:
    assert feed.status_code == 201, feed.text
    return urlsplit(feed.json()["url"]).path


async def test_a_reservation_is_a_calendar_for_its_owner(
    person: Caller, admin: Caller, other: Caller, room: Room, reserve: Reserve
) -> None:
    id_ = await reserve(person, await room())
    for caller in (person, admin):
        [(uid, one)] = events(await caller.get(f"reservations/{id_}/calendar.ics")).items()
        assert uid.startswith(f"reservation-{id_}@")
        assert one["SUMMARY"] == "Séminaire, ouvert"
        assert one["STATUS"] == "CONFIRMED"
    assert (await other.get(f"reservations/{id_}/calendar.ics")).status_code == 403
    for unknown in (0, 2**63 - 1, 10**19 - 1):
        assert (await admin.get(f"reservations/{unknown}/calendar.ics")).status_code == 404


async def test_a_feed_of_ones_own_follows_what_happens(
    berth: httpx.AsyncClient, person: Caller, room: Room, reserve: Reserve
) -> None:
    room_id = await room()
    kept, given_up = await reserve(person, room_id), await reserve(person, room_id, days=1)
    path = path_of(await person.post("calendars/feeds", {"kind": "person", "id": person.id, "titles": True}))
    before = events(await berth.get(path))
    assert {one["STATUS"] for one in before.values()} == {"CONFIRMED"}
    assert len(before) == 2
    moved = await person.patch(f"reservations/{kept}", {"title": "Concert"})
    assert moved.status_code == 200, moved.text
    assert (await person.post(f"reservations/{given_up}/cancel", {})).status_code == 200
    after = events(await berth.get(path))
    assert after.keys() == before.keys()
    by_state = {str(one["STATUS"]): uid for uid, one in after.items()}
    assert after[by_state["CONFIRMED"]]["SUMMARY"] == "Concert"
    assert by_state["CANCELLED"].startswith(f"reservation-{given_up}@")
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in after)


async def test_who_has_the_version_is_told_so(
    berth: httpx.AsyncClient, person: Caller, room: Room, reserve: Reserve
) -> None:
    room_id = await room()
    await reserve(person, room_id)
    path = path_of(await person.post("calendars/feeds", {"kind": "person", "id": person.id}))
    first = await berth.get(path)
    assert first.headers["Cache-Control"] == "private, no-cache"
    for tag in (first.headers["ETag"], f'"x", W/{first.headers["ETag"]}', "*"):
        again = await berth.get(path, headers={"If-None-Match": tag})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Last-Modified"].endswith("GMT")
    old = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert (await berth.get(path, headers=old)).status_code == 200
    assert (await berth.get(path, headers={"If-Modified-Since": "yesterday"})).status_code == 200
    await reserve(person, room_id, days=2)
    changed = await berth.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert len(events(changed)) == 2


async def test_without_titles_there_are_neither_titles_nor_names(
    berth: httpx.AsyncClient, person: Caller, other: Caller, admin: Caller, room: Room, reserve: Reserve
) -> None:
    room_id = await room()
    await reserve(person, room_id, title="Secret talks")
    closed = {
        "resource_ids": [room_id],
        "reason": "Dry rot",
        "start": "2027-01-01T00:00:00Z",
        "end": "2027-01-02T00:00:00Z",
    }
    assert (await admin.post("blackouts", closed)).status_code == 201
    path = path_of(await other.post("calendars/feeds", {"kind": "resource", "id": room_id}))
    answer = await berth.get(path)
    assert sorted(str(one["SUMMARY"]) for one in events(answer).values()) == ["Busy", "Closed"]
    for word in ("Secret", "talks", "Dry rot", "Diarist", person.username):
        assert word not in answer.text
    refused = await other.post("calendars/feeds", {"kind": "resource", "id": room_id, "titles": True})
    assert refused.status_code == 403
    path = path_of(await admin.post("calendars/feeds", {"kind": "resource", "id": room_id, "titles": True}))
    shown = events(await berth.get(path)).values()
    assert sorted(str(one["SUMMARY"]) for one in shown) == ["Dry rot", "Secret talks"]
    assert "Diarist" in (await berth.get(path)).text


async def test_a_feed_of_a_site_shows_what_is_below_it(
    berth: httpx.AsyncClient, person: Caller, admin: Caller, room: Room, reserve: Reserve, unique: Any
) -> None:
    site = (await admin.post("sites", {"name": f"Calendar site {next(unique)}", "kind": "building"})).json()["id"]
    floor = await admin.post("sites", {"name": f"Floor {next(unique)}", "kind": "floor", "parent_id": site})
    inside, outside = await room(floor.json()["id"]), await room()
    id_ = await reserve(person, inside)
    await reserve(person, outside, days=1)
    path = path_of(await admin.post("calendars/feeds", {"kind": "site", "id": site, "titles": True}))
    [uid] = events(await berth.get(path))
    assert uid.startswith(f"reservation-{id_}@")
    refused = await person.post("calendars/feeds", {"kind": "site", "id": site, "titles": True})
    assert refused.status_code == 403


async def test_a_feed_is_listed_without_its_address_and_revoked(
    berth: httpx.AsyncClient, person: Caller, other: Caller, admin: Caller
) -> None:
    made = await person.post("calendars/feeds", {"kind": "person", "id": person.id, "titles": True})
    path, id_ = path_of(made), made.json()["id"]
    listed = await person.get("calendars/feeds")
    [one] = listed.json()["items"]
    assert one["id"] == id_
    assert path.rpartition("/")[2] not in listed.text
    assert id_ not in [each["id"] for each in (await other.get("calendars/feeds", limit=200)).json()["items"]]
    assert id_ in [each["id"] for each in (await admin.get("calendars/feeds", limit=200)).json()["items"]]
    for caller, maker, known in ((admin, person, True), (admin, admin, False), (person, person, True)):
        items = (await caller.get("calendars/feeds", limit=200, created_by=maker.id)).json()["items"]
        assert (id_ in [each["id"] for each in items]) is known
        assert {each["created_by"] for each in items} <= {maker.id}
    assert (await other.get("calendars/feeds", created_by=person.id)).json()["items"] == []
    assert (await other.delete(f"calendars/feeds/{id_}")).status_code == 404
    assert (await berth.get(path)).status_code == 200
    assert (await person.delete(f"calendars/feeds/{id_}")).status_code == 204
    gone = await berth.get(path)
    assert gone.status_code == 404
    assert gone.json()["type"] == "/problems/unknown-feed"
    assert (await person.delete(f"calendars/feeds/{id_}")).status_code == 404


async def test_a_feed_ends_with_the_right_of_who_made_it(
    berth: httpx.AsyncClient, admin: Caller, person: Caller, room: Room
) -> None:
    assert (await admin.patch(f"users/{person.id}", {"role": "admin"})).status_code == 200
    body = {"kind": "resource", "id": await room(), "titles": True}
    path = path_of(await person.post("calendars/feeds", body))
    own = path_of(await person.post("calendars/feeds", {"kind": "person", "id": person.id}))
    assert (await berth.get(path)).status_code == 200
    assert (await admin.patch(f"users/{person.id}", {"role": "user"})).status_code == 200
    assert (await berth.get(path)).status_code == 404
    assert (await berth.get(own)).status_code == 200
    assert (await admin.patch(f"users/{person.id}", {"active": False})).status_code == 200
    assert (await berth.get(own)).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "person", "id": 1}, 403),
        ({"kind": "resource", "id": 2**62}, 422),
        ({"kind": "site", "id": 2**62}, 422),
        ({"kind": "boat", "id": 1}, 422),
        ({"kind": "resource", "id": 0}, 422),
        ({"kind": "resource", "id": 1, "titles": "yes"}, 422),
    ],
)
async def test_what_cannot_be_shown_is_refused(person: Caller, body: dict[str, object], status: int) -> None:
    assert (await person.post("calendars/feeds", body)).status_code == status


async def test_a_guessed_address_shows_nothing(berth: httpx.AsyncClient) -> None:
    for guess in ("x", "A" * 43, "%00", "%ff", "é", "1"):
        answer = await berth.get(f"/api/v1/calendars/feeds/{guess}.ics")
        assert answer.status_code == 404 or (guess == "%00" and answer.status_code == 400), "nginx takes no zeros"


async def test_what_is_shown_lies_between_a_month_ago_and_a_year_ahead(
    berth: httpx.AsyncClient, person: Caller, room: Room, reserve: Reserve
) -> None:
    room_id = await room()
    near, far = await reserve(person, room_id, days=360), await reserve(person, room_id, days=370)
    path = path_of(await person.post("calendars/feeds", {"kind": "person", "id": person.id}))
    found = events(await berth.get(path))
    assert [uid.partition("@")[0] for uid in found] == [f"reservation-{near}"] != [f"reservation-{far}"]
    assert all(one["DTSTART"].dt > datetime.now(UTC) for one in found.values())
