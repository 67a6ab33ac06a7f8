"""Prices and payments from a terminal."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pypdf

from berth.contracts.seating.orders import OrderLine, OrderPlaced
from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller
from tests.acceptance.payments.conftest import asked
from tests.acceptance.payments.test_orders import SEATS, of_order
from tests.acceptance.payments.test_paying import payment_of


async def test_a_price_is_set_quoted_paid_and_receipted(
    at_desk: Terminal, terminal: Terminal, someone: Caller, unique: Any, fresh_url: str, tmp_path: Path
) -> None:
    name = f"Priced {next(unique)}"
    await at_desk("resources", "create", name, "--kind", "room", "--timezone", "Europe/Rome")
    terms = ("--free-until-hours", 24, "--kept-percent", 50)
    made = await at_desk("prices", "set", 1000, "eur", "--resource", name, *terms)
    assert "10.00 EUR" in made.out, made.err
    changed = await at_desk("prices", "set", 1250, "EUR", "--resource", name, *terms, "--json")
    assert (changed.json["version"], changed.json["amount_minor"]) == (2, 1250)
    assert "12.50 EUR" in (await at_desk("prices", "list", "--all")).out
    assert "25.00 EUR" in (await terminal("prices", "quote", name, "2031-03-03T09:00", "2h")).out
    assert (await terminal("prices", "quote", name)).code == 2

    room = (await at_desk("resources", "list", "--all", "--json")).json["items"]
    reservation = 2**41 + next(unique)
    event = asked(reservation, someone, next(one for one in room if one["name"] == name))
    connection = await asyncpg.connect(fresh_url)
    insert = "insert into booking.outbox (type, subject, data) values ($1, $2, $3::text::jsonb)"
    await connection.execute(insert, event.type, event.subject, event.data())
    await connection.close()
    id_ = (await payment_of(someone, reservation, "awaiting"))["id"]
    assert "awaiting" in (await terminal("payments", "my", "--reservation", reservation)).out
    assert "taken" in (await at_desk("payments", "mark-paid", id_, "B-1")).out
    assert "B-1" in (await terminal("payments", "show", id_)).out
    assert "taken" in (await at_desk("payments", "list", "--person", someone.username)).out
    file = tmp_path / "receipt.pdf"
    assert (await terminal("payments", "receipt", id_, file, "--language", "es")).code == 0
    assert "Recibo" in pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages[0].extract_text()

    assert (await at_desk("prices", "remove", changed.json["id"])).code == 0
    assert "costs nothing" in (await terminal("prices", "quote", name, "2031-03-03T09:00", "2h")).out


async def test_a_payment_of_an_order_is_shown_as_one(
    at_desk: Terminal, terminal: Terminal, someone: Caller, unique: Any, fresh_url: str
) -> None:
    number = 2**43 + next(unique)
    due_at = datetime.now(UTC) + timedelta(minutes=30)
    event = OrderPlaced(*of_order(number, someone), (OrderLine(SEATS, 2, 1500, 3000),), due_at, 24, 50)
    connection = await asyncpg.connect(fresh_url)
    insert = "insert into seating.outbox (type, subject, data) values ($1, $2, $3::text::jsonb)"
    await connection.execute(insert, event.type, event.subject, event.data())
    await connection.close()
    id_ = (await payment_of(someone, number, "awaiting"))["id"]
    assert f"order {number} · Chamber music" in (await terminal("payments", "my", "--reservation", number)).out
    details = (await terminal("payments", "show", id_)).out
    assert [one for one in (f"order {number} · Chamber music", SEATS) if one not in details] == []
    assert "reservation" not in details
    assert "taken" in (await at_desk("payments", "mark-paid", id_, "B-1")).out
