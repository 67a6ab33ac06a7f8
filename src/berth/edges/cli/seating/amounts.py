"""Prices and people as they are typed: ``gold=25.00`` and ``floor=2``."""

import re
from collections.abc import Callable, Sequence

from berth.edges.cli.failure import Misused
from berth.kit.money import AMOUNT_MINOR_MAX, UnknownCurrency, exponent, written

PEOPLE_MAX = 1000
_AMOUNT = re.compile(r"(\d{1,12})(?:[.,](\d{1,4}))?", re.ASCII)
_PEOPLE = re.compile(r"\d{1,4}", re.ASCII)


def parse_prices(texts: Sequence[str], currency: str) -> dict[str, int]:
    """Answer the minor units of each category of ``gold=25.00``."""
    return _pairs(texts, "price", "--price gold=25.00", lambda text: parse_amount(text, currency))


def parse_areas(texts: Sequence[str]) -> dict[str, int]:
    """Answer how many people want room in each area of ``floor=2``."""
    return _pairs(texts, "area", "--area floor=2", _people)


def parse_amount(text: str, currency: str) -> int:
    """Answer the minor units of ``25``, ``25.00`` or ``25,00`` in a currency, which says how many digits there are."""
    try:
        digits = exponent(currency)
    except UnknownCurrency as error:
        raise Misused(f"{error}.") from error
    found = _AMOUNT.fullmatch(text.strip())
    scale: int = 10**digits
    whole, rest = (found[1], found[2] or "") if found else ("", "")
    if not found or len(rest) > digits:
        raise Misused(f"{text!r} is not an amount; write one such as {written(25 * scale, currency)[:-4]}.")
    minor = int(whole) * scale + int(rest.ljust(digits, "0") or 0)
    if minor > AMOUNT_MINOR_MAX:
        raise Misused(f"{text!r} is too much; up to {written(AMOUNT_MINOR_MAX, currency)} can be paid.")
    return minor


def _people(text: str) -> int:
    count = int(text) if _PEOPLE.fullmatch(text.strip()) else 0
    if not 1 <= count <= PEOPLE_MAX:
        raise Misused(f"{text!r} is no number of people; write one from 1 to {PEOPLE_MAX}.")
    return count


def _pairs(texts: Sequence[str], kind: str, form: str, read: Callable[[str], int]) -> dict[str, int]:
    """Answer what each text says of its key, which stands before the last ``=``."""
    found: dict[str, int] = {}
    for text in texts:
        key, equals, value = text.rpartition("=")
        key = key.strip()
        if not equals or not key or not value.strip():
            raise Misused(f"{text!r} is no {kind}; write it as in {form}")
        if key in found:
            raise Misused(f"{key} is named twice.")
        found[key] = read(value)
    return found
