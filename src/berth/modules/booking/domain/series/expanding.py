"""The wall-clock times that a rule gives, in their order.

Whole periods of the rule (days, weeks, months, years) are walked up to a limit, and of each the days that fit are
kept. So the work is bounded by the limit, however seldom a rule fits: one that names 31 February ends there.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from berth.modules.booking.domain.series.rule import Freq, Rule

DAY = timedelta(days=1)


def expanded(rule: Rule, start: datetime, limit: datetime) -> Iterator[datetime]:
    """Answer the times of the rule from ``start`` to ``limit``, both included; all are naive times of one wall clock.

    A start that does not fit the rule is none of its times.
    """
    last = limit if rule.until is None else min(limit, rule.until)
    found = 0
    if start > last:
        return
    for days in _periods(_anchored(rule, start.date()), start.date(), last.date()):
        for day in days:
            at = datetime.combine(day, start.time())
            if at < start:
                continue
            if at > last:
                return
            yield at
            found += 1
            if found == rule.count:
                return


def _anchored(rule: Rule, first: date) -> Rule:
    """Answer the rule with what it leaves to the day of its start."""
    if rule.by_day or rule.by_month_day:
        return rule
    match rule.freq:
        case Freq.WEEKLY:
            return replace(rule, by_day=((None, first.weekday()),))
        case Freq.MONTHLY:
            return replace(rule, by_month_day=(first.day,))
        case Freq.YEARLY:
            return replace(rule, by_month_day=(first.day,), by_month=rule.by_month or (first.month,))
    return rule


def _periods(rule: Rule, first: date, last: date) -> Iterator[Sequence[date]]:
    """Answer, for each period of the rule that begins by ``last``, its days that fit."""
    walks = {Freq.DAILY: _by_days, Freq.WEEKLY: _by_weeks, Freq.MONTHLY: _by_months, Freq.YEARLY: _by_years}
    for days in walks[rule.freq](rule, first, last):
        fitting = [day for day in days if _fits(rule, day)]
        yield _chosen(fitting, rule.by_set_pos) if rule.by_set_pos else fitting


def _by_days(rule: Rule, first: date, last: date) -> Iterator[Iterable[date]]:
    for ahead in range(0, (last - first).days + 1, rule.interval):
        yield (first + ahead * DAY,)


def _by_weeks(rule: Rule, first: date, last: date) -> Iterator[Iterable[date]]:
    into = (first.weekday() - rule.week_start) % 7
    for ahead in range(-into, (last - first).days + 1, 7 * rule.interval):
        # The first week may begin before the first day that there is.
        yield [first + place * DAY for place in range(max(ahead, 0), ahead + 7) if place <= (last - first).days]


def _by_months(rule: Rule, first: date, last: date) -> Iterator[Iterable[date]]:
    for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month, rule.interval):
        year, month = number // 12, number % 12 + 1
        if not rule.by_month or month in rule.by_month:
            yield [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]


def _by_years(rule: Rule, first: date, last: date) -> Iterator[Iterable[date]]:
    for year in range(first.year, last.year + 1, rule.interval):
        yield [
            date(year, month, day)
            for month in rule.by_month or range(1, 13)
            for day in range(1, monthrange(year, month)[1] + 1)
        ]


def _fits(rule: Rule, day: date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    if not rule.by_month_day and not rule.by_day:
        return True
    length = monthrange(day.year, day.month)[1]
    if rule.by_month_day and not {day.day, day.day - length - 1} & {*rule.by_month_day}:
        return False
    return not rule.by_day or any(
        weekday == day.weekday() and (place is None or place in _places(rule, day, length))
        for place, weekday in rule.by_day
    )


def _places(rule: Rule, day: date, month_length: int) -> tuple[int, int]:
    """Answer which of its weekdays a day is, from the front and from the back."""
    if rule.freq is Freq.YEARLY and not rule.by_month:
        into = day.timetuple().tm_yday - 1
        left = (date(day.year, 12, 31) - day).days
    else:
        into, left = day.day - 1, month_length - day.day
    return into // 7 + 1, -(left // 7 + 1)


def _chosen(days: Sequence[date], places: Sequence[int]) -> list[date]:
    count = len(days)
    indexes = {place - 1 if place > 0 else count + place for place in places}
    return [days[one] for one in sorted(indexes) if 0 <= one < count]
