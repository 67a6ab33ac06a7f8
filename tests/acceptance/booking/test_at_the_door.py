"""A keypad at the door of a room: it has an account of its own, and knows no numbers of reservations."""

import itertools
from datetime import UTC, datetime, timedelta

import httpx

from tests.acceptance.access.conftest import code_of
from tests.acceptance.booking.conftest import NewRoom
from tests.acceptance.conftest import Caller, register

WITH_CODE = {"confirmations": ["access"]}


async def reserved(owner: Caller, room: int, *, minutes: int = 5) -> int:
    start = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    times = {"start": start.isoformat(), "end": (start + timedelta(minutes=30)).isoformat()}
    answer = await owner.post("reservations", {"resource_id": room, **times})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def other_than(code: str) -> str:
    return str((int(code) + 1) % 1_000_000).zfill(6)


async def test_a_code_alone_checks_in_and_out(
    berth: httpx.AsyncClient, new_room: NewRoom, user: Caller, unique: itertools.count
) -> None:
    display = await register(berth, f"display-{next(unique)}")
    room = await new_room(policy=WITH_CODE)
    nothing = await display.post(f"resources/{room}/check-in", {"code": "123456"})
    assert (nothing.status_code, nothing.json()["type"]) == (409, "/problems/not-now")
    id_ = await reserved(user, room)
    code = (await code_of(user, id_))["code"]
    wrong = await display.post(f"resources/{room}/check-in", {"code": other_than(code)})
    assert (wrong.status_code, wrong.json()["type"]) == (403, "/problems/wrong-code")
    began = await display.post(f"resources/{room}/check-in", {"code": code})
    assert (began.status_code, began.json()["id"], began.json()["state"]) == (200, id_, "in_use")
    ended = await display.post(f"resources/{room}/check-out", {"code": code})
    assert (ended.status_code, ended.json()["state"]) == (200, "finished")
    again = await display.post(f"resources/{room}/check-out", {"code": code})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/not-now")


async def test_whose_time_has_not_come_cannot_be_checked_in(new_room: NewRoom, user: Caller, other: Caller) -> None:
    room = await new_room(policy=WITH_CODE)
    id_ = await reserved(user, room, minutes=120)
    code = (await code_of(user, id_))["code"]
    early = await other.post(f"resources/{room}/check-in", {"code": code})
    assert (early.status_code, early.json()["type"]) == (409, "/problems/not-now")


async def test_too_many_wrong_codes_close_the_keypad(new_room: NewRoom, user: Caller, other: Caller) -> None:
    room = await new_room(policy=WITH_CODE)
    code = (await code_of(user, await reserved(user, room)))["code"]
    answers = [await other.post(f"resources/{room}/check-in", {"code": other_than(code)}) for _ in range(6)]
    assert [one.status_code for one in answers] == [403] * 5 + [429]
    right = await other.post(f"resources/{room}/check-in", {"code": code})
    assert right.json()["type"] == "/problems/too-many-tries"
