"""The payment of an order of seats, from the asking to the receipt: seen, marked as paid and shown as an order's."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import count

import asyncpg
import pypdf
import pytest_asyncio

from berth.contracts.seating.orders import OrderCancelled, OrderEvent, OrderLine, OrderPaid, OrderPlaced
from tests.acceptance.conftest import Caller
from tests.acceptance.payments.conftest import START, Say
from tests.acceptance.payments.test_paying import payment_of

SEATS = "Stalls, row A, seats 1 and 2"

_orders = count(2**42)


@pytest_asyncio.fixture(loop_scope="session")
async def sell(fresh_url: str) -> AsyncIterator[Say]:
    """Say something as seating does: through its outbox."""
    connection = await asyncpg.connect(fresh_url)

    async def write(*events: OrderEvent) -> None:
        for one in events:
            await connection.execute(
                "insert into seating.outbox (type, subject, data) values ($1, $2, $3::text::jsonb)",
                one.type,
                one.subject,
                one.data(),
            )

    yield write
    await connection.close()


def of_order(id_: int, buyer: Caller) -> tuple[object, ...]:
    """What all events of an order carry."""
    return id_, 5, buyer.id, buyer.id, "Chamber music", START, START + timedelta(hours=2), "Europe/Rome", 3000, "EUR"


async def test_an_order_is_paid_by_hand_charged_when_it_is_sold_and_returned_by_its_terms(
    admin: Caller, user: Caller, other: Caller, sell: Say
) -> None:
    order = of_order(next(_orders), user)
    due_at = datetime.now(UTC) + timedelta(minutes=30)
    await sell(OrderPlaced(*order, (OrderLine(SEATS, 2, 1500, 3000),), due_at, 24, 50))
    waiting = await payment_of(user, order[0], "awaiting")
    assert (waiting["of"], waiting["reservation_id"], waiting["amount"]) == ("order", order[0], "30.00 EUR")
    assert waiting["performance"] == "Chamber music"
    path = f"payments/{waiting['id']}"
    assert (await other.get(path)).status_code == 404
    [line] = (await user.get(path)).json()["lines"]
    assert (line["what"], line["unit"], line["resource_ids"], line["amount"]) == (SEATS, "seat", [], "30.00 EUR")
    marked = await admin.post(f"{path}/mark-paid", {"reference": "B-1"})
    assert (marked.status_code, marked.json()["of"]) == (200, "order")

    await sell(OrderPaid(*order, 2), OrderCancelled(*order, "owner", "Given up", START))
    kept = await payment_of(user, order[0], "part_returned")
    assert (kept["taken_minor"], kept["returned_minor"]) == (3000, 1500)
    receipt = await user.get(f"{path}/receipt", language="es")
    text = pypdf.PdfReader(io.BytesIO(receipt.content)).pages[0].extract_text()
    assert [
        one
        for one in ("Pedido", str(order[0]), "Función", "Chamber music", SEATS, "30,00 EUR", "15,00 EUR")
        if one not in text
    ] == []
