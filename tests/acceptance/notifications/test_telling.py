"""Who is told of what, in which words."""

import asyncio

from tests.acceptance.conftest import Caller
from tests.acceptance.notifications.conftest import PATIENCE_SECONDS, Reserve, told


async def test_what_one_does_oneself_is_confirmed(reader: Caller, reserve: Reserve) -> None:
    id_ = await reserve(reader)
    [one] = await told(reader, 1)
    assert (one["kind"], one["by_self"], one["subject"]) == ("reservation_created", True, f"reservation/{id_}")
    assert one["body"].startswith("You reserved Berth ")
    assert one["read_at"] is None
    assert one["data"]["reservation_id"] == id_
    assert [room["name"] for room in one["data"]["resources"]] == [one["title"].removeprefix("Reserved: ")]


async def test_the_owner_is_told_of_all_that_an_administrator_does(
    reader: Caller, admin: Caller, reserve: Reserve
) -> None:
    id_ = await reserve(admin, reader)
    await admin.patch(f"reservations/{id_}", {"start": "2031-03-03T10:00:00Z", "end": "2031-03-03T11:00:00Z"})
    await admin.patch(f"reservations/{id_}", {"title": "Exam"})
    await admin.post(f"reservations/{id_}/cancel", {"reason": "New floor"})
    cancelled, retitled, moved, created = await told(reader, 4)
    assert {one["by_self"] for one in (cancelled, retitled, moved, created)} == {False}
    assert created["body"].startswith("An administrator made a reservation for you: Berth ")
    assert "changed the time of your reservation" in moved["body"]
    assert moved["data"]["changes"] == ["start", "end"]
    assert "changed the title of your reservation" in retitled["body"]
    assert cancelled["body"].endswith(" Reason: New floor")
    assert cancelled["data"]["reason"] == "New floor"


async def test_administrators_are_not_told_of_what_they_did_for_others(
    reader: Caller, admin: Caller, reserve: Reserve
) -> None:
    theirs = await reserve(admin, reader)
    own = await reserve(admin)
    subjects: list[str] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        while f"reservation/{own}" not in subjects:
            page = await admin.get("notifications", limit=200)
            subjects = [one["subject"] for one in page.json()["items"]]
    await told(reader, 1)
    assert f"reservation/{theirs}" not in subjects


async def test_times_are_in_the_zone_that_is_asked_for_or_ones_own(reader: Caller, reserve: Reserve) -> None:
    await reserve(reader)
    [in_utc] = await told(reader, 1)
    assert "09:00" in in_utc["body"]
    assert in_utc["body"].endswith(" (UTC), “Seminar”.")
    await reader.patch("users/me", {"timezone": "Asia/Tokyo"})
    [in_tokyo] = await told(reader, 1)
    assert "18:00" in in_tokyo["body"]
    assert in_tokyo["data"]["start"] == "2031-03-03T18:00:00+09:00"
    [in_rome] = await told(reader, 1, tz="Europe/Rome")
    assert "Europe/Rome" in in_rome["body"]


async def test_what_is_switched_off_is_not_told(reader: Caller, other: Caller, admin: Caller, reserve: Reserve) -> None:
    off = {"kind": "reservation_created", "by_self": True, "channel": "in_app", "enabled": False}
    put = await reader.put("notifications/preferences", {"items": [off]})
    assert put.status_code == 200, put.text
    assert put.json() == (await reader.get("notifications/preferences")).json()
    before = (await other.get("notifications/preferences")).json()["items"]
    assert [one for one in put.json()["items"] if one not in before] == [off]
    id_ = await reserve(reader)
    await admin.post(f"reservations/{id_}/cancel", {})
    [one] = await told(reader, 1)
    assert one["kind"] == "reservation_cancelled"
    back = await reader.put("notifications/preferences", {"items": []})
    assert back.json()["items"] == before


async def test_a_switch_that_is_unknown_or_named_twice_is_refused(reader: Caller) -> None:
    on = {"kind": "reservation_created", "by_self": True, "enabled": True}
    for items in ([on, on | {"enabled": False}], [on | {"kind": "rain"}], [on | {"channel": "pigeon"}]):
        put = await reader.put("notifications/preferences", {"items": items})
        assert put.status_code == 422, put.text
        assert put.json()["type"] == "/problems/invalid-input"


async def test_preferences_are_each_persons_own(reader: Caller, user: Caller) -> None:
    off = {"kind": "reservation_changed", "by_self": False, "enabled": False}
    await reader.put("notifications/preferences", {"items": [off]})
    theirs = await user.get("notifications/preferences")
    assert off | {"channel": "in_app", "enabled": True} in theirs.json()["items"]
