"""The studio: three hours a week for everybody, and a code for the door."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.acceptance.conftest import Caller, register
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
    has_begun,
    in_a_moment,
    refused,
    reserve,
    told,
    what_happened,
    wish,
)

Room = dict[str, Any]


@pytest_asyncio.fixture(loop_scope="session")
async def studio(admin: Caller, new_room: NewRoom) -> Room:
    room = await new_room("quota", "access")
    hours = {"name": f"Hours of {room['name']}", "unit": "minutes", "amount": 180, "per": "week", "kind": room["kind"]}
    told(await admin.post("quotas", hours), 201)
    return room


@pytest_asyncio.fixture(loop_scope="session")
async def musician(berth: httpx.AsyncClient) -> Caller:
    """Somebody who has reserved nothing yet."""
    return await register(berth, "musician")


async def minutes(caller: Caller, room: Room, at: datetime, **wanted: int) -> None:
    """Wait until the allowance of the room stands so."""

    def so(page: Any) -> bool:
        [one] = [item for item in page["items"] if item["allowance"]["kind"] == room["kind"]]
        return all(one[name] == value for name, value in wanted.items())

    await eventually(lambda: caller.get("quotas/my", at=at.isoformat(), limit=200), so)


async def test_it_is_pending_at_once_and_ready_as_soon_as_quota_and_code_are_there(
    studio: Room, musician: Caller
) -> None:
    made = told(await musician.post("reservations", wish(studio, MONDAY)), 201)
    assert (made["state"], made["version"]) == ("pending", 1)
    ready = await comes_to(musician, made["id"], "ready")
    assert {one["step"]: one["state"] for one in ready["confirmations"]} == {"quota": "given", "access": "given"}
    assert await what_happened(musician, made["id"]) == ["created", "confirmed"]
    await minutes(musician, studio, MONDAY, held=60, left=120)


async def test_who_prefers_to_wait_is_answered_when_it_is_ready(studio: Room, musician: Caller) -> None:
    answer = await musician.post("reservations", wish(studio, MONDAY), headers={"Prefer": "wait=5"})
    made = told(answer, 201)
    assert (made["state"], answer.headers["preference-applied"]) == ("ready", "wait=5")
    assert answer.headers["etag"] == f'"{made["version"]}"'


async def test_the_owner_reads_the_code_and_nobody_else_does(
    studio: Room, musician: Caller, other: Caller, admin: Caller
) -> None:
    made = await reserve(musician, studio, MONDAY)
    code = await code_of(musician, made["id"])
    assert len(code) == 6
    for stranger in (other, admin):
        refused(await stranger.get(f"reservations/{made['id']}/access-code"), 403, "not-allowed")
    refused(await other.get(f"reservations/{made['id']}"), 403, "not-allowed")
    assert code not in (await admin.get(f"reservations/{made['id']}")).text


async def test_nobody_checks_in_before_the_early_margin(studio: Room, musician: Caller, other: Caller) -> None:
    start = datetime.now(UTC) + timedelta(minutes=20)
    made = await reserve(musician, studio, start)
    check_in = f"reservations/{made['id']}/check-in"
    assert "15 minutes before" in refused(await musician.post(check_in), 409, "not-now")
    code = {"code": await code_of(musician, made["id"])}
    refused(await musician.post(check_in, code), 409, "not-now")
    refused(await other.post(check_in, code), 409, "not-now")
    shown = told(await musician.get(f"reservations/{made['id']}"), 200)
    assert datetime.fromisoformat(shown["check_in_from"]) == start - timedelta(minutes=15)
    assert shown["state"] == "ready"


async def test_the_owner_checks_in_and_out_and_what_was_used_is_counted(
    studio: Room, musician: Caller, other: Caller
) -> None:
    made = await at_once(musician, studio, 2 * HOUR)
    start = datetime.fromisoformat(made["start"])
    assert made["state"] == "in_use"
    refused(await other.post("reservations", wish(studio, start + HOUR)), 409, "slot-taken")
    await minutes(musician, studio, start, held=120, left=60)
    refused(await other.post(f"reservations/{made['id']}/check-out"), 403, "not-allowed")
    await has_begun(made)

    done = told(await musician.post(f"reservations/{made['id']}/check-out"), 200)
    assert done["state"] == "finished"
    assert datetime.fromisoformat(done["end"]) < start + HOUR
    assert (await reserve(other, studio, start + HOUR))["state"] == "ready"
    await minutes(musician, studio, start, held=0, used=1, left=179)
    assert told(await musician.post(f"reservations/{made['id']}/check-out"), 200)["version"] == done["version"]
    gone = await eventually(
        lambda: musician.get(f"reservations/{made['id']}/access-code"), lambda one: one.get("code", "") is None
    )
    assert gone["state"] == "expired"


async def test_whoever_has_the_code_checks_in(studio: Room, musician: Caller, other: Caller) -> None:
    made = await reserve(musician, studio, in_a_moment())
    check_in = f"reservations/{made['id']}/check-in"
    refused(await other.post(check_in), 403, "not-allowed")
    code = await code_of(musician, made["id"])
    assert told(await other.post(check_in, {"code": code}), 200)["state"] == "in_use"
    assert told(await musician.get(f"reservations/{made['id']}"), 200)["state"] == "in_use"


async def test_codes_cannot_be_guessed(studio: Room, musician: Caller, berth: httpx.AsyncClient) -> None:
    thief = await register(berth, "thief")
    made = await reserve(musician, studio, in_a_moment())
    check_in = f"reservations/{made['id']}/check-in"
    code = await code_of(musician, made["id"])
    wrong = {"code": f"{(int(code) + 1) % 1_000_000:06}"}
    for _ in range(5):
        refused(await thief.post(check_in, wrong), 403, "wrong-code")
    for one in (wrong, {"code": code}):
        refused(await thief.post(check_in, one), 429, "too-many-tries")
    assert told(await musician.get(f"reservations/{made['id']}"), 200)["state"] == "ready"
    assert told(await musician.post(check_in), 200)["state"] == "in_use"


async def test_what_is_over_the_quota_is_cancelled_by_itself_and_leaves_nothing_behind(
    studio: Room, musician: Caller, other: Caller
) -> None:
    await reserve(musician, studio, MONDAY, 2 * HOUR)
    made = told(await musician.post("reservations", wish(studio, MONDAY + 3 * HOUR, 2 * HOUR)), 201)
    assert made["state"] == "pending"
    over = await comes_to(musician, made["id"], "cancelled")
    assert "has 60 of 180 min left in that week, and 120 would be needed. It renews on" in over["cancel_reason"]
    assert await what_happened(musician, made["id"]) == ["created", "cancelled"]
    await minutes(musician, studio, MONDAY, held=120, left=60)
    gone = await eventually(
        lambda: musician.get(f"reservations/{made['id']}/access-code"),
        lambda one: one.get("state") == "revoked" or one.get("status") == 404,
    )
    assert gone.get("code") is None
    assert (await reserve(other, studio, MONDAY + 3 * HOUR, 2 * HOUR))["state"] == "ready"
    assert (await reserve(musician, studio, MONDAY + 6 * HOUR))["state"] == "ready"
    await minutes(musician, studio, MONDAY, held=180, left=0)


async def test_what_is_given_up_gives_back_the_minutes_the_code_and_the_slot(
    studio: Room, musician: Caller, other: Caller
) -> None:
    made = await reserve(musician, studio, MONDAY, 2 * HOUR)
    gone = told(await musician.post(f"reservations/{made['id']}/cancel", {"reason": "ill"}), 200)
    assert (gone["state"], gone["cancel_reason"]) == ("cancelled", "ill")
    await minutes(musician, studio, MONDAY, held=0, left=180)
    code = await eventually(
        lambda: musician.get(f"reservations/{made['id']}/access-code"), lambda one: one["code"] is None
    )
    assert code["state"] == "revoked"
    assert (await reserve(other, studio, MONDAY, 2 * HOUR))["state"] == "ready"


async def test_a_move_takes_the_code_along_and_counts_the_difference(studio: Room, musician: Caller) -> None:
    made = await reserve(musician, studio, MONDAY)
    path, code = f"reservations/{made['id']}", await code_of(musician, made["id"])
    later = {"start": (MONDAY + 4 * HOUR).isoformat(), "end": (MONDAY + 6 * HOUR).isoformat()}
    assert datetime.fromisoformat(told(await musician.patch(path, later, headers=WAIT), 200)["start"]) == (
        MONDAY + 4 * HOUR
    )
    await minutes(musician, studio, MONDAY, held=120, left=60)
    moved = await eventually(
        lambda: musician.get(f"{path}/access-code"),
        lambda one: datetime.fromisoformat(one["valid_until"]) == MONDAY + 6 * HOUR,
    )
    assert moved["code"] == code
    too_long = {"end": (MONDAY + 8 * HOUR).isoformat()}
    refused(await musician.patch(path, too_long, headers=WAIT), 409, "change-refused")
    assert told(await musician.get(path), 200)["end"] == later["end"].replace("+00:00", "Z")
    await minutes(musician, studio, MONDAY, held=120, left=60)


@pytest.mark.parametrize("checks_in", [True, False])
async def test_it_ends_by_itself_and_counts(studio: Room, musician: Caller, checks_in: bool) -> None:
    made = await reserve(musician, studio, in_a_moment(), 2 * SECOND)
    if checks_in:
        told(await musician.post(f"reservations/{made['id']}/check-in"), 200)
    over = await comes_to(musician, made["id"], "finished")
    assert over["end"] == made["end"]
    await minutes(musician, studio, datetime.fromisoformat(made["start"]), held=0, used=1)
    refused(await musician.post(f"reservations/{made['id']}/check-in"), 409, "not-now")
