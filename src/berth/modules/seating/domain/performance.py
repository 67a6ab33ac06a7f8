"""What is on in a venue: when, for how much, and who may buy what when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PerformanceState(StrEnum):
    """``opening`` until the venue's resource is known to be free for it."""

    OPENING = "opening"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Known:
    """What those who have tickets are told of a performance, and told again when it changes."""

    name: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What administrators say of a performance. Prices are minor units by category, one for each of the map.

    ``seats_per_person`` counts everybody without a seat, too. Given up by its buyer, an order costs nothing until
    ``free_until_hours`` before the start, and then ``kept_percent``. Of more than ``admitted_max`` people at once, the
    rest waits outside.
    """

    name: str
    description: str | None
    start: datetime
    end: datetime
    sales_start: datetime
    sales_end: datetime
    currency: str
    prices: Mapping[str, int]
    seats_per_person: int = 8
    hold_minutes: int = 10
    no_single_seats: bool = False
    free_until_hours: int = 24
    kept_percent: int = 0
    admitted_max: int | None = None

    @property
    def known(self) -> Known:
        """Answer what those who have tickets know of it."""
        return Known(self.name, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Performance:
    """Something that is on; its seats are those of ``map_version`` of the venue's map, ``venue`` is that one's name."""

    id: int
    version: int
    venue_id: int
    venue: str
    map_version: int
    resource_id: int
    timezone: str
    plan: Plan
    state: PerformanceState
    cancel_reason: str | None
    created_by: int
    created_at: datetime

    def why_not_on_sale(self, now: datetime) -> str | None:
        """Answer why nothing can be bought now, in a sentence; nothing if it can."""
        if self.state is not PerformanceState.SCHEDULED:
            return f"{self.plan.name} is {self.state}."
        if now < self.plan.sales_start:
            return f"The sale of {self.plan.name} has not begun yet."
        if now >= self.plan.sales_end:
            return f"The sale of {self.plan.name} is over."
        return None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people's places are in which state."""

    free: int = 0
    held: int = 0
    sold: int = 0
    blocked: int = 0

    @property
    def capacity(self) -> int:
        """Answer how many people there is room for."""
        return self.free + self.held + self.sold + self.blocked


def faults_of(plan: Plan, categories: frozenset[str]) -> list[str]:
    """Answer what is wrong with a plan, each in a sentence; ``categories`` are those of the seat map."""
    found = []
    if plan.start >= plan.end:
        found.append("The end must lie after the start.")
    if plan.sales_start >= plan.sales_end:
        found.append("The sale must end after it begins.")
    if plan.sales_end > plan.end:
        found.append("The sale must end before the performance does.")
    missing = sorted(categories - plan.prices.keys())
    if missing:
        found.append(f"There is no price for {', '.join(missing)}.")
    unknown = sorted(plan.prices.keys() - categories)
    if unknown:
        found.append(f"The seat map has no category {', '.join(unknown)}.")
    return found
