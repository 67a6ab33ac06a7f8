"""What somebody wants of a series that does not exist yet, and what comes of each of its occurrences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from berth.contracts.catalog import Holiday, Resource
from berth.modules.booking.domain.policy import Refusal
from berth.modules.booking.domain.reservation import Busy
from berth.modules.booking.domain.series.value import Occurrence, Series


class Conflicts(StrEnum):
    """What becomes of an occurrence that cannot be as the rule says: of all of them, unless chosen one by one."""

    FAIL = "fail"
    SKIP = "skip"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted of one occurrence: that it is passed over, or takes place at another time or elsewhere."""

    occurrence: datetime
    skip: bool = False
    start: datetime | None = None
    end: datetime | None = None
    resource_id: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesWish:
    """A series to be: its first occurrence, its rule, and what is to become of what is in the way."""

    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    rule: str
    exdates: tuple[date | datetime, ...] = ()
    rdates: tuple[date | datetime, ...] = ()
    term_id: int | None = None
    skip_holidays: bool = True
    title: str = ""
    description: str | None = None
    owner_id: int | None = None
    conflicts: Conflicts = Conflicts.FAIL
    choices: tuple[Choice, ...] = ()


class Place(NamedTuple):
    """Where and when an occurrence is to be; without ``needed`` it may be left out."""

    occurrence: Occurrence
    start: datetime
    end: datetime
    resources: tuple[Resource, ...]
    needed: bool = True
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Another:
    """What an occurrence could have instead: another time of its day, or a resource like its own."""

    resource_id: int
    resource: str
    start: datetime
    end: datetime


class Look(NamedTuple):
    """An occurrence against the calendar and the rules: what is in its way, and what it could have instead."""

    place: Place
    busy: tuple[Busy, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    alternative: Another | None = None

    @property
    def status(self) -> str:
        """Answer ``free``, ``busy`` or ``refused``."""
        if self.refusals:
            return "refused"
        return "busy" if self.busy else "free"


@dataclass(frozen=True, slots=True)
class Plan:
    """The occurrences of a series that can be placed now, and those that fall on holidays.

    Up to ``considered``, the name of the last one, each is among them; what is behind is for a later time.
    """

    series: Series
    resources: tuple[Resource, ...]
    occurrences: tuple[Occurrence, ...]
    holidays: tuple[tuple[Occurrence, Holiday], ...]
    considered: datetime | None

    def places(self) -> list[Place]:
        """Answer where the occurrences are to be by the rule."""
        return [Place(one, one.start, one.end, self.resources) for one in self.occurrences]


@dataclass(frozen=True, slots=True)
class Passed:
    """An occurrence that was not placed, and why: ``busy``, ``refused`` or ``chosen``."""

    place: Place
    why: str


def in_the_way(looks: Sequence[Look]) -> list[Look]:
    """Answer those that cannot be as they are."""
    return [one for one in looks if one.status != "free"]
