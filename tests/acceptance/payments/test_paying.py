"""Prices are set, quoted and agreed on; payments are made by hand, seen by those whom they concern, and receipted."""

import asyncio
import io
from typing import Any

import pypdf

from tests.acceptance.conftest import Caller
from tests.acceptance.payments.conftest import PATIENCE_SECONDS, Say, asked, given_up, settled

PRICE = {"unit": "hour", "amount_minor": 1250, "currency": "EUR", "free_until_hours": 24, "kept_percent": 50}
TIMES = {"start": "2031-03-03T09:00:00Z", "end": "2031-03-03T10:30:00Z"}


async def room_of(admin: Caller, unique: Any) -> dict[str, Any]:
    name = f"Paid {next(unique)}"
    made = await admin.post("resources", {"name": name, "kind": "room", "timezone": "Europe/Rome"})
    assert made.status_code == 201, made.text
    return made.json()


async def payment_of(caller: Caller, reservation: int, state: str) -> dict[str, Any]:
    """Wait until the reservation has a payment in this state."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            answer = await caller.get("payments/my", reservation_id=reservation, state=state)
            assert answer.status_code == 200, answer.text
            if answer.json()["items"]:
                return answer.json()["items"][0]
            await asyncio.sleep(0.02)


async def test_a_price_is_set_changed_quoted_and_removed(admin: Caller, user: Caller, unique: Any) -> None:
    room = await room_of(admin, unique)
    made = await admin.post("prices", {**PRICE, "resource_id": room["id"]})
    assert made.status_code == 201, made.text
    assert (made.json()["version"], made.json()["amount"]) == (1, "12.50 EUR")
    wish = {"resource_ids": [room["id"]], **TIMES}
    quote = (await user.post("prices/quote", wish)).json()
    assert (quote["amount"], quote["lines"][0]["minutes"]) == ("18.75 EUR", 90)
    path = f"prices/{made.json()['id']}"
    changed = await admin.put(path, {**PRICE, "resource_id": room["id"], "unit": "seat", "currency": "JPY"})
    assert changed.json()["version"] == 2
    assert (await user.post("prices/quote", wish)).json()["amount"] == "1250 JPY"
    again = await admin.post("prices", {**PRICE, "resource_id": room["id"]})
    assert again.json()["type"] == "/problems/price-taken"
    assert path.split("/")[1] in [str(one["id"]) for one in (await admin.get("prices", limit=200)).json()["items"]]
    assert (await admin.get(path)).json() == changed.json()
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.delete(path)).json()["type"] == "/problems/unknown-price"
    assert (await user.post("prices/quote", wish)).json() == {
        "amount_minor": 0,
        "currency": "XXX",  # ISO 4217: none
        "amount": "0",
        "lines": [],
    }


async def test_prices_that_make_no_sense_are_refused(admin: Caller, user: Caller, unique: Any) -> None:
    for wrong in (
        {"currency": "XAU"},
        {"currency": "eur"},
        {"amount_minor": -1},
        {"amount_minor": 1.5},
        {"kept_percent": 101},
        {"unit": "week"},
        {"resource_id": 1, "kind": "room"},
        {"colour": "red"},
    ):
        refused = await admin.post("prices", PRICE | wrong)
        assert (refused.status_code, refused.json()["type"]) == (422, "/problems/invalid-input"), wrong
    assert (await admin.post("prices", PRICE | {"resource_id": 2**62})).json()["type"] == "/problems/unknown-resource"
    rooms = [await room_of(admin, unique) for _ in range(2)]
    for room, currency in zip(rooms, ("EUR", "USD"), strict=True):
        made = await admin.post("prices", PRICE | {"resource_id": room["id"], "currency": currency})
        assert made.status_code == 201
    mixed = await user.post("prices/quote", {"resource_ids": [one["id"] for one in rooms], **TIMES})
    assert mixed.json()["type"] == "/problems/mixed-currencies"


async def test_a_payment_by_hand_from_the_asking_to_the_receipt(
    admin: Caller, user: Caller, other: Caller, unique: Any, say: Say, reservation: int
) -> None:
    room = await room_of(admin, unique)
    await admin.post("prices", {**PRICE, "resource_id": room["id"]})
    await say(asked(reservation, user, room))
    waiting = await payment_of(user, reservation, "awaiting")
    assert (waiting["amount"], waiting["provider"]) == ("25.00 EUR", "manual")
    path = f"payments/{waiting['id']}"
    assert (await user.post(f"{path}/mark-paid", {"reference": "x"})).status_code == 403
    paid = await admin.post(f"{path}/mark-paid", {"reference": "B-77"})
    assert (paid.status_code, paid.json()["state"]) == (200, "taken")
    assert (await admin.post(f"{path}/mark-paid", {"reference": "B-77"})).status_code == 200
    assert (await admin.post(f"{path}/mark-paid", {"reference": "B-78"})).json()["type"] == "/problems/payment-not-open"

    for stranger in (await other.get(path), await other.get(f"{path}/receipt")):
        assert (stranger.status_code, stranger.json()["type"]) == (404, "/problems/unknown-payment")
    assert (await other.get("payments/my", reservation_id=reservation)).json()["items"] == []
    assert (await other.get("payments")).status_code == 403
    listed = await admin.get("payments", reservation_id=reservation, person_id=user.id, state="taken")
    assert [one["id"] for one in listed.json()["items"]] == [waiting["id"]]
    assert (await user.get(path)).json()["lines"][0]["what"] == room["name"]

    await say(settled(reservation), given_up(reservation))
    kept = await payment_of(user, reservation, "part_returned")
    assert (kept["taken_minor"], kept["returned_minor"]) == (2500, 1250)
    receipt = await user.get(f"{path}/receipt", language="fr")
    assert receipt.headers["content-type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(receipt.content)).pages[0].extract_text()
    for words in ("Reçu", room["name"], "25,00 EUR", "12,50 EUR", "Europe/Rome", "B-77"):
        assert words in text, text


async def test_a_webhook_is_refused_where_stripe_is_not_set_up(admin: Caller) -> None:
    refused = await admin.client.post("/api/v1/payments/stripe/webhook", content=b"{}")
    assert refused.status_code == 404


async def test_every_change_of_a_price_is_in_the_audit_log(admin: Caller, unique: Any) -> None:
    room = await room_of(admin, unique)
    made = (await admin.post("prices", {**PRICE, "resource_id": room["id"]})).json()
    assert (await admin.delete(f"prices/{made['id']}")).status_code == 204
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found = (await admin.get("audit", subject=f"price/{made['id']}")).json()["items"]
            if len(found) == 2:
                break
            await asyncio.sleep(0.02)
    assert [one["type"].split(".")[2] for one in found] == ["price_removed", "price_set"]
    assert {one["actor"]["id"] for one in found} == {admin.id}
