"""The closest price holds, time is counted by the minute, and what cannot be summed is refused."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.booking.reservation import Reserved
from berth.kit.money import NO_CURRENCY, UnknownCurrency, exponent, half_up, written
from berth.modules.payments.domain.pricing import MixedCurrencies, Price, PriceUnit, Scope, Terms, agree, price_of

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
ROOM = Reserved(7, "Room 7", "room", ("piano", "quiet"), (1, 2, 3), "Europe/Rome")
DESK = Reserved(8, "Desk 8", "desk", (), (1, 4), "Europe/Rome")

EVERYTHING = Scope()
BY_CLOSENESS = [
    EVERYTHING,
    Scope(kind="room"),
    Scope(tag="piano"),
    Scope(site_id=1),
    Scope(site_id=1, kind="room"),
    Scope(site_id=1, tag="piano"),
    Scope(site_id=3),
    Scope(site_id=3, kind="room"),
    Scope(resource_id=7),
]
"""Scopes that all fit the room, the closest last."""


def price(
    id_: int, scope: Scope = EVERYTHING, unit: PriceUnit = PriceUnit.HOUR, amount: int = 1000, **more: object
) -> Price:
    return Price(id_, 1, scope, unit, amount, more.pop("currency", "EUR"), **more)


@given(st.sets(st.sampled_from(range(len(BY_CLOSENESS))), min_size=1), st.randoms())
def test_the_closest_of_the_prices_that_fit_holds(chosen, random):
    prices = [price(100 + place, BY_CLOSENESS[place]) for place in chosen]
    random.shuffle(prices)
    assert price_of(ROOM, prices).scope == BY_CLOSENESS[max(chosen)]


def test_a_price_that_does_not_fit_never_holds():
    others = [Scope(resource_id=8), Scope(site_id=4), Scope(kind="desk"), Scope(tag="loud"), Scope(3, 3)]
    assert price_of(ROOM, [price(1, scope) for scope in others]) is None


def test_of_two_tags_the_first_by_alphabet_holds():
    prices = [price(1, Scope(tag="quiet")), price(2, Scope(tag="piano"))]
    assert price_of(ROOM, prices).scope.tag == "piano"


@given(st.integers(0, 10**9), st.integers(1, 60 * 24 * 400))
def test_an_hour_is_counted_by_the_minute_and_rounded_half_up(amount, minutes):
    agreed = agree([price(1, amount=amount)], [ROOM], NINE, NINE + timedelta(minutes=minutes), "user")
    exact = Fraction(amount * minutes, 60)
    assert abs(agreed.amount_minor - exact) <= Fraction(1, 2)
    assert agreed.amount_minor == int(exact + Fraction(1, 2))


def test_half_a_cent_is_a_cent_and_less_is_none():
    assert [half_up(1, 2), half_up(49, 100), half_up(50, 100), half_up(3, 2)] == [1, 0, 1, 2]


def test_a_minute_that_has_begun_counts():
    agreed = agree([price(1, amount=6000)], [ROOM], NINE, NINE + timedelta(seconds=61), "user")
    assert (agreed.lines[0].minutes, agreed.amount_minor) == (2, 200)


def test_a_reservation_is_counted_once_and_a_seat_for_each_resource():
    until = NINE + timedelta(hours=3)
    both = [ROOM, DESK]
    assert agree([price(1, unit=PriceUnit.RESERVATION)], both, NINE, until, "user").amount_minor == 1000
    assert agree([price(1, unit=PriceUnit.SEAT)], both, NINE, until, "user").amount_minor == 2000
    assert agree([price(1, unit=PriceUnit.HOUR)], both, NINE, until, "user").amount_minor == 6000


def test_several_resources_cost_the_sum_of_their_prices():
    prices = [price(1, Scope(kind="room"), amount=1000), price(2, Scope(kind="desk"), PriceUnit.SEAT, 250)]
    agreed = agree(prices, [ROOM, DESK], NINE, NINE + timedelta(minutes=90), "user")
    assert (agreed.amount_minor, [line.what for line in agreed.lines]) == (1750, ["Room 7", "Desk 8"])


def test_currencies_are_not_mixed_unless_one_of_them_costs_nothing():
    prices = [price(1, Scope(kind="room")), price(2, Scope(kind="desk"), currency="USD", free_roles=("admin",))]
    until = NINE + timedelta(hours=1)
    with pytest.raises(MixedCurrencies, match=r"EUR, USD"):
        agree(prices, [ROOM, DESK], NINE, until, "user")
    free = agree(prices, [ROOM, DESK], NINE, until, "admin")
    assert (free.amount_minor, free.currency) == (1000, "EUR")


def test_what_has_no_price_costs_nothing_in_no_currency():
    agreed = agree([], [ROOM], NINE, NINE + timedelta(hours=1), "user")
    assert (agreed.amount_minor, agreed.currency, agreed.lines) == (0, NO_CURRENCY, ())


def test_amounts_are_written_with_as_many_digits_as_the_currency_has():
    assert [written(1250, code) for code in ("EUR", "JPY", "KWD")] == ["12.50 EUR", "1250 JPY", "1.250 KWD"]
    assert [written(5, "EUR"), written(-5, "EUR", point=","), written(0, NO_CURRENCY)] == ["0.05 EUR", "-0,05 EUR", "0"]


@pytest.mark.parametrize("code", ["XAU", "EURO", "", "ZZZ", "eur "])
def test_one_cannot_pay_in_what_is_no_currency(code):
    with pytest.raises(UnknownCurrency):
        exponent(code)


@pytest.mark.parametrize(
    ("hours_before", "kept"), [(48, 0), (24, 0), (Fraction(23999, 1000), 333), (0, 333), (-1, 333)]
)
def test_a_cancellation_is_free_until_the_very_second_that_was_promised(hours_before, kept):
    terms = Terms(free_until_hours=24, kept_percent=50)
    at = NINE - timedelta(seconds=int(hours_before * 3600))
    assert terms.kept(665, at=at, start=NINE) == kept


@given(st.integers(0, 10**12), st.integers(0, 100), st.integers(0, 8760), st.integers(-(10**6), 10**6))
def test_never_more_is_kept_than_was_paid(amount, percent, hours, seconds):
    kept = Terms(hours, percent).kept(amount, at=NINE + timedelta(seconds=seconds), start=NINE)
    assert 0 <= kept <= amount
    assert kept in (0, half_up(amount * percent, 100))


def test_each_line_keeps_by_its_own_terms():
    prices = [
        price(1, Scope(kind="room"), PriceUnit.SEAT, 999, terms=Terms(24, 50)),
        price(2, Scope(kind="desk"), PriceUnit.SEAT, 100, terms=Terms(1, 100)),
    ]
    agreed = agree(prices, [ROOM, DESK], NINE, NINE + timedelta(hours=1), "user")
    assert agreed.kept(at=NINE - timedelta(hours=2), start=NINE) == 500
    assert agreed.kept(at=NINE - timedelta(minutes=2), start=NINE) == 600
