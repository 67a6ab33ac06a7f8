"""How each language writes days, times, amounts and lists."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime, tzinfo
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

from berth.modules.notifications.domain.languages.words import Part, Words

DASH = "\N{EN DASH}"
NAMES_MAX = 3
BREAKS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""The categories of what ends a line, or is no character of a text."""


def one_line(text: str) -> str:
    """Answer the text on one line, without what no text holds; such a one can stand in a mail's header."""
    return " ".join("".join(" " if unicodedata.category(one) in BREAKS else one for one in text).split())


def listed(names: Sequence[str], words: Words) -> str:
    """Answer the names as a sentence lists them: ``A, B and C``; of many, only how many more there are."""
    if len(names) > NAMES_MAX:
        more = words.parts[Part.MORE].format(count=len(names) - NAMES_MAX + 1)
        names = [*names[: NAMES_MAX - 1], more]
    return words.parts[Part.AND].join([part for part in (", ".join(names[:-1]), *names[-1:]) if part])


def span(start: datetime, end: datetime, where: tzinfo, words: Words) -> str:
    """Answer ``Monday 1 March 2027, 09:00-10:00 (Europe/Rome)``, with both days if there are two."""
    first, last = start.astimezone(where), end.astimezone(where)
    if first.date() == last.date():
        return f"{day(first, words)}, {clock(first)}{DASH}{clock(last)} ({where})"
    return f"{day(first, words)}, {clock(first)} {DASH} {day(last, words)}, {clock(last)} ({where})"


def moment(instant: datetime, where: tzinfo, words: Words) -> str:
    """Answer ``Monday 1 March 2027, 09:00 (Europe/Rome)``."""
    local = instant.astimezone(where)
    return f"{day(local, words)}, {clock(local)} ({where})"


def day(local: datetime, words: Words) -> str:
    """Answer the day as the language writes it."""
    pattern = words.first_day if local.day == 1 else words.day
    return format_date(local.date(), pattern, locale=words.locale)


def clock(local: datetime) -> str:
    """Answer the time on the wall, with its offset where the clocks go back and show it twice."""
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M}{local.isoformat()[-6:] if twice else ''}"


def amount(minor: int, currency: str, words: Words) -> str:
    """Answer an amount of whole minor units, such as cents, as the language writes it."""
    whole = Decimal(minor).scaleb(-get_currency_precision(currency))
    return format_currency(whole, currency, locale=words.locale)
