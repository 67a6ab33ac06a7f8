"""Coming and going: going on for longer, not coming at all, and the picture that opens check-in."""

from datetime import datetime, timedelta

import httpx

from tests.acceptance.conftest import Caller
from tests.acceptance.life.conftest import (
    HOUR,
    MONDAY,
    SECOND,
    WAIT,
    NewRoom,
    at_once,
    code_of,
    comes_to,
    eventually,
    in_a_moment,
    refused,
    reserve,
    told,
    wish,
)
from tests.acceptance.life.picture import read_qr


async def test_use_goes_on_if_what_follows_is_free(user: Caller, other: Caller, new_room: NewRoom) -> None:
    room = await new_room()
    made = await at_once(user, room, HOUR)
    start = datetime.fromisoformat(made["start"])
    extend = f"reservations/{made['id']}/extend"
    longer = told(await user.post(extend, {"end": (start + 2 * HOUR).isoformat()}), 200)
    assert (longer["state"], longer["end"]) == ("in_use", (start + 2 * HOUR).isoformat().replace("+00:00", "Z"))
    refused(await other.post("reservations", wish(room, start + HOUR)), 409, "slot-taken")
    refused(await other.post(extend, {"end": (start + 3 * HOUR).isoformat()}), 403, "not-allowed")

    await reserve(other, room, start + 2 * HOUR)
    refused(await user.post(extend, {"end": (start + 3 * HOUR).isoformat()}), 409, "slot-taken")
    assert told(await user.get(f"reservations/{made['id']}"), 200)["end"] == longer["end"]


async def test_going_on_is_confirmed_like_a_move(user: Caller, admin: Caller, new_room: NewRoom) -> None:
    room = await new_room("quota", "access")
    allowance = {"name": f"Hours of {room['name']}", "unit": "minutes", "amount": 90, "per": "week"}
    told(await admin.post("quotas", {**allowance, "kind": room["kind"]}), 201)
    made = await at_once(user, room, HOUR)
    start = datetime.fromisoformat(made["start"])
    extend = f"reservations/{made['id']}/extend"
    longer = told(await user.post(extend, {"end": (start + 1.5 * HOUR).isoformat()}, headers=WAIT), 200)
    assert (longer["state"], longer["move"]) == ("in_use", None)
    why = refused(await user.post(extend, {"end": (start + 2 * HOUR).isoformat()}, headers=WAIT), 409, "change-refused")
    assert "has 0 of 90 min left in that week, and 30 would be needed" in why
    await eventually(
        lambda: user.get(f"reservations/{made['id']}/access-code"), lambda one: one["valid_until"] == longer["end"]
    )


async def test_who_does_not_come_in_time_loses_the_slot(user: Caller, other: Caller, new_room: NewRoom) -> None:
    room = await new_room("access", no_show_minutes=1)
    made = await reserve(user, room, in_a_moment(), 2 * SECOND)
    shown = told(await user.get(f"reservations/{made['id']}"), 200)
    assert datetime.fromisoformat(shown["no_show_at"]) - datetime.fromisoformat(shown["start"]) == timedelta(minutes=1)
    assert (await comes_to(user, made["id"], "no_show"))["end"] == made["end"]
    refused(await user.post(f"reservations/{made['id']}/check-in"), 409, "not-now")
    gone = await eventually(
        lambda: user.get(f"reservations/{made['id']}/access-code"), lambda one: one.get("code", "") is None
    )
    assert gone["state"] == "expired"


async def test_the_picture_opens_check_in_and_is_the_owners_alone(
    user: Caller, other: Caller, admin: Caller, new_room: NewRoom
) -> None:
    made = await reserve(user, await new_room("access"), MONDAY)
    path = f"reservations/{made['id']}/check-in.svg"
    code = await code_of(user, made["id"])
    answer = await user.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    link = read_qr(answer.text)
    assert link.endswith(f"/reservations/{made['id']}/check-in?code={code}"), link
    for stranger in (other, admin):
        refused(await stranger.get(path), 403, "not-allowed")


async def test_where_there_is_no_code_the_picture_names_the_reservation_alone(user: Caller, new_room: NewRoom) -> None:
    made = await reserve(user, await new_room(), MONDAY)
    answer = await user.get(f"reservations/{made['id']}/check-in.svg")
    assert read_qr(answer.text).endswith(f"/reservations/{made['id']}/check-in")


async def test_another_picture_opens_the_display_at_the_door(
    user: Caller, berth: httpx.AsyncClient, new_room: NewRoom
) -> None:
    path = f"resources/{(await new_room())['id']}/door.svg"
    answer = await user.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert read_qr(answer.text).endswith(f"/door/{path.split('/')[1]}")
    refused(await user.get("resources/999999999/door.svg"), 404, "unknown-resource")
    assert (await berth.get(f"/api/v1/{path}")).status_code == 401
