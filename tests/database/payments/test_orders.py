"""Orders of seats are followed as reservations are: what seating is told, and what becomes of the money."""

import json
from datetime import datetime, timedelta

import asyncpg
import pytest

from berth.contracts.seating.orders import OrderCancelled, OrderEvent, OrderLine, OrderPaid, OrderPlaced
from berth.kit.http.problem import Problem
from berth.modules.payments.domain.account import Of
from tests.database.payments.conftest import ADA, HOUR, NOW, START, Office, asked, settled, withdrawn

ORDER = 43
DUE = NOW + timedelta(minutes=10)
SEATS = "Stalls, row A, seats 1 and 2"


def of_order(id_: int, amount: int) -> tuple[object, ...]:
    """What all events of an order carry."""
    return id_, 5, ADA, ADA, "Chamber music", START, START + 2 * HOUR, "Europe/Rome", amount, "EUR"


def placed(id_: int = ORDER, amount: int = 3000) -> OrderPlaced:
    """Two seats, of which half is kept if they are given up less than a day before."""
    return OrderPlaced(*of_order(id_, amount), (OrderLine(SEATS, 2, amount // 2, amount),), DUE, 24, 50)


def paid(id_: int = ORDER, amount: int = 3000) -> OrderPaid:
    return OrderPaid(*of_order(id_, amount), 2)


def cancelled(id_: int = ORDER, *, by: str = "owner", at: datetime = START) -> OrderCancelled:
    return OrderCancelled(*of_order(id_, 3000), by, "Given up", at)


async def sold(office: Office) -> None:
    """An order that is paid by hand, and whose seats are sold."""
    await office.hear_and_work(placed())
    await office.pay_by_hand()
    await office.hear_and_work(paid())
    assert await office.said() == [("asked", 1, 3000), ("authorised", 1, 3000), ("taken", 1, 3000)]


async def test_seating_is_answered_by_events_that_say_that_they_are_of_an_order(office: Office) -> None:
    await office.price()
    await office.hear_and_work(placed(), asked(44))
    await office.pay_by_hand()
    await office.hear_and_work(paid(), cancelled())
    said = [json.loads(row["data"]) for row in await office.database.fetch("select data from payments.outbox")]
    assert {(one["reservation_id"], one["of"]) for one in said} == {(ORDER, "order"), (44, "reservation")}
    assert {one["payer_id"] for one in said} == {ADA}


async def test_a_sold_order_is_taken_at_once_and_not_at_the_start(office: Office) -> None:
    await sold(office)
    await office.hear_and_work(paid(), placed())
    assert await office.said() == [("authorised", 1, 3000)]
    await office.come(START)
    assert await office.said() == []
    assert (await office.account(ORDER)).net_minor == 3000


async def test_a_card_is_held_until_the_seats_are_sold_and_charged_then(card_office: Office) -> None:
    await card_office.hear_and_work(placed())
    await card_office.pay_by_card()
    [one] = await card_office.payments()
    books = card_office.server.books()
    assert books[one.intent.confirmed.reference]["status"] == "requires_capture"
    await card_office.hear_and_work(paid())
    books = card_office.server.books()
    assert books[one.intent.confirmed.reference]["amount_received"] == 3000
    assert (await card_office.said())[-1] == ("taken", 1, 3000)


async def test_an_order_that_is_said_to_be_paid_first_is_charged_once_it_is_secured(card_office: Office) -> None:
    await card_office.hear_and_work(paid(), placed())
    await card_office.pay_by_card()
    assert (await card_office.account(ORDER)).net_minor == 3000
    assert await card_office.said() == [("asked", 1, 3000), ("authorised", 1, 3000), ("taken", 1, 3000)]


@pytest.mark.parametrize(
    ("by", "at", "kept"),
    [
        ("owner", START - timedelta(hours=24), 0),
        ("owner", START - timedelta(hours=23, minutes=59), 1500),
        ("staff", START, 0),
        ("system", START, 0),
    ],
)
async def test_giving_up_what_is_sold_costs_what_the_terms_say(
    office: Office, by: str, at: datetime, kept: int
) -> None:
    await sold(office)
    await office.hear_and_work(cancelled(by=by, at=at), cancelled(by=by, at=at), placed(), paid())
    assert await office.said() == [("returned", 1, kept, 3000 - kept)] * 3
    assert (await office.account(ORDER)).net_minor == kept


async def test_what_was_secured_and_never_sold_is_returned_whole(office: Office) -> None:
    await office.hear_and_work(placed())
    await office.pay_by_hand()
    await office.hear_and_work(cancelled())
    assert (await office.said())[-1] == ("returned", 1, 0, 3000)


async def test_what_nobody_pays_until_it_is_due_is_declined_and_cannot_be_paid_later(office: Office) -> None:
    await office.hear_and_work(placed())
    [one] = await office.payments()
    await office.come(DUE)
    assert await office.said() == [("asked", 1, 3000), ("declined", 1, 3000)]
    with pytest.raises(Problem, match="not wanted any more"):
        await office.desk.mark_paid(one.id, "late")
    await office.hear_and_work(cancelled(by="system"))
    assert await office.said() == [("returned", 1, 0, 0)]


async def test_an_order_that_was_cancelled_before_it_was_heard_of_is_never_asked_for(office: Office) -> None:
    await office.hear_and_work(cancelled(by="system"), placed(), paid())
    assert await office.said() == [("returned", 1, 0, 0)] * 2
    assert await office.payments() == []


async def test_an_order_that_costs_nothing_is_given_at_once(office: Office) -> None:
    await office.hear_and_work(placed(amount=0), paid(amount=0), cancelled())
    assert await office.said() == [("authorised", 1, 0), ("returned", 1, 0, 0)]
    assert await office.payments() == []


async def test_a_payment_says_what_it_is_for(office: Office) -> None:
    await office.price()
    await office.hear_and_work(placed(), asked(44))
    of_seats, of_room = await office.payments()
    assert (of_seats.of, of_seats.reservation_id, of_seats.agreement.lines[0].what) == (Of.ORDER, ORDER, SEATS)
    assert (of_room.of, of_room.reservation_id) == (Of.RESERVATION, 44)
    marked = await office.desk.mark_paid(of_seats.id, "B-1")
    assert (marked.of, marked.state) == (Of.ORDER, "taken")


async def test_orders_and_reservations_of_one_batch_are_handled_together(office: Office) -> None:
    await office.price()
    orders: list[OrderEvent] = [placed(id_) for id_ in range(101, 151)]
    await office.hear(*orders, *[asked(id_) for id_ in range(1, 51)], *[cancelled(id_) for id_ in range(101, 126)])
    await office.work()
    await office.hear_and_work(settled(1), withdrawn(2))
    rows = await office.database.fetch("select of_what, count(*) as many from payments.account group by of_what")
    assert {row["of_what"]: row["many"] for row in rows} == {"order": 50, "reservation": 50}
    said = await office.said()
    assert (said.count(("asked", 1, 3000)), said.count(("asked", 1, 1000))) == (25, 50)
    assert said.count(("returned", 1, 0, 0)) == 26


async def test_an_account_is_of_nothing_else(office: Office) -> None:
    await office.hear(placed())
    with pytest.raises(asyncpg.CheckViolationError, match="account_of_what_known"):
        await office.database.execute("update payments.account set of_what = 'ticket'")
