"""A receipt says in its language what was paid, and prints every name that people have."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from berth.contracts.booking.reservation import Reserved
from berth.modules.payments.domain.account import Of
from berth.modules.payments.domain.intent import Confirmed, Goal, Intent, Standing, state_of
from berth.modules.payments.domain.orders import agreement_of
from berth.modules.payments.domain.pricing import Price, PriceUnit, Scope, agree
from berth.modules.payments.domain.receipt import Paid, receipt
from berth.modules.payments.providers.printing import pdf
from tests.scale import SCALE
from tests.unit.payments.test_orders import PLACED

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)


def paid(payer: str = "Ada Rossi", *, room: str = "Room 7", currency: str = "EUR", **confirmed: int) -> Paid:
    price = Price(3, 1, Scope(), PriceUnit.HOUR, 1250, currency)
    agreed = agree([price], [Reserved(7, room, "room", (), (), "Europe/Rome")], NINE, NINE + timedelta(hours=2), "user")
    intent = Intent(
        "k",
        2500,
        currency,
        "manual",
        Goal(2500),
        Confirmed(Standing.CAPTURED, 2500, 2500, reference="B-77", **confirmed),
    )
    return Paid(42, 9, payer, intent, state_of(intent), agreed, NINE)


def printed(one: Paid, language: str = "en") -> str:
    document = pypdf.PdfReader(io.BytesIO(pdf(receipt(one, language))))
    assert len(document.pages) == 1
    return document.pages[0].extract_text()


def test_a_receipt_has_its_number_times_in_the_resources_zone_lines_and_sums():
    text = printed(paid(refunded_minor=500))
    for words in (
        "Receipt",
        "R-00000042",
        "2027-03-01 10:00\N{EN DASH}12:00 Europe/Rome",
        "Ada Rossi",
        "B-77",
        "Room 7",
        "12.50 EUR an hour, 120 min",
        "25.00 EUR",
        "5.00 EUR",
        "20.00 EUR",
        "partly returned",
    ):
        assert words in text, text


@pytest.mark.parametrize(
    ("language", "order", "total", "each"),
    [
        ("en", "Order", "Price of the order", "2.50 EUR each"),
        ("fr", "Commande", "Prix de la commande", "2,50 EUR chacun"),
        ("es", "Pedido", "Precio del pedido", "2,50 EUR cada uno"),
    ],
)
def test_a_receipt_of_an_order_names_the_order_and_its_seats_and_no_reservation(language, order, total, each):
    one = replace(paid(), reservation_id=43, agreement=agreement_of(PLACED), of=Of.ORDER)
    text = printed(one, language)
    seats = ("Stalls, row A, seats 1 and 2", "Balcony, 1")
    assert [words for words in (order, "43", total, each, *seats) if words not in text] == []
    assert "eserva" not in text
    assert "éserva" not in text


@pytest.mark.parametrize(("language", "words"), [("fr", ["Reçu", "25,00 EUR"]), ("es", ["Recibo", "25,00 EUR"])])
def test_it_speaks_other_languages(language, words):
    text = printed(paid(), language)
    assert [one for one in words if one not in text] == []


def test_yen_have_no_digits_behind_the_point_and_dinars_three():
    assert "2500 JPY" in printed(paid(currency="JPY"))
    assert "2.500 KWD" in printed(paid(currency="KWD"))


@pytest.mark.parametrize("name", ["José Muñoz", "Łukasz Wąż", "Ελένη", "Нина", "Nguyễn Thị Ánh"])
def test_names_are_printed_as_they_are_written(name):
    assert name in printed(paid(name, room=name))


def test_east_asian_names_take_a_font_that_has_them():
    made = pdf(receipt(paid("日本 太郎", room="김민수"), "en"))
    assert b"HeiseiKakuGo-W5" in made
    assert b"HYGothic-Medium" in made


@settings(max_examples=20 * SCALE)
@given(st.text(max_size=300), st.text(max_size=600))
def test_no_text_breaks_it(payer, room):
    assert printed(paid(payer, room=room))


def test_many_lines_stay_on_one_page():
    one = paid()
    lines = tuple(replace(one.agreement.lines[0], what=f"Room {number}") for number in range(60))
    text = printed(replace(one, agreement=replace(one.agreement, lines=lines)))
    assert "+ 35" in text
