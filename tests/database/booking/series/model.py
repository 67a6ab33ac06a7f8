"""What series should be, in plain Python: a list of reservations, and loops that look through it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass
class Occurrence:
    """A reservation of a series, as it should be, and as its series says."""

    id: int
    series: int
    room: int
    name: datetime
    start: datetime
    end: datetime
    title: str
    due_start: datetime
    due_title: str
    state: str = "ready"

    @property
    def own(self) -> bool:
        """Tell whether it is an exception."""
        return (self.start, self.title) != (self.due_start, self.due_title)


@dataclass
class Model:
    """All reservations, and the time that it is."""

    now: datetime
    occurrences: dict[int, Occurrence] = field(default_factory=dict)
    cancelled: set[int] = field(default_factory=set)

    def of(self, series: int) -> list[Occurrence]:
        """The occurrences of a series, by their names."""
        return sorted((one for one in self.occurrences.values() if one.series == series), key=lambda one: one.name)

    def ahead(self, series: int, since: Occurrence | None) -> list[Occurrence]:
        """Those of a series that may still be changed, from one on."""
        return [
            one
            for one in self.of(series)
            if one.state == "ready" and one.start > self.now and (since is None or one.name >= since.name)
        ]

    def following(self, series: int, since: Occurrence | None) -> list[Occurrence]:
        """Those that a change of the series concerns."""
        return [one for one in self.ahead(series, since) if not one.own]

    def concerned(self, series: int, since: Occurrence | None) -> list[Occurrence]:
        """Those of a series for which it says something else once it is changed from one on."""
        return [one for one in self.of(series) if since is None or one.name >= since.name]

    def taken(self, room: int, start: datetime, end: datetime, besides: set[int]) -> bool:
        """Tell whether something else than these is in a room at a time."""
        return any(
            one.room == room and one.start < end and start < one.end and one.state == "ready" and one.id not in besides
            for one in self.occurrences.values()
        )

    def stuck(self, moving: list[Occurrence], by: timedelta) -> set[int]:
        """Answer who cannot move by that much: whoever stays may be in the way of another, who then stays too."""
        stays: set[int] = set()
        while True:
            gone = {one.id for one in moving} - stays
            more = {
                one.id for one in moving if one.id in gone and self.taken(one.room, one.start + by, one.end + by, gone)
            }
            if not more:
                return stays
            stays |= more

    def series(self) -> Iterator[int]:
        """The series that go on, in order."""
        return iter(sorted({one.series for one in self.occurrences.values()} - self.cancelled))
