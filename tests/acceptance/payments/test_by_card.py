"""A payment by card over the wire: Berth on a port, a payment server on another, and webhooks between them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import Caller, register, sign_in
from tests.acceptance.payments.cards import taking_cards
from tests.acceptance.payments.conftest import PATIENCE_SECONDS, asked, given_up, settled
from tests.acceptance.payments.test_paying import PRICE, payment_of
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD
from tests.payment_server.running import Remote


@pytest_asyncio.fixture(loop_scope="session")
async def by_card(
    empty_url: str, settings: Settings, secrets: Secrets
) -> AsyncIterator[tuple[httpx.AsyncClient, Remote]]:
    async with taking_cards(empty_url, settings, secrets) as both:
        yield both


async def said(url: str, types: int) -> list[str]:
    """Wait until booking was told so many things, and answer what kinds of things."""
    connection = await asyncpg.connect(url)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                rows = await connection.fetch(
                    "select type from payments.outbox where subject like 'reservation/%' order by id"
                )
                if len(rows) >= types:
                    return [row["type"].split(".")[2] for row in rows]
                await asyncio.sleep(0.02)
    finally:
        await connection.close()


async def say(url: str, *events: Any) -> None:
    connection = await asyncpg.connect(url)
    for one in events:
        insert = "insert into booking.outbox (type, subject, data) values ($1, $2, $3::text::jsonb)"
        await connection.execute(insert, one.type, one.subject, one.data())
    await connection.close()


async def test_a_webhook_tells_that_a_card_was_held_and_three_of_them_tell_no_more(
    by_card: tuple[httpx.AsyncClient, Remote], empty_url: str, reservation: int
) -> None:
    client, server = by_card
    admin = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
    owner: Caller = await register(client, "payer")
    room = (await admin.post("resources", {"name": "R1", "kind": "room", "timezone": "Europe/Rome"})).json()
    assert (await admin.post("prices", PRICE)).status_code == 201
    await say(empty_url, asked(reservation, owner, room))

    waiting = await payment_of(owner, reservation, "awaiting")
    path = f"payments/{waiting['id']}"
    assert (await owner.get(path)).json()["client_secret"] == f"{waiting['reference']}_secret_x"
    assert (await admin.get(path)).json()["client_secret"] is None
    refused = await admin.post(f"{path}/mark-paid", {"reference": "x"})
    assert refused.json()["type"] == "/problems/payment-not-manual"

    server.pay(waiting["reference"])
    assert (await payment_of(owner, reservation, "authorised"))["taken_minor"] == 0
    assert (await owner.get(path)).json()["client_secret"] is None
    await say(empty_url, settled(reservation), given_up(reservation))
    kept = await payment_of(owner, reservation, "taken")
    assert (kept["taken_minor"], kept["returned_minor"]) == (1250, 0)
    assert server.books()[waiting["reference"]]["amount_received"] == 1250
    assert await said(empty_url, 3) == ["payment_asked", "payment_authorised", "payment_returned"]


async def test_a_webhook_that_is_forged_or_too_long_is_refused(by_card: tuple[httpx.AsyncClient, Remote]) -> None:
    client, _ = by_card
    path = "/api/v1/payments/stripe/webhook"
    forged = await client.post(path, content=b"{}", headers={"Stripe-Signature": "t=1,v1=00"})
    assert (forged.status_code, forged.json()["type"]) == (401, "/problems/webhook-not-signed")
    long = await client.post(path, content=b" " * 300_000)
    assert (long.status_code, long.json()["type"]) == (413, "/problems/too-large")
