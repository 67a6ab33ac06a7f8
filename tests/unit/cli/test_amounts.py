"""How prices and people in areas are read from a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.edges.cli.failure import Misused
from berth.edges.cli.seating.amounts import parse_amount, parse_areas, parse_prices
from berth.kit.money import AMOUNT_MINOR_MAX, written


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("25", "EUR", 2500),
        ("25.00", "EUR", 2500),
        ("25,5", "EUR", 2550),
        (" 0 ", "EUR", 0),
        ("0.01", "EUR", 1),
        ("1250", "JPY", 1250),
        ("1.25", "KWD", 1250),
        ("10000000", "EUR", AMOUNT_MINOR_MAX),
    ],
)
def test_an_amount_has_as_many_digits_as_its_currency(text: str, currency: str, minor: int) -> None:
    assert parse_amount(text, currency) == minor


@given(st.integers(0, AMOUNT_MINOR_MAX), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_what_is_written_is_read_back(minor: int, currency: str) -> None:
    assert parse_amount(written(minor, currency).removesuffix(f" {currency}"), currency) == minor


@pytest.mark.parametrize("text", ["", "-1", "1.005", "1.", ".5", "1e3", "25 EUR", "٢٥", "1.000,00"])
def test_what_is_no_amount_is_refused_with_one_that_is(text: str) -> None:
    with pytest.raises(Misused, match=r"such as 25\.00\."):
        parse_amount(text, "EUR")


def test_an_example_is_written_as_its_currency_is() -> None:
    with pytest.raises(Misused, match=r"such as 25\."):
        parse_amount("12.50", "JPY")


def test_more_than_can_be_paid_and_a_currency_that_is_none_are_refused() -> None:
    with pytest.raises(Misused, match=r"up to 10000000\.00 EUR"):
        parse_amount("10000000.01", "EUR")
    with pytest.raises(Misused, match="not a currency"):
        parse_amount("1", "XYZ")


def test_each_category_has_its_price_and_each_area_its_people() -> None:
    assert parse_prices(["gold=25.00", "second class=5", "a=b=1"], "EUR") == {
        "gold": 2500,
        "second class": 500,
        "a=b": 100,
    }
    assert parse_areas(["floor=2", " terrace = 1000 "]) == {"floor": 2, "terrace": 1000}
    assert parse_areas([]) == {}


@pytest.mark.parametrize("text", ["gold", "=25", "gold=", "gold=  "])
def test_a_price_names_its_category(text: str) -> None:
    with pytest.raises(Misused, match=r"--price gold=25\.00"):
        parse_prices([text], "EUR")


@pytest.mark.parametrize("text", ["floor", "floor=", "floor=0", "floor=-1", "floor=1001", "floor=two", "floor=1.5"])
def test_people_are_a_whole_number(text: str) -> None:
    with pytest.raises(Misused):
        parse_areas([text])


def test_nothing_is_named_twice() -> None:
    with pytest.raises(Misused, match="gold is named twice"):
        parse_prices(["gold=1", "gold=2"], "EUR")
