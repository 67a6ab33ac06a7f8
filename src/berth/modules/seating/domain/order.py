"""What somebody holds and buys: seats, what they cost, and what has become of the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from berth.contracts.seating.orders import OrderLine
from berth.modules.seating.domain.performance import Plan
from berth.modules.seating.domain.seats.layout import Layout


class HoldState(StrEnum):
    """What has become of a hold."""

    ACTIVE = "active"
    RELEASED = "released"
    EXPIRED = "expired"
    ORDERED = "ordered"


@dataclass(frozen=True, slots=True)
class SeatHold:
    """Seats, and room in areas, that are kept for somebody until a time; once that may be put off."""

    id: int
    performance_id: int
    person_id: int
    places: tuple[int, ...]
    areas: Mapping[str, int]
    state: HoldState
    extended: bool
    expires_at: datetime
    created_at: datetime
    order_id: int | None

    @property
    def people(self) -> int:
        """Answer for how many people it is."""
        return len(self.places) + sum(self.areas.values())


class OrderState(StrEnum):
    """``pending`` until it is paid."""

    PENDING = "pending"
    PAID = "paid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody buys, or bought. ``returned_minor`` and ``kept_minor`` are known once payments has settled it."""

    id: int
    performance_id: int
    buyer_id: int
    hold_id: int
    places: tuple[int, ...]
    areas: Mapping[str, int]
    lines: tuple[OrderLine, ...]
    amount_minor: int
    currency: str
    state: OrderState
    due_at: datetime
    cancelled_by: str | None
    cancel_reason: str | None
    returned_minor: int | None
    kept_minor: int | None
    created_at: datetime
    changed_at: datetime

    @property
    def people(self) -> int:
        """Answer for how many people it is."""
        return len(self.places) + sum(self.areas.values())


@dataclass(frozen=True, slots=True)
class Ticket:
    """Lets one person in, once; ``void`` if its order was cancelled."""

    id: int
    order_id: int
    performance_id: int
    place: int | None
    seat: str
    code: str
    void: bool
    admitted_at: datetime | None


def lines_of(layout: Layout, plan: Plan, places: Sequence[int], areas: Mapping[str, int]) -> tuple[OrderLine, ...]:
    """Answer what these places cost: a line for each category of seats, and one for each area."""
    by_category: dict[str, list[int]] = {}
    for place in places:
        by_category.setdefault(layout.seats[place][1].category, []).append(place)
    lines = [
        _line("; ".join(layout.name_of(one) for one in found), len(found), plan.prices[category])
        for category, found in by_category.items()
    ]
    named = {one.key: one for one in layout.seat_map.areas}
    lines += [_line(named[key].name, people, plan.prices[named[key].category]) for key, people in areas.items()]
    return tuple(lines)


def _line(what: str, count: int, unit_minor: int) -> OrderLine:
    return OrderLine(what, count, unit_minor, count * unit_minor)


def printed(layout: Layout, places: Sequence[int], areas: Mapping[str, int]) -> list[tuple[int | None, str]]:
    """Answer the place and the words of each ticket: one for each person."""
    named = {one.key: one.name for one in layout.seat_map.areas}
    seated: list[tuple[int | None, str]] = [(place, layout.name_of(place)) for place in places]
    return seated + [(None, named[key]) for key, people in areas.items() for _ in range(people)]
