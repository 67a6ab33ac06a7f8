"""What happens to series, for whoever listens; booking tells it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class SeriesEvent(Event):
    """What happened to occurrences of a series: to ``count`` of them, the first of which the other members show."""

    series_id: int
    owner_id: int
    actor_id: int
    title: str
    resource_ids: tuple[int, ...]
    count: int
    reservation_id: int | None
    start: datetime | None
    end: datetime | None

    @property
    def subject(self) -> str:
        """Name the series."""
        return f"series/{self.series_id}"


@dataclass(frozen=True, slots=True)
class SeriesCreated(SeriesEvent):
    """Occurrences were reserved by a rule; those of ``awaiting`` have to be confirmed first."""

    type: ClassVar[str] = "berth.booking.series_created.v1"
    rule: str
    awaiting: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesChanged(SeriesEvent):
    """A series was changed; if only from one occurrence on, it is a new one, which goes on with ``previous_id``."""

    type: ClassVar[str] = "berth.booking.series_changed.v1"
    changes: tuple[str, ...]
    previous_id: int | None


@dataclass(frozen=True, slots=True)
class SeriesCancelled(SeriesEvent):
    """A series was given up: as a whole or, as ``scope`` says, from one occurrence on (``following``)."""

    type: ClassVar[str] = "berth.booking.series_cancelled.v1"
    scope: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class SeriesExtended(SeriesEvent):
    """Time went on, and more of a series was reserved; ``missed`` are the starts that could not be.

    ``reasons`` say of each of those why: ``busy`` or ``refused``. ``awaiting`` are as for a new series.
    """

    type: ClassVar[str] = "berth.booking.series_extended.v1"
    missed: tuple[datetime, ...]
    reasons: tuple[str, ...] = ()
    awaiting: tuple[int, ...] = ()
