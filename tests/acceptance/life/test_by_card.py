"""Paid by card: held when reserving, taken at check-in, more or less of it after a move, and returned by the terms."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import Caller, register, sign_in
from tests.acceptance.life.conftest import (
    HOUR,
    MONDAY,
    WAIT,
    comes_to,
    decided,
    eventually,
    in_a_moment,
    slot,
    told,
    wish,
)
from tests.acceptance.life.test_coworking import TERMS, payments
from tests.acceptance.payments.cards import taking_cards
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD
from tests.payment_server.running import Remote


@dataclass(frozen=True)
class Shop:
    """A room that costs 12.50 EUR an hour, who reserves it, and the payment server."""

    room: dict[str, Any]
    payer: Caller
    server: Remote

    async def pay(self, id_: int) -> str:
        """Pay what is to be paid for a reservation, and answer the payment server's name for it."""
        page = await eventually(
            lambda: self.payer.get("payments/my", reservation_id=id_, state="awaiting"), lambda one: one["items"]
        )
        reference: str = page["items"][0]["reference"]
        self.server.pay(reference)
        return reference

    async def reserve(self, start: datetime) -> tuple[dict[str, Any], str]:
        """Reserve two hours and pay; answer the reservation and the name of its payment."""
        made = told(await self.payer.post("reservations", wish(self.room, start, 2 * HOUR)), 201)
        assert made["state"] == "pending"
        reference = await self.pay(made["id"])
        return await comes_to(self.payer, made["id"], "ready"), reference

    def taken(self, reference: str) -> tuple[str, int, int]:
        """How the payment server sees a payment: its state, what was received, and what was given back."""
        one = self.server.books()[reference]
        return one["status"], one["amount_received"], one.get("amount_refunded", 0)


@pytest_asyncio.fixture(loop_scope="session")
async def shop(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Shop]:
    async with taking_cards(empty_url, settings, secrets) as (client, server):
        admin = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
        room = told(await admin.post("resources", {"name": "Desk 7", "kind": "desk", "timezone": "Europe/Rome"}), 201)
        told(await admin.put(f"resources/{room['id']}/policy", {"confirmations": ["payment"]}), 200)
        told(await admin.post("prices", {**TERMS, "resource_id": room["id"]}), 201)
        yield Shop(room, await register(client, "payer"), server)


async def test_a_card_is_held_when_reserving_and_charged_at_check_in(shop: Shop) -> None:
    made, reference = await shop.reserve(in_a_moment() + timedelta(minutes=5))
    await payments(shop.payer, made["id"], ("25.00 EUR", "authorised"))
    assert shop.taken(reference)[:2] == ("requires_capture", 0)
    told(await shop.payer.post(f"reservations/{made['id']}/check-in"), 200)
    await payments(shop.payer, made["id"], ("25.00 EUR", "taken"))
    assert shop.taken(reference)[:2] == ("succeeded", 2500)


async def test_a_dearer_time_is_held_by_a_second_payment_and_a_late_end_returns_half_of_both(shop: Shop) -> None:
    start = datetime.now(UTC) + 5 * HOUR
    made, first = await shop.reserve(start)
    told(await shop.payer.patch(f"reservations/{made['id']}", slot(start, 3 * HOUR)), 200)
    second = await shop.pay(made["id"])
    moved = await decided(shop.payer, made["id"])
    assert datetime.fromisoformat(moved["end"]) == start + 3 * HOUR
    await payments(shop.payer, made["id"], ("25.00 EUR", "authorised"), ("12.50 EUR", "authorised"))
    told(await shop.payer.post(f"reservations/{made['id']}/cancel"), 200)
    kept = await eventually(
        lambda: shop.payer.get("payments/my", reservation_id=made["id"]),
        lambda page: sum(one["taken_minor"] - one["returned_minor"] for one in page["items"]) == 1875,
    )
    assert len(kept["items"]) == 2
    assert sum(shop.taken(one)[1] - shop.taken(one)[2] for one in (first, second)) == 1875


async def test_a_cheaper_time_charges_less_in_the_end(shop: Shop) -> None:
    start = in_a_moment() + timedelta(minutes=5)
    made, reference = await shop.reserve(start)
    told(await shop.payer.patch(f"reservations/{made['id']}", slot(start), headers=WAIT), 200)
    told(await shop.payer.post(f"reservations/{made['id']}/check-in"), 200)
    await eventually(
        lambda: shop.payer.get("payments/my", reservation_id=made["id"]),
        lambda page: [one["taken_minor"] for one in page["items"]] == [1250],
    )
    assert shop.taken(reference)[:2] == ("succeeded", 1250)


async def test_what_is_given_up_in_time_lets_the_card_go(shop: Shop) -> None:
    made, reference = await shop.reserve(MONDAY)
    told(await shop.payer.post(f"reservations/{made['id']}/cancel"), 200)
    await payments(shop.payer, made["id"], ("25.00 EUR", "returned"))
    status, received, returned = shop.taken(reference)
    assert (status, received - returned) == ("canceled", 0)


async def test_a_card_that_is_declined_can_be_tried_again_until_the_time_is_up(shop: Shop) -> None:
    made = told(await shop.payer.post("reservations", wish(shop.room, MONDAY)), 201)
    page = await eventually(
        lambda: shop.payer.get("payments/my", reservation_id=made["id"], state="awaiting"), lambda one: one["items"]
    )
    reference = page["items"][0]["reference"]
    shop.server.pay(reference, declined=True)
    told(await shop.payer.get(f"reservations/{made['id']}"), 200)
    shop.server.pay(reference)
    await comes_to(shop.payer, made["id"], "ready")
