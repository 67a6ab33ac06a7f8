"""This room closes on that day: what is in it is shown, moved where something like it is free, else cancelled."""

import asyncio
from typing import Any

import pytest

from tests.acceptance.booking.conftest import reserve, slot, told
from tests.acceptance.closing.conftest import DAY, Closing, Rooms, outcomes
from tests.acceptance.conftest import Caller
from tests.acceptance.notifications.conftest import told as notified
from tests.acceptance.series.conftest import FAR
from tests.acceptance.waitlist.conftest import join, place


async def state_of(admin: Caller, id_: int) -> tuple[str, list[int], str | None]:
    found = told(await admin.get(f"reservations/{id_}"), 200)
    return found["state"], [one["id"] for one in found["resources"]], found["cancel_reason"]


async def test_what_is_shown_is_done_with_one_confirmation(
    admin: Caller, user: Caller, owner: Caller, rooms: Rooms
) -> None:
    closed, like = await rooms({}, {})
    moved = await reserve(owner, closed, "09:00", "10:00", title="Standup")
    cancelled = await reserve(owner, closed, "11:00", "12:00", title="Review")
    taken = await reserve(user, like, "11:30", "12:30")
    outside = await reserve(owner, closed, "09:00", "10:00", day="2031-03-05")
    closing = Closing(admin, closed, {"day": DAY})
    shown = await closing.preview()
    assert (shown["start"], shown["end"]) == ("2031-03-02T23:00:00Z", "2031-03-03T23:00:00Z")
    assert outcomes(shown) == [("reservation", "move", like, None), ("reservation", "cancel", None, "none-free")]
    assert [one["owner"]["id"] for one in shown["items"]] == [owner.id, owner.id]
    assert shown["counts"] == {"move": 1, "cancel": 1, "stay": 0}
    assert await state_of(admin, moved["id"]) == ("ready", [closed], None)

    done = told(await closing.confirm(shown["digest"]), 201)
    assert (done["reason"], outcomes(done)) == ("Painting", outcomes(shown))
    assert await state_of(admin, moved["id"]) == ("ready", [like], None)
    assert await state_of(admin, cancelled["id"]) == ("cancelled", [closed], "Painting")
    assert await state_of(admin, outside["id"]) == ("ready", [closed], None)
    assert await state_of(admin, taken["id"]) == ("ready", [like], None)
    refused = told(await user.post("reservations", {"resource_id": closed} | slot("15:00", "16:00")), 409)
    assert [one["kind"] for one in refused["busy"]] == ["blackout"]
    [blackout] = told(await user.get("blackouts", resource_id=closed), 200)["items"]
    assert (blackout["id"], blackout["reason"], blackout["closing"]) == (done["id"], "Painting", True)
    assert told(await admin.get(f"blackouts/{done['id']}/closing"), 200) == done
    what = [one["what"] for one in told(await owner.get(f"reservations/{moved['id']}/history"), 200)["items"]]
    assert what == ["created", "changed"]


async def test_each_owner_gets_one_notice_of_all_that_became_of_his(
    admin: Caller, user: Caller, owner: Caller, rooms: Rooms
) -> None:
    closed, like = await rooms({}, {})
    for start, end, title in (("09:00", "10:00", "Standup"), ("11:00", "12:00", "Review"), ("13:00", "14:00", "Retro")):
        await reserve(owner, closed, start, end, title=title)
    await reserve(user, like, "11:30", "12:30")
    await notified(owner, 3)
    await Closing(admin, closed, {"day": DAY}).do()
    notice, *_ = await notified(owner, 4)
    names = [told(await admin.get(f"resources/{id_}"), 200)["name"] for id_ in (closed, like)]
    assert (notice["kind"], notice["title"]) == ("resource_closed", f"Closed: {names[0]}")
    assert notice["body"].startswith(f"{names[0]} is closed: ")
    assert "Painting" in notice["body"]
    moved, cancelled = notice["body"].index("Moved to"), notice["body"].index("Cancelled")
    assert moved < notice["body"].index("Standup") < notice["body"].index("Retro") < cancelled
    assert cancelled < notice["body"].index("Review")
    assert names[1] in notice["body"]


async def test_a_calendar_that_changed_since_is_shown_anew_and_nothing_is_done(
    admin: Caller, user: Caller, owner: Caller, rooms: Rooms
) -> None:
    closed, like = await rooms({}, {})
    made = await reserve(owner, closed, "09:00", "10:00")
    closing = Closing(admin, closed, {"day": DAY})
    shown = await closing.preview()
    late = await reserve(user, closed, "12:00", "13:00")
    refused = told(await closing.confirm(shown["digest"]), 409)
    assert refused["type"] == "/problems/closing-changed"
    assert outcomes(refused["preview"]) == [("reservation", "move", like, None)] * 2
    assert await state_of(admin, made["id"]) == ("ready", [closed], None)
    assert told(await admin.get("blackouts", resource_id=closed), 200)["items"] == []

    await reserve(user, like, "09:30", "10:30")
    refused = told(await closing.confirm(refused["preview"]["digest"]), 409)
    assert outcomes(refused["preview"])[0] == ("reservation", "cancel", None, "none-free")
    done = told(await closing.confirm(refused["preview"]["digest"]), 201)
    assert await state_of(admin, made["id"]) == ("cancelled", [closed], "Painting")
    assert await state_of(admin, late["id"]) == ("ready", [like], None)
    again = told(await closing.confirm(refused["preview"]["digest"]), 201)
    assert again == done


async def test_of_two_who_confirm_at_once_one_closes_and_the_other_sees_it(
    admin: Caller, owner: Caller, rooms: Rooms
) -> None:
    closed, _ = await rooms({}, {})
    await reserve(owner, closed, "09:00", "10:00")
    closing = Closing(admin, closed, {"day": DAY})
    digest = (await closing.preview())["digest"]
    answers = await asyncio.gather(*(closing.confirm(digest) for _ in range(4)))
    assert {told(one, 201)["id"] for one in answers} == {answers[0].json()["id"]}
    assert len(told(await admin.get("blackouts", resource_id=closed), 200)["items"]) == 1


async def test_the_rules_and_the_size_of_what_is_like_it_are_kept(
    admin: Caller, owner: Caller, rooms: Rooms, unique: Any
) -> None:
    closed, small, bare, _ = await rooms({}, {"capacity": 4}, {"tags": []}, {"policy": {"minutes_max": 30}})
    await reserve(owner, closed, "09:00", "10:00")
    closing = Closing(admin, closed, {"day": DAY})
    assert outcomes(await closing.preview()) == [("reservation", "cancel", None, "none-allowed")]
    await admin.patch(f"resources/{bare}", {"tags": ["projector", "piano"]})
    await admin.put(f"resources/{bare}/policy", {"reservable_by": ["admin"]})
    assert outcomes(await closing.preview()) == [("reservation", "cancel", None, "none-allowed")]
    await admin.patch(f"resources/{small}", {"capacity": 9})
    assert outcomes(await closing.preview()) == [("reservation", "move", small, None)]


async def test_two_are_not_moved_to_one_room_at_once_and_buffers_count(
    admin: Caller, owner: Caller, rooms: Rooms
) -> None:
    closed, like = await rooms({}, {"policy": {"setup_minutes": 15}})
    first = await reserve(owner, closed, "09:00", "10:00")
    second = await reserve(owner, closed, "10:00", "11:00")
    third = await reserve(owner, closed, "11:00", "12:00")
    done = await Closing(admin, closed, {"day": DAY}).do()
    assert [one[1] for one in outcomes(done)] == ["move", "cancel", "move"]
    states = [(await state_of(admin, one["id"]))[:2] for one in (first, second, third)]
    assert states == [("ready", [like]), ("cancelled", [closed]), ("ready", [like])]


async def test_of_several_resources_the_closed_one_alone_is_exchanged(
    admin: Caller, owner: Caller, rooms: Rooms, new_room: Any
) -> None:
    closed, like = await rooms({}, {})
    projector = await new_room(kind="beamer")
    body = {"resource_ids": [closed, projector], "title": "Film"} | slot("09:00", "10:00")
    made = told(await owner.post("reservations", body), 201)
    await Closing(admin, closed, slot("00:00", "23:00")).do()
    assert await state_of(admin, made["id"]) == ("ready", sorted([like, projector]), None)
    refused = told(await owner.post("reservations", {"resource_id": projector} | slot("09:00", "10:00")), 409)
    assert refused["type"] == "/problems/slot-taken"


async def test_holds_end_and_who_was_offered_something_waits_on_at_the_same_place(
    admin: Caller, user: Caller, other: Caller, owner: Caller, rooms: Rooms
) -> None:
    closed, _ = await rooms({}, {})
    held = told(await owner.post("holds", {"resource_id": closed} | slot("09:00", "10:00")), 201)
    offered = await join(owner, closed, "11:00", "12:00")
    behind = await join(other, closed, "11:00", "12:00")
    assert offered["state"] == "offered"
    closing = Closing(admin, closed, {"day": DAY})
    done = await closing.do()
    assert outcomes(done) == [("hold", "cancel", None, "not-held-elsewhere"), ("offer", "cancel", None, "waits-on")]
    assert told(await owner.get("holds"), 200)["items"] == []
    waits = await place(owner, offered)
    assert (waits["state"], waits["position"], waits["offer"]) == ("waiting", 1, None)
    assert (await place(other, behind))["position"] == 2
    gone = await owner.post("reservations", {"hold_id": held["id"]})
    assert told(gone, 410)["type"] == "/problems/hold-over"
    [notice] = [one for one in await notified(owner, 2) if one["kind"] == "resource_closed"]
    assert notice["subject"] == f"blackout/{done['id']}"
    assert (await admin.delete(f"blackouts/{done['id']}")).status_code == 204
    assert (await place(owner, offered))["state"] == "offered"
    assert told(await admin.get(f"blackouts/{done['id']}/closing"), 200)["reason"] is None
    for who, entry in ((owner, offered), (other, behind)):
        assert (await who.delete(f"waitlist/{entry['id']}")).status_code == 204


async def test_one_who_waits_for_any_room_is_offered_another_at_once(
    admin: Caller, owner: Caller, rooms: Rooms
) -> None:
    closed, like = await rooms({}, {})
    kind = told(await admin.get(f"resources/{closed}"), 200)["kind"]
    taken = await reserve(admin, like, "11:00", "12:00")
    entry = told(await owner.post("waitlist", {"any_of": {"kind": kind}} | slot("11:00", "12:00")), 201)
    assert [one["id"] for one in entry["offer"]["resources"]] == [closed]
    await admin.post(f"reservations/{taken['id']}/cancel")
    await Closing(admin, closed, {"day": DAY}).do()
    now = await place(owner, entry)
    assert [one["id"] for one in now["offer"]["resources"]] == [like]
    assert (await owner.delete(f"waitlist/{entry['id']}")).status_code == 204


async def test_an_occurrence_is_moved_by_itself_and_its_series_goes_on(
    admin: Caller, owner: Caller, rooms: Rooms
) -> None:
    closed, like = await rooms({"policy": FAR}, {"policy": FAR})
    wish = {"resource_id": closed, "title": "Lab", "rule": "FREQ=WEEKLY;COUNT=3"} | slot("09:00", "10:00")
    series = told(await owner.post("reservations/recurring", wish), 201)
    shown = await Closing(admin, closed, {"day": "2031-03-10"}).do()
    assert [(one["series_id"], one["outcome"]) for one in shown["items"]] == [(series["id"], "move")]
    occurrences = told(await owner.get(f"series/{series['id']}"), 200)["occurrences"]
    assert [one["resource_ids"] for one in occurrences] == [[closed], [like], [closed]]
    assert [one["exception"] for one in occurrences] == [False, True, False]


@pytest.mark.parametrize("path", ["closing/preview", "closing"])
async def test_only_who_may_set_blackouts_may_close(path: str, user: Caller, rooms: Rooms) -> None:
    [closed] = await rooms({})
    answer = await user.post(f"resources/{closed}/{path}", {"day": DAY, "reason": "x", "digest": "x"})
    assert told(answer, 403)["type"] == "/problems/not-allowed"
    assert (await user.get("blackouts/1/closing")).status_code == 403


async def test_times_that_say_nothing_or_too_much_are_refused(admin: Caller, rooms: Rooms) -> None:
    [closed] = await rooms({})

    async def refused(time: dict[str, str], room: int = closed) -> tuple[int, str]:
        answer = await admin.post(f"resources/{room}/closing/preview", time)
        return answer.status_code, answer.json()["type"].rpartition("/")[2]

    assert await refused({}) == (422, "invalid-input")
    assert await refused({"day": DAY} | slot("09:00", "10:00")) == (422, "invalid-input")
    assert await refused({"start": "2031-03-03T09:00:00Z"}) == (422, "invalid-input")
    assert await refused({"start": "2031-03-03T09:00", "end": "2031-03-03T10:00"}) == (422, "invalid-input")
    assert await refused({"day": "9999-12-31"}) == (422, "invalid-input")
    assert await refused(slot("10:00", "09:00")) == (422, "invalid-input")
    assert await refused({"day": "2020-03-03"}) == (422, "too-late")
    assert await refused({"start": "2031-03-03T09:00:00Z", "end": "2033-03-03T10:00:00Z"}) == (422, "window-too-long")
    assert await refused({"day": DAY}, 2**62) == (404, "unknown-resource")
    assert (await admin.get(f"blackouts/{2**62}/closing")).status_code == 404
