"""The co-working rooms: 12.50 EUR an hour, paid by transfer; what is given up late is paid for by half."""

import asyncio
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pypdf
import pytest
import pytest_asyncio

from tests.acceptance.conftest import Caller, register
from tests.acceptance.life.conftest import (
    HOUR,
    LOOK_AGAIN_SECONDS,
    MONDAY,
    PATIENCE_SECONDS,
    WAIT,
    NewRoom,
    comes_to,
    decided,
    eventually,
    refused,
    reserve,
    slot,
    told,
    what_happened,
    wish,
)

Room = dict[str, Any]
TERMS = {"unit": "hour", "amount_minor": 1250, "currency": "EUR", "free_until_hours": 24, "kept_percent": 50}


@pytest_asyncio.fixture(loop_scope="session")
async def room(admin: Caller, new_room: NewRoom) -> Room:
    made = await new_room("payment")
    told(await admin.post("prices", {**TERMS, "resource_id": made["id"]}), 201)
    return made


@pytest_asyncio.fixture(loop_scope="session")
async def maker(berth: httpx.AsyncClient) -> Caller:
    """Somebody who has reserved nothing yet."""
    return await register(berth, "maker")


async def payments(caller: Caller, id_: int, *expected: tuple[str, str]) -> list[dict[str, Any]]:
    """Wait until the payments of a reservation, the oldest first, have these amounts and states."""

    def so(page: Any) -> bool:
        return [(one["amount"], one["state"]) for one in reversed(page["items"])] == list(expected)

    page: dict[str, Any] = {}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not (page and so(page)):
                page = told(await caller.get("payments/my", reservation_id=id_), 200)
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
    except TimeoutError:
        pytest.fail(f"expected {expected}, found {page['items']}")
    return list(reversed(page["items"]))


async def paid(admin: Caller, maker: Caller, room: Room, start: datetime = MONDAY) -> dict[str, Any]:
    """Two hours that are reserved and paid for."""
    made = told(await maker.post("reservations", wish(room, start, 2 * HOUR)), 201)
    assert made["state"] == "pending"
    [one] = await payments(maker, made["id"], ("25.00 EUR", "awaiting"))
    told(await admin.post(f"payments/{one['id']}/mark-paid", {"reference": "transfer 77"}), 200)
    return await comes_to(maker, made["id"], "ready")


async def test_it_is_pending_until_an_administrator_marks_it_as_paid(
    room: Room, maker: Caller, admin: Caller, other: Caller
) -> None:
    assert told(await maker.post("prices/quote", {"resource_ids": [room["id"]], **slot(MONDAY, 2 * HOUR)}), 200)[
        "amount"
    ] == ("25.00 EUR")
    made = told(await maker.post("reservations", wish(room, MONDAY, 2 * HOUR)), 201)
    [asked] = await payments(maker, made["id"], ("25.00 EUR", "awaiting"))
    news = await eventually(
        lambda: maker.get("notifications", kind="payment_asked"), lambda page: len(page["items"]) == 1
    )
    assert news["items"][0]["body"].startswith("Please pay €25.00, "), news["items"][0]["body"]
    refused(await other.post("reservations", wish(room, MONDAY + HOUR)), 409, "slot-taken")
    refused(await maker.post(f"payments/{asked['id']}/mark-paid", {"reference": "me"}), 403, "not-allowed")

    told(await admin.post(f"payments/{asked['id']}/mark-paid", {"reference": "transfer 77"}), 200)
    await comes_to(maker, made["id"], "ready")
    assert await what_happened(maker, made["id"]) == ["created", "confirmed"]
    receipt = await maker.get(f"payments/{asked['id']}/receipt")
    text = pypdf.PdfReader(io.BytesIO(receipt.content)).pages[0].extract_text()
    for words in ("Receipt", room["name"], "25.00", "transfer 77", "2031-03-03", "Europe/Rome"):
        assert words in text, text


async def test_another_time_at_the_same_price_costs_nothing_more(room: Room, maker: Caller, admin: Caller) -> None:
    made = await paid(admin, maker, room)
    later = slot(MONDAY + 3 * HOUR, 2 * HOUR)
    moved = told(await maker.patch(f"reservations/{made['id']}", later, headers=WAIT), 200)
    assert (moved["state"], moved["move"]) == ("ready", None)
    assert datetime.fromisoformat(moved["start"]) == MONDAY + 3 * HOUR
    await payments(maker, made["id"], ("25.00 EUR", "taken"))


async def test_a_dearer_time_is_had_once_the_difference_is_paid(
    room: Room, maker: Caller, admin: Caller, other: Caller
) -> None:
    made = await paid(admin, maker, room)
    path = f"reservations/{made['id']}"
    asked = told(await maker.patch(path, {"end": (MONDAY + 3 * HOUR).isoformat()}), 200)
    assert (asked["state"], asked["end"]) == ("ready", made["end"])
    assert datetime.fromisoformat(asked["move"]["end"]) == MONDAY + 3 * HOUR
    _, more = await payments(maker, made["id"], ("25.00 EUR", "taken"), ("12.50 EUR", "awaiting"))
    refused(await other.post("reservations", wish(room, MONDAY + 2 * HOUR)), 409, "slot-taken")
    told(await admin.post(f"payments/{more['id']}/mark-paid", {"reference": "transfer 78"}), 200)
    moved = await decided(maker, made["id"])
    assert datetime.fromisoformat(moved["end"]) == MONDAY + 3 * HOUR
    await payments(maker, made["id"], ("25.00 EUR", "taken"), ("12.50 EUR", "taken"))


async def test_a_cheaper_time_gives_the_surplus_back(room: Room, maker: Caller, admin: Caller) -> None:
    made = await paid(admin, maker, room)
    end = {"end": (MONDAY + HOUR).isoformat()}
    moved = told(await maker.patch(f"reservations/{made['id']}", end, headers=WAIT), 200)
    assert datetime.fromisoformat(moved["end"]) == MONDAY + HOUR
    [one] = await payments(maker, made["id"], ("25.00 EUR", "part_returned"))
    assert (one["taken_minor"], one["returned_minor"]) == (2500, 1250)


async def test_a_dearer_time_that_is_given_up_with_the_reservation_is_not_asked_for_any_more(
    room: Room, maker: Caller, admin: Caller, other: Caller
) -> None:
    made = await paid(admin, maker, room)
    told(await maker.patch(f"reservations/{made['id']}", {"end": (MONDAY + 3 * HOUR).isoformat()}), 200)
    await payments(maker, made["id"], ("25.00 EUR", "taken"), ("12.50 EUR", "awaiting"))
    told(await maker.post(f"reservations/{made['id']}/cancel"), 200)
    await payments(maker, made["id"], ("25.00 EUR", "returned"), ("12.50 EUR", "declined"))
    assert (await other.post("reservations", wish(room, MONDAY, 3 * HOUR))).status_code == 201


@pytest.mark.parametrize(
    ("ahead", "state", "returned_minor"),
    [(timedelta(hours=25), "returned", 2500), (timedelta(hours=23), "part_returned", 1250)],
)
async def test_what_is_returned_depends_on_when_it_is_given_up(
    room: Room, maker: Caller, admin: Caller, ahead: timedelta, state: str, returned_minor: int
) -> None:
    made = await paid(admin, maker, room, datetime.now(UTC) + ahead)
    told(await maker.post(f"reservations/{made['id']}/cancel"), 200)
    [one] = await payments(maker, made["id"], ("25.00 EUR", state))
    assert (one["taken_minor"], one["returned_minor"]) == (2500, returned_minor)
    news = await eventually(
        lambda: maker.get("notifications", kind="payment_returned"), lambda page: len(page["items"]) == 1
    )
    assert f"You get back €{returned_minor / 100:.2f} for" in news["items"][0]["body"]


async def test_what_the_staff_gives_up_is_returned_whole(room: Room, maker: Caller, admin: Caller) -> None:
    made = await paid(admin, maker, room, datetime.now(UTC) + HOUR)
    told(await admin.post(f"reservations/{made['id']}/cancel", {"reason": "burst pipe"}), 200)
    [one] = await payments(maker, made["id"], ("25.00 EUR", "returned"))
    assert one["returned_minor"] == 2500


async def test_what_costs_nothing_is_ready_at_once(room: Room, admin: Caller, maker: Caller, new_room: NewRoom) -> None:
    made = await reserve(maker, await new_room("payment"), MONDAY)
    assert made["state"] == "ready"
    await payments(maker, made["id"])
