"""Steps of the wall clock: the times at which reservations of a resource may begin and end.

A step of 30 minutes allows 00:00, 00:30, 01:00, … of every local day, whatever the day's offset from UTC.
A step of one minute is the same in every zone.
"""

from datetime import UTC, datetime, timedelta, tzinfo

from berth.kit.localtime import DAY_MINUTES

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)


def on_step(instant: datetime, where: tzinfo, step_minutes: int) -> bool:
    """Tell whether the clock shows a multiple of the step, counted from midnight."""
    if step_minutes == 1:
        return not instant.second and not instant.microsecond
    local = instant.astimezone(where)
    return not local.second and not local.microsecond and (local.hour * 60 + local.minute) % step_minutes == 0


def step_from(instant: datetime, where: tzinfo, step_minutes: int) -> datetime:
    """Answer the first instant on a step that is not before this one, in UTC."""
    at = instant.astimezone(UTC)
    if step_minutes == 1 and on_step(at, UTC, 1):
        return at
    while True:
        local = at.astimezone(where)
        minute = local.hour * 60 + local.minute
        past = timedelta(minutes=minute % step_minutes, seconds=local.second, microseconds=local.microsecond)
        if not past:
            return at
        # A new count begins at midnight, also where the step does not divide the day.
        whole = min(step_minutes, DAY_MINUTES - minute + minute % step_minutes)
        ahead = at + whole * MINUTE - past
        if ahead.astimezone(where).utcoffset() == local.utcoffset():
            return ahead
        at = _clock_change(at, ahead, where)


def step_until(instant: datetime, where: tzinfo, step_minutes: int) -> datetime:
    """Answer the last instant on a step that is not after this one, in UTC."""
    at = instant.astimezone(UTC)
    if step_minutes == 1 and on_step(at, UTC, 1):
        return at
    while True:
        local = at.astimezone(where)
        past = timedelta(
            minutes=(local.hour * 60 + local.minute) % step_minutes,
            seconds=local.second,
            microseconds=local.microsecond,
        )
        before = at - past
        if before.astimezone(where).utcoffset() == local.utcoffset():
            return before
        at = _clock_change(before, at, where) - SECOND


def midnight_after(instant: datetime, where: tzinfo) -> datetime:
    """Answer the first 00:00 behind this instant, in UTC; a clock change may skip one."""
    return step_from(instant + datetime.resolution, where, DAY_MINUTES)


def _clock_change(before: datetime, after: datetime, where: tzinfo) -> datetime:
    """Answer the first second with another offset than ``before``'s, at ``after`` at the latest."""
    offset = before.astimezone(where).utcoffset()
    low, high = before.replace(microsecond=0), after.replace(microsecond=0)
    while high - low > SECOND:
        middle = (low + (high - low) // 2).replace(microsecond=0)
        if middle.astimezone(where).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high
