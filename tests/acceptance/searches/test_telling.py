"""Somebody finds nothing, saves the search, and is told when something that fits becomes free."""

from typing import Any

import httpx

from tests.acceptance.booking.conftest import reserve, slot, told
from tests.acceptance.conftest import Caller
from tests.acceptance.searches.conftest import Rooms, matched, save, slots
from tests.serving import serving
from tests.websocket import connected

DAY = "2031-03-03"


async def test_what_is_cancelled_is_told_to_who_searched_for_it_and_to_nobody_else(
    admin: Caller, seeker: Caller, other: Caller, rooms: Rooms
) -> None:
    kind = await rooms(2)
    made = [await reserve(admin, room, "09:00", "10:00") for room in kind.ids]
    search = await save(seeker, kind, "09:00", "10:00", name="Labs")
    assert (search["state"], search["notify"], search["told_at"]) == ("live", True, None)
    assert told(await seeker.get(f"searches/{search['id']}/results"), 200)["items"] == []
    await admin.post(f"reservations/{made[0]['id']}/cancel")
    [one] = await matched(seeker)
    assert slots(one) == [(kind.ids[0], f"{DAY}T09:00:00Z")]
    assert one["title"].startswith("Free now: Cabin")
    assert "your search “Labs”" in one["body"]
    assert one["subject"] == f"search/{search['id']}"
    assert (one["data"]["search"]["id"], one["data"]["search"]["kind"]) == (search["id"], kind.name)
    [found] = told(await seeker.get(f"searches/{search['id']}/results"), 200)["items"]
    assert (found["resource"]["id"], found["start"]) == (kind.ids[0], f"{DAY}T09:00:00Z")
    assert told(await seeker.get(f"searches/{search['id']}"), 200)["told_at"] is not None
    assert told(await other.get("notifications", kind="search_matched"), 200)["items"] == []


async def test_a_move_a_hold_a_blackout_and_a_shorter_time_free_something(
    admin: Caller, seeker: Caller, rooms: Rooms
) -> None:
    kind = await rooms(4)
    moved, shortened = [await reserve(admin, room, "09:00", "12:00") for room in kind.ids[:2]]
    held = told(await admin.post("holds", {"resource_id": kind.ids[2]} | slot("09:00", "12:00")), 201)
    shut = {"resource_ids": [kind.ids[3]], "reason": "Paint"} | slot("09:00", "12:00")
    closed = told(await admin.post("blackouts", shut), 201)
    await save(seeker, kind, "09:00", "12:00", minutes=60)
    await admin.patch(f"reservations/{moved['id']}", slot("15:00", "16:00"))
    await admin.patch(f"reservations/{shortened['id']}", {"end": f"{DAY}T10:30:00Z"})
    await admin.delete(f"holds/{held['id']}")
    await admin.delete(f"blackouts/{closed['id']}")
    # What is freed together is told together; who is slow is told the rest a quarter of an hour later.
    [one] = await matched(seeker)
    assert slots(one)[0] == (kind.ids[0], f"{DAY}T09:00:00Z")
    expected = {(id_, f"{DAY}T09:00:00Z") for id_ in (kind.ids[0], *kind.ids[2:])} | {(kind.ids[1], f"{DAY}T10:30:00Z")}
    assert set(slots(one)) <= expected


async def test_what_the_waitlist_takes_at_once_is_not_told(
    admin: Caller, user: Caller, seeker: Caller, rooms: Rooms
) -> None:
    first, second = await rooms(), await rooms()
    made = [await reserve(admin, kind.ids[0], "09:00", "10:00") for kind in (first, second)]
    joined = await user.post("waitlist", {"resource_id": first.ids[0]} | slot("09:00", "10:00"))
    entry = told(joined, 201)
    await save(seeker, first, "09:00", "10:00", name="taken")
    await save(seeker, second, "09:00", "10:00", name="free")
    for one in made:
        await admin.post(f"reservations/{one['id']}/cancel")
    [one] = await matched(seeker)
    assert one["data"]["search"]["name"] == "free"
    assert (await user.delete(f"waitlist/{entry['id']}")).status_code == 204
    assert [one["data"]["search"]["name"] for one in await matched(seeker, 2)] == ["taken", "free"]


async def test_a_new_resource_and_one_that_opens_again_are_told(
    admin: Caller, seeker: Caller, rooms: Rooms, unique: Any
) -> None:
    kind = await rooms(1, hours={"weekly": {"monday": [["08:00", "18:00"]]}, "exceptions": {DAY: []}})
    await save(seeker, kind, "09:00", "12:00", minutes=60, name="Opens")
    await save(seeker, kind, "10:00", "11:00", name="New")
    weekly = {"weekly": {"monday": [["08:00", "18:00"]]}}
    assert (await admin.put(f"resources/{kind.ids[0]}/opening-hours", weekly)).status_code == 200
    found = await matched(seeker, 2)
    assert {(one["data"]["search"]["name"], *slots(one)) for one in found} == {
        ("Opens", (kind.ids[0], f"{DAY}T09:00:00Z")),
        ("New", (kind.ids[0], f"{DAY}T10:00:00Z")),
    }
    late = await save(seeker, kind, "13:00", "14:00", name="Late")
    body = {"name": f"Cabin {next(unique)}", "kind": kind.name, "timezone": "Europe/Rome"}
    made = told(await admin.post("resources", body), 201)
    newest, *_ = await matched(seeker, 3)
    assert (newest["data"]["search"]["id"], slots(newest)) == (late["id"], [(made["id"], f"{DAY}T13:00:00Z")])


async def test_who_switched_it_off_or_paused_the_search_is_not_told(
    admin: Caller, seeker: Caller, rooms: Rooms
) -> None:
    kind, other = await rooms(), await rooms()
    made = [await reserve(admin, one.ids[0], "09:00", "10:00") for one in (kind, other)]
    paused = await save(seeker, kind, "09:00", "10:00")
    changed = told(await seeker.patch(f"searches/{paused['id']}", {"notify": False}), 200)
    assert changed["notify"] is False
    await save(seeker, other, "09:00", "10:00")
    for one in made:
        await admin.post(f"reservations/{one['id']}/cancel")
    [one] = await matched(seeker)
    assert one["data"]["search"]["kind"] == other.name
    off = {"kind": "search_matched", "by_self": False, "channel": "in_app", "enabled": False}
    answer = told(await seeker.put("notifications/preferences", {"items": [off]}), 200)
    chosen = {(item["channel"], item["enabled"]) for item in answer["items"] if item["kind"] == "search_matched"}
    assert chosen == {("in_app", False), ("email", True)}


async def test_whoever_has_berth_open_hears_of_it(
    berth: httpx.AsyncClient, admin: Caller, seeker: Caller, user: Caller, rooms: Rooms
) -> None:
    kind = await rooms()
    made = await reserve(admin, kind.ids[0], "09:00", "10:00")
    search = await save(seeker, kind, "09:00", "10:00")
    notice = ("berth.booking.search_matched.v1", f"search/{search['id']}")
    async with serving(berth) as url, connected(url) as mine, connected(url) as theirs:
        for client, caller in ((mine, seeker), (theirs, user)):
            await client.hello(caller.token)
            await client.follow("notices")
        await admin.post(f"reservations/{made['id']}/cancel")
        while (said := await mine.hear_of("notice"))["about"] != notice[0]:
            pass
        assert (said["about"], said["subject"]) == notice
        own = f"reservation/{(await reserve(user, kind.ids[0], '11:00', '12:00'))['id']}"
        subjects = [(await theirs.hear_of("notice"))["subject"]]
        while subjects[-1] != own:
            subjects.append((await theirs.hear_of("notice"))["subject"])
        assert notice[1] not in subjects
