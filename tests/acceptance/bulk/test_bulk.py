"""Many reservations at once: all of it or nothing, looked at before it is done."""

import asyncio
from typing import Any

import pytest

from tests.acceptance.booking.conftest import NewRoom, reserve, slot, told
from tests.acceptance.bulk.conftest import busy, cancel, counts, create, done, errors, move, send
from tests.acceptance.conftest import Caller
from tests.acceptance.waitlist.conftest import join, place


async def state(caller: Caller, id_: int) -> tuple[str, str]:
    one = told(await caller.get(f"reservations/{id_}"), 200)
    return one["state"], one["start"][11:16]


async def test_reservations_are_made_moved_and_cancelled_together(user: Caller, new_room: NewRoom) -> None:
    room, other = await new_room(), await new_room()
    first, second = await reserve(user, room, "09:00", "10:00"), await reserve(user, room, "10:00", "11:00")
    operations = (
        create(room, "09:00", "10:00", title="In the place of the first"),
        move(second["id"], resources=[other], title="Moved"),
        cancel(first["id"], reason="Fog"),
    )
    looked = await done(user, *operations, dry_run=True)
    assert (counts(looked), looked["dry_run"]) == ((1, 1, 1, 0), True)
    assert [(one["row"], one["outcome"], one["reservation_id"]) for one in looked["items"]] == [
        (1, "created", None),
        (2, "moved", second["id"]),
        (3, "cancelled", first["id"]),
    ]
    assert await state(user, first["id"]) == ("ready", "09:00")
    report = await done(user, *operations)
    assert (counts(report), report["dry_run"], report["errors"]) == ((1, 1, 1, 0), False, [])
    made = told(await user.get(f"reservations/{report['items'][0]['reservation_id']}"), 200)
    assert (made["title"], made["state"], made["owner"]["id"]) == ("In the place of the first", "ready", user.id)
    gone = told(await user.get(f"reservations/{first['id']}"), 200)
    assert (gone["state"], gone["cancel_reason"]) == ("cancelled", "Fog")
    moved = told(await user.get(f"reservations/{second['id']}"), 200)
    assert (moved["title"], moved["resources"][0]["id"]) == ("Moved", other)
    assert counts(await done(user, cancel(first["id"]), move(second["id"], title="Moved"))) == (0, 0, 0, 2)


@pytest.mark.parametrize("reverse", [False, True])
async def test_a_whole_day_moves_by_an_hour_and_two_change_places(
    user: Caller, new_room: NewRoom, reverse: bool
) -> None:
    room, other = await new_room(), await new_room()
    day = [await reserve(user, room, f"{hour:02}:00", f"{hour + 1:02}:00") for hour in (9, 10, 11)]
    there = await reserve(user, other, "12:00", "13:00")
    operations = [
        move(one["id"], **slot(f"{hour:02}:00", f"{hour + 1:02}:00"))
        for one, hour in zip(day, (10, 11, 12), strict=True)
    ]
    report = await done(user, *(operations[::-1] if reverse else operations))
    assert counts(report) == (0, 3, 0, 0)
    assert await busy(user, room) == [("10:00", "11:00"), ("11:00", "12:00"), ("12:00", "13:00")]
    swapped = (move(day[2]["id"], resources=[other]), move(there["id"], resources=[room]))
    assert counts(await done(user, *swapped)) == (0, 2, 0, 0)
    assert told(await user.get(f"reservations/{there['id']}"), 200)["resources"][0]["id"] == room


async def test_every_row_that_cannot_be_done_is_told_and_nothing_is_done(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room, strict = await new_room(), await new_room(policy={"minutes_max": 30})
    theirs = await reserve(other, room, "09:00", "10:00")
    mine = await reserve(user, room, "12:00", "13:00")
    over = await reserve(user, room, "14:00", "15:00")
    await user.post(f"reservations/{over['id']}/cancel")
    operations = (
        create(room, "08:00", "08:30"),
        create(room, "09:30", "10:30"),
        create("No such room", "09:00", "10:00"),
        create(strict, "09:00", "10:00"),
        create(room, "16:00", "17:00", owner=other.id),
        cancel(theirs["id"]),
        cancel(2**62),
        move(over["id"], title="Back?"),
        move(mine["id"], start="2031-03-03T14:00:00Z"),
        cancel(mine["id"]),
        create(room, "18:00", "19:00"),
        create(room, "18:30", "19:30"),
        create(room, "20:00", "21:00", resources=[room, room]),
    )
    for dry_run in (True, False):
        answer = await send(user, *operations, dry_run=dry_run)
        assert errors(answer) == [
            (2, None, "slot-taken"),
            (3, "resource", "unknown-resource"),
            (4, None, "policy-refused"),
            (5, None, "not-allowed"),
            (6, None, "not-allowed"),
            (7, "reservation", "unknown-reservation"),
            (8, "reservation", "not-changeable"),
            (9, None, "invalid-input"),
            (10, "reservation", "named-twice"),
            (12, None, "slot-taken"),
            (13, "resource", "invalid-input"),
        ]
        problem = answer.json()
        assert problem["dry_run"] is dry_run
        assert "row 11" in problem["errors"][9]["message"]
        assert problem["detail"].startswith("11 of the rows cannot be done, so nothing was done. Row 2: ")
    assert await busy(admin, room) == [("09:00", "10:00"), ("12:00", "13:00")]


async def test_an_administrator_reserves_for_others_by_name_and_others_for_themselves_alone(
    admin: Caller, user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    report = await done(
        admin,
        create(room, "09:00", "10:00", owner=user.username),
        create(room, "10:00", "11:00", owner=other.id),
        create(room, "11:00", "12:00", owner=str(other.id)),
        create(room, "12:00", "13:00"),
    )
    owners = [
        told(await admin.get(f"reservations/{one['reservation_id']}"), 200)["owner"]["id"] for one in report["items"]
    ]
    assert owners == [user.id, other.id, other.id, admin.id]
    assert errors(await send(admin, create(room, "14:00", "15:00", owner="nobody.at.all"))) == [
        (1, "owner", "unknown-owner")
    ]
    assert counts(await done(user, create(room, "14:00", "15:00", owner=user.username))) == (1, 0, 0, 0)
    assert errors(await send(user, create(room, "16:00", "17:00", owner=other.username))) == [(1, None, "not-allowed")]
    assert counts(await done(admin, *(cancel(one["reservation_id"]) for one in report["items"]))) == (0, 0, 4, 0)
    gone = told(await user.get(f"reservations/{report['items'][0]['reservation_id']}"), 200)
    assert gone["state"] == "cancelled"


async def test_a_resource_is_called_by_its_exact_name_or_its_id(user: Caller, admin: Caller, new_room: NewRoom) -> None:
    room, retired = await new_room(), await new_room()
    name, gone = [told(await user.get(f"resources/{id_}"), 200)["name"] for id_ in (room, retired)]
    await admin.post(f"resources/{retired}/retire")
    assert counts(await done(user, create(name, "09:00", "10:00"), create(str(room), "10:00", "11:00"))) == (2, 0, 0, 0)
    assert errors(await send(user, create(name.lower(), "12:00", "13:00"), create(gone, "12:00", "13:00"))) == [
        (1, "resource", "unknown-resource"),
        (2, "resource", "unknown-resource"),
    ]


async def test_what_has_to_be_confirmed_is_asked_for_and_a_move_holds_both_slots(
    admin: Caller, user: Caller, new_room: NewRoom
) -> None:
    room = await new_room(policy={"confirmations": ["approval"]})
    plain = await new_room()
    mine = await reserve(user, plain, "09:00", "10:00")
    report = await done(user, create(room, "11:00", "12:00"), move(mine["id"], resources=[room]))
    assert [(one["state"], one["asked"]) for one in report["items"]] == [("pending", False), ("ready", True)]
    waiting = told(await admin.get("approvals", limit=200), 200)["items"]
    ids = [one["reservation_id"] for one in report["items"]]
    assert {one["reservation_id"]: one["moves"] for one in waiting if one["reservation_id"] in ids} == {
        ids[0]: False,
        ids[1]: True,
    }
    assert (await busy(user, plain), await busy(user, room)) == (
        [("09:00", "10:00")],
        [("09:00", "10:00"), ("11:00", "12:00")],
    )
    assert errors(await send(user, move(mine["id"], start="2031-03-03T08:00:00Z"))) == [
        (1, "reservation", "not-changeable")
    ]
    assert counts(await done(user, *(cancel(id_) for id_ in ids))) == (0, 0, 2, 0)
    assert (await busy(user, plain), await busy(user, room)) == ([], [])


async def test_what_is_freed_and_not_taken_by_the_rows_is_offered_to_who_waits(
    user: Caller, other: Caller, new_room: NewRoom
) -> None:
    room = await new_room()
    made = [await reserve(user, room, "09:00", "10:00"), await reserve(user, room, "11:00", "12:00")]
    entries = [await join(other, room, "09:00", "10:00"), await join(other, room, "11:00", "12:00")]
    await done(user, create(room, "09:00", "10:00", title="Mine still"), *(cancel(one["id"]) for one in made))
    assert [(await place(other, one))["state"] for one in entries] == ["waiting", "offered"]
    for one in entries:
        assert (await other.delete(f"waitlist/{one['id']}")).status_code == 204


async def test_the_same_key_does_it_once_and_answers_the_same(user: Caller, new_room: NewRoom, unique: Any) -> None:
    room = await new_room()
    made = await reserve(user, room, "12:00", "13:00")
    key = f"bulk {next(unique)}"
    operations = (create(room, "09:00", "10:00"), cancel(made["id"]))
    answers = await asyncio.gather(*(send(user, *operations, key=key) for _ in range(4)))
    reports = [told(one, 200) for one in answers]
    assert all(one == reports[0] for one in reports)
    assert counts(reports[0]) == (1, 0, 1, 0)
    assert sum("idempotency-replayed" in one.headers for one in answers) == 3
    assert await busy(user, room) == [("09:00", "10:00")]
    other_wish = await send(user, create(room, "10:00", "11:00"), key=key)
    assert told(other_wish, 422)["type"] == "/problems/idempotency-key-reused"
    only = f"bulk {next(unique)}"
    gone = (cancel(reports[0]["items"][0]["reservation_id"]),)
    first = told(await send(user, *gone, key=only), 200)
    again = await send(user, *gone, key=only)
    assert (counts(first), told(again, 200)) == ((0, 0, 1, 0), first)
    refused = f"bulk {next(unique)}"
    assert errors(await send(user, cancel(2**62), key=refused)) == [(1, "reservation", "unknown-reservation")]
    assert errors(await send(user, cancel(2**62), key=refused)) == [(1, "reservation", "unknown-reservation")]


async def test_five_hundred_at_once_and_not_one_more(user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    many = [
        create(room, "09:00", "10:00") | slot("09:00", "09:01", f"2031-{m:02}-{d:02}")
        for m in range(1, 13)
        for d in range(1, 29)
    ]
    many += [
        create(room, "10:00", "10:01") | slot("10:00", "10:01", f"2031-{m:02}-{d:02}")
        for m in range(1, 8)
        for d in range(1, 25)
    ]
    many = many[:500]
    assert counts(await done(user, *many)) == (500, 0, 0, 0)
    assert told(await send(user, *many, many[0]), 422)["type"] == "/problems/invalid-input"
    assert told(await send(user), 422)["type"] == "/problems/invalid-input"
    taken = told(await send(user, *many), 422)
    assert len(taken["errors"]) == 500


async def test_a_time_without_an_offset_and_what_is_not_known_are_refused(user: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    for bad in (
        create(room, "09:00", "10:00") | {"start": "2031-03-03T09:00"},
        create(room, "10:00", "09:00"),
        create(room, "09:00", "10:00", reservation_id=1),
        create(room, "09:00", "10:00", resources=[]),
        move(1),
        cancel(1, title="x"),
        {"action": "burn", "reservation_id": 1},
        {"reservation_id": 1},
    ):
        assert told(await send(user, bad), 422)["type"] == "/problems/invalid-input", bad
