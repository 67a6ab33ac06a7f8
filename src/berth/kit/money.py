"""Amounts in whole minor units of an ISO 4217 currency, and how people write them."""

from iso4217 import Currency

NO_CURRENCY = "XXX"
"""ISO 4217's own code for "no currency": of what costs nothing and never had a price."""

AMOUNT_MINOR_MAX = 10**9


class UnknownCurrency(ValueError):
    """The code is none of ISO 4217's with which one can pay; the message says so."""


def exponent(currency: str) -> int:
    """Answer how many digits of an amount are behind the point: 2 for EUR, 0 for JPY, 3 for KWD."""
    try:
        found = Currency(currency).exponent
    except ValueError:
        found = None
    if found is None:
        raise UnknownCurrency(f"{currency!r} is not a currency of ISO 4217 with which one can pay, such as EUR")
    return int(found)


def currency(code: str) -> str:
    """Answer the code as it came; raise ``UnknownCurrency`` if one cannot pay with it."""
    exponent(code)
    return code


def written(amount_minor: int, code: str, *, point: str = ".") -> str:
    """Answer the amount as people write it: ``12.50 EUR``, ``1250 JPY``, ``1.250 KWD``."""
    if code == NO_CURRENCY:
        return str(amount_minor)
    digits = exponent(code)
    sign, text = "-" if amount_minor < 0 else "", str(abs(amount_minor)).rjust(digits + 1, "0")
    whole, rest = (text[:-digits], text[-digits:]) if digits else (text, "")
    return f"{sign}{whole}{point if rest else ''}{rest} {code}"


def half_up(numerator: int, denominator: int) -> int:
    """Answer the quotient of two numbers that are not negative, rounded half up."""
    return (2 * numerator + denominator) // (2 * denominator)
