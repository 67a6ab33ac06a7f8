"""Reading reservations: whose, which, in what order, and in whose zone."""

from datetime import UTC, datetime, timedelta

import asyncpg
import httpx
import pytest

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.conftest import Caller, register


async def ids(caller: Caller, path: str, **params: object) -> list[int]:
    return [one["id"] for one in told(await caller.get(path, **params), 200)["items"]]


async def test_people_list_their_own_and_administrators_everybodys(
    berth: httpx.AsyncClient, admin: Caller, new_room: NewRoom
) -> None:
    room, anna, ben = await new_room(), await register(berth, "anna"), await register(berth, "ben")
    first = await reserve(anna, room, "09:00", "10:00")
    second = await reserve(ben, room, "10:00", "11:00")
    third = await reserve(anna, room, "11:00", "12:00")
    assert await ids(anna, "reservations") == [first["id"], third["id"]]
    assert await ids(anna, "reservations/my") == [third["id"], first["id"]], "the latest first"
    assert await ids(anna, "reservations/upcoming") == [first["id"], third["id"]]
    assert await ids(anna, "reservations", owner_id=ben.id) == []
    assert await ids(admin, "reservations", resource_id=room) == [first["id"], second["id"], third["id"]]
    assert await ids(admin, "reservations", owner_id=ben.id) == [second["id"]]
    assert await ids(admin, "reservations/my", resource_id=room) == []
    told(await anna.get(f"reservations/{second['id']}"), 403)
    told(await anna.get(f"reservations/{2**60}"), 404)


async def test_filters_by_state_resource_and_time(berth: httpx.AsyncClient, new_room: NewRoom) -> None:
    caller, rooms = await register(berth), [await new_room(), await new_room()]
    gone = await reserve(caller, rooms[0], "09:00", "10:00")
    told(await caller.post(f"reservations/{gone['id']}/cancel"), 200)
    stays = await reserve(caller, rooms[0], "09:00", "10:00")
    elsewhere = await reserve(caller, rooms[1], "10:00", "11:00")
    for path in ("reservations", "reservations/my"):
        assert await ids(caller, path, state="cancelled") == [gone["id"]]
        assert set(await ids(caller, path, state=["ready", "cancelled"])) == {gone["id"], stays["id"], elsewhere["id"]}
        assert await ids(caller, path, resource_id=rooms[1]) == [elsewhere["id"]]
        assert await ids(caller, path, **{"from": "2031-03-03T10:00:00Z"}) == [elsewhere["id"]]
        assert await ids(caller, path, until="2031-03-03T10:00:00Z", state="ready") == [stays["id"]]
        told(await caller.get(path, state="gone"), 422)
        told(await caller.get(path, until="2031-03-03T10:00:00"), 422)
    assert await ids(caller, "reservations/upcoming") == [stays["id"], elsewhere["id"]]


@pytest.mark.parametrize("path", ["reservations", "reservations/my"])
async def test_pages_neither_repeat_nor_skip_while_others_are_added(
    path: str, berth: httpx.AsyncClient, new_room: NewRoom
) -> None:
    caller, rooms = await register(berth), [await new_room() for _ in range(3)]
    made = [(await reserve(caller, room, "09:00", "10:00"))["id"] for room in rooms]
    made += [(await reserve(caller, rooms[0], f"{hour}:00", f"{hour}:30"))["id"] for hour in (12, 13)]
    seen: list[int] = []
    cursor: dict[str, str] = {}
    for hour in (14, 15, 16, 17, 18):
        page = told(await caller.get(path, limit=1, **cursor), 200)
        seen += [one["id"] for one in page["items"]]
        cursor = {"cursor": page["next_cursor"]}
        await reserve(caller, rooms[1], f"{hour}:00", f"{hour}:30", day="2031-03-02")
        await reserve(caller, rooms[1], f"{hour}:00", f"{hour}:30", day="2031-03-04")
    assert seen == (made if path == "reservations" else made[::-1])
    told(await caller.get(path, cursor="bm8"), 422)


async def test_times_come_in_the_zone_asked_for_else_in_the_callers_own_else_in_utc(
    berth: httpx.AsyncClient, new_room: NewRoom
) -> None:
    caller, room = await register(berth), await new_room(timezone="Asia/Tokyo")
    made = await reserve(caller, room, "09:00", "10:00")
    path = f"reservations/{made['id']}"
    assert made["start"] == "2031-03-03T09:00:00Z"
    assert told(await caller.get(path, tz="America/New_York"), 200)["start"] == "2031-03-03T04:00:00-05:00"
    told(await caller.patch("users/me", {"timezone": "Australia/Lord_Howe"}), 200)
    assert told(await caller.get(path), 200)["start"] == "2031-03-03T20:00:00+11:00"
    assert told(await caller.get("reservations/my"), 200)["items"][0]["end"] == "2031-03-03T21:00:00+11:00"
    assert (await reserve(caller, room, "10:00", "11:00"))["start"] == "2031-03-03T21:00:00+11:00"
    assert told(await caller.get(path, tz="UTC"), 200)["start"] == "2031-03-03T09:00:00Z"
    asked = await caller.post("reservations?tz=Europe/Rome", {"resource_id": room} | slot("11:00", "12:00"))
    assert told(asked, 201)["start"] == "2031-03-03T12:00:00+01:00"
    told(await caller.get(path, tz="Mars/Olympus"), 422)
    history = told(await caller.get(f"{path}/history", tz="Europe/Rome"), 200)["items"]
    assert history[0]["after"]["start"] == "2031-03-03T10:00:00+01:00"


async def test_what_is_over_is_no_longer_upcoming_and_cannot_be_changed(
    berth: httpx.AsyncClient, new_room: NewRoom, fresh_url: str
) -> None:
    caller = await register(berth)
    made = await reserve(caller, await new_room(), "09:00", "10:00")
    end = datetime.now(UTC) - timedelta(hours=2)
    connection = await asyncpg.connect(fresh_url)
    await connection.execute(
        "update booking.reservation set starts = $2, ends = $3 where id = $1", made["id"], end - timedelta(hours=1), end
    )
    await connection.close()
    assert await ids(caller, "reservations/upcoming") == []
    assert await ids(caller, "reservations/my") == [made["id"]]
    told(await caller.post(f"reservations/{made['id']}/cancel"), 409)
    told(await caller.patch(f"reservations/{made['id']}", {"title": "New"}), 409)
