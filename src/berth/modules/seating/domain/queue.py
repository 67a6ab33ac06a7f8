"""The waiting room: who is admitted when more people come than a performance takes at once, and how long that takes."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from berth.modules.seating.domain.performance import Performance, PerformanceState

STAY = timedelta(minutes=10)
"""How long one is inside; whoever holds seats then stays until the hold ends."""

ABSENT_AFTER = timedelta(seconds=60)
"""Who waits and has not asked for so long is passed over."""

LOOK_EVERY = timedelta(seconds=5)
"""How long a place may stay free at most while somebody waits and nobody asks."""

MEASURED = timedelta(minutes=10)
"""How far back the estimate looks."""

ASK_AGAIN_SECONDS, ASK_AGAIN_SECONDS_MAX = 5, 20
PEOPLE_A_SECOND = 100


class QueueState(StrEnum):
    """``open`` if there is no waiting room; ``outside`` whoever has not joined, or was inside and is no more."""

    OPEN = "open"
    OUTSIDE = "outside"
    WAITING = "waiting"
    ADMITTED = "admitted"


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a queue by one person: how many are ``inside``, and wait ``ahead``.

    ``succeeded`` people got in lately to places that others had left, and ``opened_at`` was the first of all.
    ``next_look_at`` is when a timer next looks for free places.
    """

    joined: bool
    admitted_until: datetime | None
    inside: int
    ahead: int
    next_look_at: datetime | None
    opened_at: datetime | None
    succeeded: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands. Who is outside would have ``ahead`` people in front; only who waits has a position."""

    state: QueueState
    position: int | None = None
    ahead: int = 0
    estimate_seconds: int | None = None
    admitted_until: datetime | None = None
    ask_again_seconds: int | None = None


def why_no_waiting(performance: Performance, now: datetime) -> str | None:
    """Answer why nobody may wait, in a sentence. Before the sale begins people may wait, but nobody gets in."""
    over = performance.state is not PerformanceState.SCHEDULED or now >= performance.plan.sales_end
    return performance.why_not_on_sale(now) if over else None


def has_room(performance: Performance, sight: Sight, now: datetime) -> bool:
    """Tell whether somebody could get in now."""
    most = performance.plan.admitted_max
    return most is not None and sight.inside < most and performance.why_not_on_sale(now) is None


def standing(sight: Sight, now: datetime) -> Standing:
    """Answer how the person stands who has this sight."""
    if sight.admitted_until is not None and sight.admitted_until > now:
        return Standing(
            QueueState.ADMITTED, admitted_until=sight.admitted_until, ask_again_seconds=ASK_AGAIN_SECONDS_MAX
        )
    waits = sight.joined and sight.admitted_until is None
    return Standing(
        QueueState.WAITING if waits else QueueState.OUTSIDE,
        position=sight.ahead + 1 if waits else None,
        ahead=sight.ahead,
        estimate_seconds=estimate(sight, now),
        ask_again_seconds=min(ASK_AGAIN_SECONDS + sight.ahead // PEOPLE_A_SECOND, ASK_AGAIN_SECONDS_MAX),
    )


def estimate(sight: Sight, now: datetime) -> int | None:
    """Answer after how many seconds it is one's turn, or nothing while that is not known.

    It is ``(ahead + 1) * measured / succeeded``. ``succeeded`` is how many people got in to places that others had
    left within the last ten minutes, and ``measured`` the seconds of these, or since the first person got in if that
    is less. Those who filled the room at first are not counted: they waited for nobody, and would promise too much.
    """
    if sight.opened_at is None or not sight.succeeded:
        return None
    measured = min(now - sight.opened_at, MEASURED).total_seconds()
    return math.ceil((sight.ahead + 1) * measured / sight.succeeded)


def is_watched(performance: Performance, sight: Sight, now: datetime) -> bool:
    """Tell whether a timer looks for free places as soon as it has to for the person who has this sight."""
    if sight.next_look_at is None:
        return False
    waits = sight.joined and sight.admitted_until is None
    return not waits or sight.next_look_at <= _soon(performance, now)


def next_look(performance: Performance, *, anybody_waits: bool, next_end: datetime | None, now: datetime) -> datetime:
    """Answer when to look for free places: soon if anybody waits and the sale is on, else when the next stay ends.

    There is somebody who waits or is inside.
    """
    if anybody_waits:
        soon = _soon(performance, now)
        return min(soon, next_end) if next_end else soon
    return next_end or now + LOOK_EVERY


def _soon(performance: Performance, now: datetime) -> datetime:
    return max(now + LOOK_EVERY, performance.plan.sales_start)
