"""Holding and buying seats from a terminal."""

import asyncio
import io
from pathlib import Path
from typing import Any

import pypdf

from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.cli.test_notifications import PATIENCE_SECONDS
from tests.acceptance.cli.test_performances import GALA, ON


async def put_on(at_desk: Terminal, venue: str, *more: object) -> None:
    made = await at_desk("performances", "add", venue, *GALA, "--venue", venue, *ON, *more)
    assert made.code == 0, made.err


async def test_seats_are_held_bought_and_given_up(at_desk: Terminal, terminal: Terminal, hall: Any) -> None:
    venue = await hall()
    await put_on(at_desk, venue, "--hold-minutes", 20)
    held = await terminal("seats", "hold", venue, "Stalls/A/4", "Stalls/A/5", "--area", "floor=2")
    assert held.code == 0, held.err
    for words in ("Stalls, row A, seat 4", "160.00 EUR", "2 people", "19 min"):
        assert words in held.out
    hold = held.out.split("berth orders buy ")[1].strip()
    picture = await terminal("seats", "show", venue, "--section", "Stalls")
    assert ("A  1 ···MM·····" in picture.out, "Floor (floor): 3 of 5 free" in picture.out) == (True, True)
    assert "A  1 ···hh·····" in (await at_desk("seats", "show", venue)).out
    assert len((await at_desk("seats", "show", venue, "--json")).json["states"]) == 20
    assert "There are: Stalls" in (await terminal("seats", "show", venue, "--section", "Balcony")).err
    assert "Stalls/A/4, Stalls/A/5, 2 in floor" in (await terminal("seats", "list", "--performance", venue)).out
    assert (await terminal("seats", "extend", hold)).code == 0
    again = await terminal("seats", "extend", hold)
    assert (again.code, f"berth orders buy {hold}" in again.err) == (5, True)
    bought = await terminal("orders", "buy", hold, "--json")
    order = bought.json
    assert (order["state"], order["amount_minor"]) == ("pending", 16000)
    assert (await terminal("orders", "buy", hold, "--json")).json["id"] == order["id"]
    shown = (await terminal("orders", "show", order["id"])).out
    for words in ("2 at 40.00 EUR: Stalls, row A, seat 4", "2 at 40.00 EUR: Floor", "pay until", "berth payments my"):
        assert words in shown
    early = await terminal("orders", "tickets", order["id"], "--into", "t.pdf")
    assert (early.code, f"berth orders show {order['id']}" in early.err) == (5, True)
    assert "pending" in (await terminal("orders", "list", "--performance", venue)).out
    given = await terminal("orders", "cancel", order["id"], "--reason", "We are ill.")
    assert ("cancelled" in given.out, "We are ill." in given.out) == (True, True)
    assert "20 free" in (await terminal("seats", "show", venue)).out


async def test_what_costs_nothing_has_its_tickets_at_once(
    at_desk: Terminal, terminal: Terminal, someone: Any, hall: Any, tmp_path: Path
) -> None:  # fmt: skip
    venue, file = await hall(), tmp_path / "tickets.pdf"
    await put_on(at_desk, venue)
    await at_desk("performances", "change", venue, "--price", "gold=0")
    hold = (await terminal("seats", "hold", venue, "--best", 2, "--json")).json["id"]
    order = (await terminal("orders", "buy", hold, "--json")).json
    shown = (await terminal("orders", "show", order["id"])).out
    assert ("paid" in shown, order["tickets"][0]["code"] in shown) == (True, True)
    assert str(file) in (await terminal("orders", "tickets", order["id"], "--into", file)).out
    assert len(pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages) == 2
    async with asyncio.timeout(PATIENCE_SECONDS):
        while f"order {order['id']} · {venue}" not in (await terminal("notifications", "list")).out:
            pass
    assert "order_paid" in (await terminal("notifications", "preferences")).out
    unwritten = await terminal("orders", "tickets", order["id"], "--into", tmp_path / "no" / "t.pdf")
    assert (unwritten.code, "cannot be written" in unwritten.err) == (2, True)
    everybody = await at_desk("orders", "list", "--everybody", "--performance", venue)
    assert someone.username in everybody.out
    assert (await terminal("orders", "list", "--everybody")).code == 1
    assert "There is no order." in (await at_desk("orders", "list", "--performance", venue)).out
    assert "berth orders list" in (await terminal("orders", "show", 2**62)).err
    await at_desk("performances", "cancel", venue, "--reason", "Fire.")


async def test_seats_that_cannot_be_had_are_told_with_a_way_out(
    at_desk: Terminal, terminal: Terminal, hall: Any
) -> None:  # fmt: skip
    venue = await hall()
    await put_on(at_desk, venue, "--per-person", 3, "--no-single-seats")
    assert (await at_desk("seats", "hold", venue, "Stalls/A/1", "Stalls/A/2")).code == 0
    taken = await terminal("seats", "hold", venue, "Stalls/A/2", "Stalls/A/3")
    assert (taken.code, "seat 2: taken" in taken.err) == (5, True)
    way = next(line for line in taken.err.splitlines() if line.startswith("  berth seats hold "))
    single = await terminal("seats", "hold", venue, "Stalls/B/2")
    assert (single.code, "Take Stalls/B/1 too" in single.err, "--best 1" in single.err) == (5, True, True)
    assert (await terminal(*way.split()[1:])).code == 0
    many = await terminal("seats", "hold", venue, "--best", 2)
    assert (many.code, "up to 3 seats" in many.err, "berth seats release" in many.err) == (5, True, True)
    [hold] = (await terminal("seats", "list", "--performance", venue, "--json")).json["items"]
    assert "given back" in (await terminal("seats", "release", hold["id"])).out
    gone = await terminal("orders", "buy", hold["id"])
    assert (gone.code, "berth seats show" in gone.err) == (1, True)
    assert "berth seats list" in (await terminal("seats", "release", hold["id"])).err
    for words, said in (
        ((), "Name seats"),
        (("Stalls/A/5", "--best", 2), "Name seats"),
        (("Stalls/A/5", "--accessible"), "go with --best"),
        (("--area", "floor"), "--area floor=2"),
    ):
        wrong = await terminal("seats", "hold", venue, *words)
        assert (wrong.code, said in wrong.err) == (2, True), words
    assert "SECTION/ROW/SEAT" in (await terminal("seats", "hold", venue, "Stalls/A/99")).err
    assert "The areas are below" in (await terminal("seats", "hold", venue, "--area", "roof=1")).err
    assert "berth seats show" in (await terminal("seats", "hold", venue, "--best", 2, "--accessible")).err
    await at_desk("performances", "change", venue, "--sales-until", "now")
    over = await terminal("seats", "hold", venue, "--best", 1)
    assert (over.code, "berth performances show" in over.err) == (5, True)
