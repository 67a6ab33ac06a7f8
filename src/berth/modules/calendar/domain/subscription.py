"""Subscriptions: calendars from outside that say when a resource or a person is busy."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from berth.modules.calendar.domain.reading.expanding import Span

WHOLE_READ_EVERY = timedelta(hours=20)
"""How long "not changed" is believed: time goes on, and recurrences come into reach that were not before."""
DAYS_AHEAD = 366


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription of a ``resource`` or a ``person``; without ``url`` its calendar is an uploaded file.

    ``read_at`` is when it was read as a whole, ``fetched_at`` when its server last said how it is, ``tried_at`` when
    that was last tried, and ``error`` why it failed.
    """

    id: int
    kind: str
    subject_id: int
    name: str
    url: str | None
    created_by: int
    created_at: datetime
    number: int
    etag: str | None
    last_modified: str | None
    read_at: datetime | None
    fetched_at: datetime | None
    tried_at: datetime | None
    error: str | None
    removed_at: datetime | None

    @property
    def source(self) -> str:
        """Answer what booking knows it by."""
        return f"calendar/{self.id}"

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether it suffices to hear that the calendar has not changed."""
        return self.read_at is not None and now - self.read_at < WHOLE_READ_EVERY


def span(now: datetime) -> Span:
    """Answer the time that is read of a calendar: from yesterday on, so that what is under way keeps its start."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return Span(today - timedelta(days=1), today + timedelta(days=DAYS_AHEAD))
