"""Rules at random, and what they give by a reference that looks at every single day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from dateutil import rrule
from hypothesis import strategies as st

from berth.modules.booking.domain.series.rule import Freq, Rule

DAYS = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU)
FREQS = {
    Freq.DAILY: rrule.DAILY,
    Freq.WEEKLY: rrule.WEEKLY,
    Freq.MONTHLY: rrule.MONTHLY,
    Freq.YEARLY: rrule.YEARLY,
}
ONE_DAY = timedelta(days=1)


@st.composite
def rules(draw: st.DrawFn, start: datetime) -> Rule:
    """Any rule that is taken."""
    freq = draw(st.sampled_from(list(Freq)))
    long = freq in {Freq.MONTHLY, Freq.YEARLY}
    months = draw(st.one_of(st.just(()), st.sets(st.integers(1, 12), min_size=1, max_size=4).map(_sorted)))
    month_days: tuple[int, ...] = ()
    if freq is not Freq.WEEKLY:
        some = st.sets(st.integers(1, 31) | st.integers(-31, -1), min_size=1, max_size=4)
        month_days = draw(st.one_of(st.just(()), some.map(_sorted)))
    weekdays = st.sets(st.integers(0, 6), min_size=1, max_size=5)
    plain = weekdays.map(lambda found: tuple((None, day) for day in sorted(found)))
    most = 5 if freq is Freq.MONTHLY or months else 53
    place = st.integers(1, most) | st.integers(-most, -1)
    placed = st.sets(st.tuples(place, st.integers(0, 6)), min_size=1, max_size=3).map(_sorted)
    by_day = draw(st.one_of(st.just(()), plain, *([placed] if long else [])))
    set_pos: tuple[int, ...] = ()
    if long and (by_day or month_days):
        set_pos = draw(st.one_of(st.just(()), st.sets(st.sampled_from([1, 2, 3, -1, -2]), min_size=1).map(_sorted)))
    ends = draw(st.sampled_from(["count", "until", "never"]))
    return Rule(
        freq,
        interval=draw(st.integers(1, 5)),
        count=draw(st.integers(1, 40)) if ends == "count" else None,
        until=start + draw(st.integers(0, 1500)) * ONE_DAY if ends == "until" else None,
        by_month=months,
        by_month_day=month_days,
        by_day=by_day,
        by_set_pos=set_pos,
        week_start=draw(st.integers(0, 6)),
    )


def _sorted(found: set) -> tuple:
    return tuple(sorted(found))


def by_dateutil(rule: Rule, start: datetime, limit: datetime) -> list[datetime]:
    """What python-dateutil gives, which must not look for a rule that never fits until the year 9999."""
    made = rrule.rrule(
        FREQS[rule.freq],
        dtstart=start,
        interval=rule.interval,
        wkst=rule.week_start,
        count=rule.count,
        until=rule.until,
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        byweekday=[DAYS[day](place) if place else DAYS[day] for place, day in rule.by_day] or None,
        bysetpos=rule.by_set_pos or None,
    )
    return made.between(start, limit, inc=True)


def day_by_day(rule: Rule, start: datetime, limit: datetime) -> list[datetime]:
    """What a look at every day gives: each knows its period, and the period which of its days are chosen."""
    found = []
    day = start.date()
    while day <= limit.date():
        at = datetime.combine(day, start.time())
        if rule.until is not None and at > rule.until:
            break
        if at <= limit and _in_turn(rule, start.date(), day) and _kept(rule, start.date(), day):
            found.append(at)
            if len(found) == rule.count:
                break
        day += ONE_DAY
    return found


def _in_turn(rule: Rule, first: date, day: date) -> bool:
    if rule.freq is Freq.DAILY:
        passed = (day - first).days
    elif rule.freq is Freq.WEEKLY:
        passed = (_week(day, rule.week_start) - _week(first, rule.week_start)).days // 7
    elif rule.freq is Freq.MONTHLY:
        passed = (day.year - first.year) * 12 + day.month - first.month
    else:
        passed = day.year - first.year
    return passed % rule.interval == 0


def _week(day: date, starts_on: int) -> date:
    while day.weekday() != starts_on:
        day -= ONE_DAY
    return day


def _kept(rule: Rule, first: date, day: date) -> bool:
    if not _matches(rule, first, day):
        return False
    if not rule.by_set_pos:
        return True
    peers = [one for one in _period(rule, day) if _matches(rule, first, one)]
    return any(peers[at] == day for at in _indexes(rule.by_set_pos, len(peers)))


def _indexes(places: tuple[int, ...], count: int) -> Iterator[int]:
    for place in places:
        if 0 < place <= count:
            yield place - 1
        if -count <= place < 0:
            yield count + place


def _period(rule: Rule, day: date) -> list[date]:
    if rule.freq is Freq.MONTHLY:
        return [day.replace(day=number) for number in range(1, monthrange(day.year, day.month)[1] + 1)]
    first = date(day.year, 1, 1)
    return [first + ahead * ONE_DAY for ahead in range(366) if (first + ahead * ONE_DAY).year == day.year]


def _matches(rule: Rule, first: date, day: date) -> bool:
    months, month_days, by_day = rule.by_month, rule.by_month_day, rule.by_day
    if not month_days and not by_day:
        if rule.freq is Freq.WEEKLY:
            by_day = ((None, first.weekday()),)
        elif rule.freq is not Freq.DAILY:
            month_days = (first.day,)
        if rule.freq is Freq.YEARLY and not months:
            months = (first.month,)
    if months and day.month not in months:
        return False
    from_behind = -((day.replace(day=28) + 4 * ONE_DAY).replace(day=1) - day).days
    if month_days and day.day not in month_days and from_behind not in month_days:
        return False
    return not by_day or any(_is_the(rule, place, weekday, day) for place, weekday in by_day)


def _is_the(rule: Rule, place: int | None, weekday: int, day: date) -> bool:
    if day.weekday() != weekday:
        return False
    if place is None:
        return True
    within_month = rule.freq is Freq.MONTHLY or rule.by_month
    days = [one for one in _year_of(day) if one.weekday() == weekday and (not within_month or one.month == day.month)]
    return -len(days) <= place <= len(days) and days[place - 1 if place > 0 else place] == day


def _year_of(day: date) -> list[date]:
    first = date(day.year, 1, 1)
    return [first + ahead * ONE_DAY for ahead in range(366) if (first + ahead * ONE_DAY).year == day.year]
