"""Times at which somebody or something is busy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from berth.contracts.booking.questions import BusyTime


@dataclass(frozen=True, slots=True)
class Busy:
    """A busy time, and what the calendar that says so calls it."""

    start: datetime
    end: datetime
    title: str


def merged(times: Iterable[Busy]) -> list[BusyTime]:
    """Answer the stretches that the times cover, none of which touches another."""
    found: list[BusyTime] = []
    for one in sorted(times, key=lambda each: each.start):
        if found and one.start <= found[-1].end:
            found[-1] = BusyTime(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(BusyTime(one.start, one.end))
    return found
