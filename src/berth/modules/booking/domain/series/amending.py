"""What a change of a series makes of it, and of its occurrences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from berth.modules.booking.domain.reservation import Reservation, moved
from berth.modules.booking.domain.series.value import Series, follows


class Scope(StrEnum):
    """Which occurrences are meant: one, it and those behind it, or all that have not begun."""

    THIS = "this"
    FOLLOWING = "following"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be different of a series; ``None`` leaves a member as it is.

    ``start`` and ``end`` are those of the occurrence ``reservation_id``. With ``skip`` what cannot be moved stays.
    """

    scope: Scope
    reservation_id: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    title: str | None = None
    description: str | None = None
    resource_ids: tuple[int, ...] | None = None
    skip: bool = False
    version: int | None = None

    @property
    def moves(self) -> bool:
        """Tell whether it is about the slots."""
        return any(one is not None for one in (self.start, self.end, self.resource_ids))


def amended(series: Series, change: Amendment, anchor: Reservation | None) -> Series:
    """Answer the series with the change made; ``anchor`` is the occurrence by which its times are meant.

    All are moved by as much on the wall clock as the anchor is moved from where the series has it, and last as long.
    """
    shift, length = series.shift, series.length
    if anchor is not None and anchor.occurrence is not None and (change.start or change.end):
        due = series.occurrence(anchor.occurrence)
        start = change.start or due.start
        if change.start is not None:
            shift = change.start.astimezone(series.where).replace(tzinfo=None) - anchor.occurrence
        if change.end is not None:
            length = change.end - start
    return replace(
        series,
        shift=shift,
        length=length,
        title=series.title if change.title is None else change.title,
        description=series.description if change.description is None else change.description or None,
        resource_ids=change.resource_ids or series.resource_ids,
    )


def following(before: Series, after: Series, reservations: Sequence[Reservation]) -> list[Reservation]:
    """Answer the occurrences as the changed series has them, those alone that were as it had them before.

    What was moved or retitled by itself is an exception, and stays.
    """
    answer = []
    for one in reservations:
        if one.occurrence is None or not follows(before, one):
            continue
        due = after.occurrence(one.occurrence)
        changed = moved(
            one,
            start=due.start,
            end=due.end,
            title=after.title,
            description=after.description or "",
            resource_ids=after.resource_ids,
        )
        if changed != one:
            answer.append(changed)
    return answer


def split(series: Series, after: Series, since: datetime) -> tuple[Series, Series]:
    """Answer the series that ends before an occurrence, and the one that goes on from there, without an id yet."""
    earlier = tuple(one for one in series.missed if one.occurrence < since)
    later = tuple(one for one in series.missed if one.occurrence >= since)
    rest = replace(series, ends_before=since, missed=earlier, version=series.version + 1)
    return rest, replace(after, id=0, begins=since, missed=later, version=1, previous_id=series.id)


def members_changed(before: Series, after: Series) -> tuple[str, ...]:
    """Answer the names of what is different, as a reservation calls it."""
    pairs = {
        "start": (before.shift, after.shift),
        "end": (before.shift + before.length, after.shift + after.length),
        "title": (before.title, after.title),
        "description": (before.description, after.description),
        "resource_ids": (before.resource_ids, after.resource_ids),
    }
    return tuple(name for name, (old, new) in pairs.items() if old != new)
