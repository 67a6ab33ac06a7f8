"""Where a reservation fits: the time between what is busy, by the opening hours and the resource's policy."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from berth.contracts.catalog import Policy, Resource
from berth.kit.localtime import zone
from berth.modules.booking.domain.opening import Range, merged, open_ranges
from berth.modules.booking.domain.steps import MINUTE, midnight_after, on_step, step_from, step_until

DAY = timedelta(days=1)


class Wish(NamedTuple):
    """What every reservation looked for has in common: its length, and the steps of its start and end.

    It starts from ``earliest`` to ``latest``, both included. Set-up and tear-down are kept free around it.
    """

    length: timedelta
    earliest: datetime
    latest: datetime
    where: ZoneInfo
    step_minutes: int
    setup: timedelta
    teardown: timedelta


def wish_for(resource: Resource, length: timedelta, *, now: datetime, since: datetime, until: datetime) -> Wish | None:
    """Answer what is to be looked for within ``[since, until)``; ``None`` if no start can satisfy the policy.

    Starts are on whole minutes at least, and never in the past.
    """
    policy = resource.policy
    if not length_allowed(policy, length):
        return None
    step_minutes = policy.granularity_minutes or 1
    where = zone(resource.timezone)
    lead = timedelta(minutes=policy.lead_minutes_min or 0)
    earliest = step_from(max(since, now + lead), where, step_minutes)
    latest = until - length
    if policy.horizon_days_max is not None:
        latest = min(latest, now + policy.horizon_days_max * DAY)
    if earliest > latest:
        return None
    setup, teardown = buffers(policy)
    return Wish(length, earliest, latest, where, step_minutes, setup, teardown)


def length_allowed(policy: Policy, length: timedelta) -> bool:
    """Tell whether a policy admits reservations of this length: neither too short nor too long, in whole steps."""
    return (
        (policy.minutes_min is None or length >= policy.minutes_min * MINUTE)
        and (policy.minutes_max is None or length <= policy.minutes_max * MINUTE)
        and (policy.granularity_minutes is None or not length % (policy.granularity_minutes * MINUTE))
    )


def buffers(policy: Policy) -> tuple[timedelta, timedelta]:
    """Answer the set-up before and the tear-down after each reservation."""
    return policy.setup_minutes * MINUTE, policy.teardown_minutes * MINUTE


def free_gaps(
    busy: Iterable[Range],
    hours: Iterable[Range],
    *,
    setup: timedelta = timedelta(),
    teardown: timedelta = timedelta(),
) -> list[Range]:
    """Answer the parts of the sorted opening hours in which reserved time may lie.

    A busy range keeps reserved time away by the tear-down before it and the set-up behind it.
    """
    blocked = merged(((start - teardown, end + setup) for start, end in busy) if setup or teardown else busy)
    found: list[Range] = []
    position = 0
    for opens, closes in hours:
        free_from = opens
        while position < len(blocked) and blocked[position][1] <= opens:
            position += 1
        for start, end in islice(blocked, position, None):
            if start >= closes:
                break
            if free_from < start:
                found.append((free_from, start))
            free_from = max(free_from, end)
        if free_from < closes:
            found.append((free_from, closes))
    return found


def within(hours: Sequence[Range], start: datetime, end: datetime) -> Iterator[Range]:
    """Answer the parts of sorted ranges that lie between two instants."""
    position = max(0, bisect_right(hours, start, key=lambda one: one[0]) - 1)
    for opens, closes in islice(hours, position, None):
        if opens >= end:
            return
        if closes > start:
            yield max(opens, start), min(closes, end)


def first_start(gaps: Iterable[Range], wish: Wish) -> datetime | None:
    """Answer the earliest start that fits into one of the gaps, which are in order."""
    for opens, closes in gaps:
        last = min(closes - wish.length, wish.latest)
        start = max(opens, wish.earliest)
        if start > last:
            continue
        start = step_from(start, wish.where, wish.step_minutes)
        while start <= last:
            if _ends_on_step(start, wish):
                return start
            start = step_from(_behind(start, wish), wish.where, wish.step_minutes)
    return None


def last_start(gaps: Sequence[Range], wish: Wish) -> datetime | None:
    """Answer the latest start that fits into one of the gaps, which are in order."""
    for opens, closes in reversed(gaps):
        first = max(opens, wish.earliest)
        start = min(closes - wish.length, wish.latest)
        while start >= first:
            start = step_until(start, wish.where, wish.step_minutes)
            if start >= first and _ends_on_step(start, wish):
                return start
            start -= MINUTE
    return None


def nearest_starts(
    resource: Resource,
    busy: Iterable[Range],
    *,
    wanted: datetime,
    length: timedelta,
    now: datetime,
    since: datetime,
    until: datetime,
    count: int,
) -> list[datetime]:
    """Answer up to ``count`` starts at which a reservation of the resource fits, the nearest to ``wanted`` first.

    All of it lies within ``[since, until)``, and no two of the answers overlap each other.
    """
    wish = wish_for(resource, length, now=now, since=since, until=until)
    if wish is None:
        return []
    hours = open_ranges(resource.opening, wish.where, since, until)
    gaps = free_gaps(busy, hours, setup=wish.setup, teardown=wish.teardown)
    later = list(islice(_going_later(gaps, wish, wanted), count))
    not_after = min(wanted, later[0] - length) if later else wanted
    earlier = list(islice(_going_earlier(gaps, wish, not_after), count))
    return sorted([*later, *earlier], key=lambda start: (abs(start - wanted), start))[:count]


def _going_later(gaps: Sequence[Range], wish: Wish, start: datetime) -> Iterator[datetime]:
    for opens, closes in gaps:
        free_from = max(opens, start)
        while (found := first_start([(free_from, closes)], wish)) is not None:
            yield found
            free_from = found + wish.length


def _going_earlier(gaps: Sequence[Range], wish: Wish, start: datetime) -> Iterator[datetime]:
    """Answer starts not later than ``start``, each ending before the one answered before it begins."""
    for opens, closes in reversed(gaps):
        free_until = min(closes, start + wish.length)
        while (found := last_start([(opens, free_until)], wish)) is not None:
            yield found
            free_until = found


def _ends_on_step(start: datetime, wish: Wish) -> bool:
    return wish.step_minutes == 1 or on_step(start + wish.length, wish.where, wish.step_minutes)


def _behind(start: datetime, wish: Wish) -> datetime:
    """Answer where to look on after a start whose end is not on a step.

    As long as neither of the two passes a midnight or a change of clocks, no step will do better.
    """
    end = start + wish.length
    after_start, after_end = midnight_after(start, wish.where), midnight_after(end, wish.where)
    if _offset(start, wish) == _offset(after_start, wish) and _offset(end, wish) == _offset(after_end, wish):
        return min(after_start, after_end - wish.length)
    return start + MINUTE


def _offset(instant: datetime, wish: Wish) -> timedelta | None:
    return instant.astimezone(wish.where).utcoffset()
