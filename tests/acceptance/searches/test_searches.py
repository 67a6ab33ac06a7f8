"""Saving, listing, running, renaming and removing: each person's own searches."""

import itertools
from typing import Any

import httpx
import pytest

from tests.acceptance.booking.conftest import reserve, slot, told
from tests.acceptance.conftest import Caller, register
from tests.acceptance.searches.conftest import Rooms, save

SEARCHES_MAX = 20


async def test_a_search_is_kept_as_it_was_asked_and_listed(
    admin: Caller, seeker: Caller, rooms: Rooms, unique: itertools.count
) -> None:
    site = told(await admin.post("sites", {"name": f"Campus {next(unique)}"}), 201)["id"]
    kind = await rooms()
    wish = {"text": "cabin", "kind": kind.name, "tags": ["beamer"], "site_id": site, "capacity_min": 5}
    first = await save(seeker, kind, "09:00", "12:00", minutes=90, any_of=wish, name="  Two   labs ")
    assert (first["name"], first["any_of"], first["minutes"]) == ("Two labs", wish, 90)
    assert first["closes_at"] == "2031-03-03T10:29:00Z"
    assert first["owner"]["id"] == seeker.id
    second = await save(seeker, kind, "09:00", "10:00", any_of={}, name="Anything", notify=False)
    assert told(await seeker.get("searches"), 200)["items"] == [first, second]
    page = told(await seeker.get("searches", limit=1), 200)
    rest = told(await seeker.get("searches", cursor=page["next_cursor"]), 200)
    assert page["items"] + rest["items"] == [first, second]
    assert told(await seeker.get("searches", state="over"), 200)["items"] == []
    in_rome = told(await seeker.get(f"searches/{first['id']}", tz="Europe/Rome"), 200)
    assert in_rome["start"] == "2031-03-03T10:00:00+01:00"


async def test_a_search_is_run_again_with_what_is_free_now(admin: Caller, seeker: Caller, rooms: Rooms) -> None:
    kind = await rooms(3, capacity=4)
    await reserve(admin, kind.ids[0], "09:00", "12:00")
    await reserve(admin, kind.ids[1], "09:00", "10:00")
    search = await save(seeker, kind, "09:00", "12:00", minutes=60)
    path = f"searches/{search['id']}/results"
    found = told(await seeker.get(path), 200)["items"]
    expected = [(kind.ids[2], "2031-03-03T09:00:00Z"), (kind.ids[1], "2031-03-03T10:00:00Z")]
    assert [(one["resource"]["id"], one["start"]) for one in found] == expected
    page = told(await seeker.get(path, limit=1), 200)
    rest = told(await seeker.get(path, limit=1, cursor=page["next_cursor"]), 200)
    assert page["items"] + rest["items"] == found
    whole = await save(seeker, kind, "09:00", "12:00", name="Whole")
    [one] = told(await seeker.get(f"searches/{whole['id']}/results"), 200)["items"]
    assert (one["resource"]["id"], one["end"]) == (kind.ids[2], "2031-03-03T12:00:00Z")


async def test_others_see_nothing_of_a_search_and_administrators_do_not_change_it(
    admin: Caller, seeker: Caller, other: Caller, rooms: Rooms
) -> None:
    kind = await rooms()
    search = await save(seeker, kind, "09:00", "10:00")
    path = f"searches/{search['id']}"
    for answer in (
        await other.get(path),
        await other.get(f"{path}/results"),
        await other.patch(path, {"name": "Mine"}),
        await other.delete(path),
        await admin.get(f"{path}/results"),
        await admin.patch(path, {"notify": False}),
    ):
        assert told(answer, 403)["type"] == "/problems/not-allowed"
    assert told(await other.get("searches"), 200)["items"] == []
    assert told(await admin.get("searches"), 200)["items"] == []
    assert told(await admin.get(path), 200)["owner"]["id"] == seeker.id
    assert (await admin.delete(path)).status_code == 204
    assert told(await seeker.get(path), 404)["type"] == "/problems/unknown-search"
    for answer in (await seeker.get(f"searches/{2**70}"), await seeker.delete(f"searches/{2**62}")):
        assert answer.status_code == 404
    unsigned = await admin.client.get(f"/api/v1/{path}")
    assert unsigned.status_code == 401


async def test_a_search_is_renamed_paused_resumed_and_removed(seeker: Caller, rooms: Rooms) -> None:
    kind = await rooms()
    search, other = await save(seeker, kind, "09:00", "10:00"), await save(seeker, kind, "09:00", "10:00", name="B")
    path = f"searches/{search['id']}"
    assert told(await seeker.patch(path, {"name": "Labs"}), 200) == search | {"name": "Labs"}
    assert told(await seeker.patch(path, {"name": "B"}), 409)["type"] == "/problems/search-name-taken"
    assert told(await seeker.patch(path, {"notify": False}), 200)["notify"] is False
    assert told(await seeker.patch(path, {}), 200)["notify"] is False
    assert told(await seeker.patch(path, {"notify": True}), 200)["notify"] is True
    assert (await seeker.delete(path)).status_code == 204
    assert (await seeker.delete(path)).status_code == 404
    assert told(await seeker.get("searches"), 200)["items"] == [other]


async def test_a_person_has_so_many_searches_and_no_two_of_one_name(berth: httpx.AsyncClient, rooms: Rooms) -> None:
    kind, collector = await rooms(), await register(berth, "collector")
    for number in range(SEARCHES_MAX):
        await save(collector, kind, "09:00", "10:00", name=f"{number}")
    wish = {"any_of": {}} | slot("09:00", "10:00")
    assert told(await collector.post("searches", wish | {"name": "more"}), 409)["type"] == "/problems/too-many-searches"
    [first, *_] = told(await collector.get("searches"), 200)["items"]
    assert (await collector.delete(f"searches/{first['id']}")).status_code == 204
    taken = await collector.post("searches", wish | {"name": "1"})
    assert told(taken, 409)["type"] == "/problems/search-name-taken"
    assert told(await collector.post("searches", wish | {"name": "0"}), 201)["id"] > first["id"]


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        (slot("09:00", "10:00", "2020-03-03"), "too-late"),
        (slot("09:00", "10:00") | {"minutes": 90}, "window-too-short"),
        (slot("09:00", "10:00") | {"end": "2031-06-03T10:00:00Z", "minutes": 90}, "window-too-long"),
        (slot("09:00", "10:00") | {"end": "2031-03-13T10:00:00Z"}, "window-too-long"),
        (slot("10:00", "09:00"), "invalid-input"),
        ({"start": "2031-03-03T09:00:00", "end": "2031-03-03T10:00:00Z"}, "invalid-input"),
        (slot("09:00", "10:00") | {"name": "   "}, "invalid-input"),
        (slot("09:00", "10:00") | {"name": "x" * 101}, "invalid-input"),
        (slot("09:00", "10:00") | {"minutes": 0}, "invalid-input"),
        (slot("09:00", "10:00") | {"any_of": {"colour": "red"}}, "invalid-input"),
        (slot("09:00", "10:00") | {"notify": "yes"}, "invalid-input"),
    ],
)
async def test_what_cannot_be_searched_for_is_refused_with_its_reason(
    wish: dict[str, Any], kind: str, seeker: Caller
) -> None:
    refused = told(await seeker.post("searches", {"name": "Labs"} | wish), 422)
    assert refused["type"] == f"/problems/{kind}"
    assert told(await seeker.get("searches"), 200)["items"] == []


async def test_a_guest_may_search_and_is_told_of_what_guests_may_reserve(
    admin: Caller, berth: httpx.AsyncClient, rooms: Rooms
) -> None:
    guest = await register(berth, "guest")
    assert (await admin.patch(f"users/{guest.id}", {"role": "guest"})).status_code == 200
    kind = await rooms()
    search = await save(guest, kind, "09:00", "10:00")
    [found] = told(await guest.get(f"searches/{search['id']}/results"), 200)["items"]
    assert found["resource"]["id"] == kind.ids[0]


async def test_the_record_tells_who_saved_what(admin: Caller, seeker: Caller, rooms: Rooms) -> None:
    kind = await rooms()
    search = await save(seeker, kind, "09:00", "10:00")
    await seeker.patch(f"searches/{search['id']}", {"name": "Labs"})
    await seeker.delete(f"searches/{search['id']}")

    async def kinds() -> list[str]:
        entries = told(await admin.get("audit", subject=f"search/{search['id']}"), 200)["items"]
        return sorted(one["type"].split(".")[2] for one in entries)

    for _ in range(400):
        if len(await kinds()) == 3:
            break
    assert await kinds() == ["search_changed", "search_ended", "search_saved"]
