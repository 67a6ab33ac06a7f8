"""What the sale of seats takes and answers over HTTP."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StrictBool, model_validator

from berth.kit.http.zone import Moment
from berth.modules.seating.api.models import Id, Input, Key, Line
from berth.modules.seating.domain.performance import Plan
from berth.modules.seating.domain.seats.choosing import Wanted
from berth.modules.seating.usecases.holding import SeatWish

SEATS_AT_ONCE = 1000
NULLABLE = frozenset({"description", "admitted_max"})

SeatId = Annotated[str, Field(min_length=5, max_length=92, description="`section/row/seat`, as the map names them.")]
Minor = Annotated[int, Field(strict=True, ge=0, le=10**9, description="Minor units of the currency.")]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="A code of ISO 4217.")]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Count = Annotated[int, Field(strict=True, ge=1, le=SEATS_AT_ONCE)]
Hours = Annotated[int, Field(strict=True, ge=0, le=8760)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Minutes = Annotated[int, Field(strict=True, ge=1, le=1440)]


class PerformanceCreate(Input):
    """Something to be on in a venue."""

    venue_id: Id
    name: Line
    description: Text | None = None
    start: Moment
    end: Moment
    sales_start: Moment
    sales_end: Moment
    currency: Currency
    prices: Annotated[dict[Key, Minor], Field(max_length=100)]
    seats_per_person: Count = 8
    hold_minutes: Minutes = 10
    no_single_seats: StrictBool = False
    free_until_hours: Hours = 24
    kept_percent: Percent = 0
    admitted_max: Count | None = None

    def plan(self) -> Plan:
        """Answer it as the rules take it."""
        return Plan(**self.model_dump(exclude={"venue_id"}))


class PerformanceChange(Input):
    """What is to be another; what is left out stays. Only ``description`` and ``admitted_max`` may be null."""

    name: Line | None = None
    description: Text | None = None
    start: Moment | None = None
    end: Moment | None = None
    sales_start: Moment | None = None
    sales_end: Moment | None = None
    prices: Annotated[dict[Key, Minor], Field(max_length=100)] | None = None
    seats_per_person: Count | None = None
    hold_minutes: Minutes | None = None
    no_single_seats: StrictBool | None = None
    free_until_hours: Hours | None = None
    kept_percent: Percent | None = None
    admitted_max: Count | None = None

    @model_validator(mode="after")
    def _not_null(self) -> "PerformanceChange":
        null = [one for one in self.model_fields_set - NULLABLE if getattr(self, one) is None]
        if null:
            raise ValueError(f"{', '.join(sorted(null))} may not be null")
        return self

    def changes(self) -> dict[str, Any]:
        """Answer what was named."""
        return self.model_dump(exclude_unset=True)


class PerformanceCancel(Input):
    """Why a performance does not take place."""

    reason: Line


class PerformanceShown(BaseModel):
    """A performance, and how many people's places are free, held, sold and blocked."""

    id: int
    name: str
    description: str | None
    venue_id: int
    resource_id: int
    start: datetime
    end: datetime
    timezone: str
    sales_start: datetime
    sales_end: datetime
    currency: str
    prices: dict[str, int]
    seats_per_person: int
    hold_minutes: int
    no_single_seats: bool
    free_until_hours: int
    kept_percent: int
    admitted_max: int | None
    state: str
    cancel_reason: str | None
    map_version: int
    capacity: int
    free: int
    held: int
    sold: int
    blocked: int
    on_sale: bool
    version: int


class PerformancePage(BaseModel):
    """A page of performances."""

    items: list[PerformanceShown]
    next_cursor: str | None


class AreaShown(BaseModel):
    """How an area stands."""

    key: str
    capacity: int
    taken: int


class SeatsShown(BaseModel):
    """How all seats stand by place, and the places that the caller holds or bought."""

    states: str
    areas: list[AreaShown]
    mine: list[int]


class SeatsBlock(Input):
    """Seats to be taken out of the sale, or put back."""

    seats: Annotated[list[SeatId], Field(min_length=1, max_length=SEATS_AT_ONCE)]
    blocked: StrictBool = True


class SeatsBlocked(BaseModel):
    """The seats that were."""

    seats: list[str]
    blocked: bool


class Best(Input):
    """So many seats beside each other, the best that are free."""

    count: Count
    category: Key | None = None
    section: Key | None = None
    accessible: StrictBool = False


class SeatHoldCreate(Input):
    """What is to be held: ``seats`` by their ids or the ``best``, and people in ``areas``."""

    performance_id: Id
    seats: Annotated[list[SeatId], Field(max_length=SEATS_AT_ONCE, default_factory=list)]
    best: Best | None = None
    areas: Annotated[dict[Key, Count], Field(max_length=100, default_factory=dict)]

    @model_validator(mode="after")
    def _one_way(self) -> "SeatHoldCreate":
        if self.seats and self.best:
            raise ValueError("name seats or ask for the best, not both")
        if not (self.seats or self.best or self.areas):
            raise ValueError("say which seats, how many of the best, or how many in which area")
        return self

    def wish(self) -> SeatWish:
        """Answer it as the verbs take it."""
        best = Wanted(**self.best.model_dump()) if self.best else None
        return SeatWish(self.performance_id, tuple(self.seats), best, self.areas)


class SeatShown(BaseModel):
    """A seat that is held or bought, and what it costs."""

    id: str
    place: int
    name: str
    category: str
    price_minor: int


class SeatHoldShown(BaseModel):
    """Seats that are yours until ``expires_at``; ``seconds_left`` is how long that is."""

    id: int
    performance_id: int
    seats: list[SeatShown]
    areas: dict[str, int]
    amount_minor: int
    currency: str
    expires_at: datetime
    seconds_left: int
    extended: bool
    created_at: datetime


class SeatHoldList(BaseModel):
    """All that one holds."""

    items: list[SeatHoldShown]
    next_cursor: None


class OrderCreate(Input):
    """What is held, to be bought."""

    hold_id: Id


class OrderCancel(Input):
    """Why an order is given up."""

    reason: Line = "Given up."


class OrderLineShown(BaseModel):
    """What some of an order costs."""

    what: str
    count: int
    unit_minor: int
    amount_minor: int


class TicketShown(BaseModel):
    """A ticket; its code opens the door once."""

    id: int
    seat: str
    code: str
    void: bool
    admitted_at: datetime | None


class OrderShown(BaseModel):
    """An order. While it is ``pending`` it is paid for by ``due_at``; once ``paid`` there are tickets."""

    id: int
    performance_id: int
    performance: str
    start: datetime
    end: datetime
    timezone: str
    buyer_id: int
    state: str
    seats: list[SeatShown]
    areas: dict[str, int]
    lines: list[OrderLineShown]
    amount_minor: int
    currency: str
    due_at: datetime
    cancelled_by: str | None
    cancel_reason: str | None
    returned_minor: int | None
    kept_minor: int | None
    created_at: datetime
    tickets: list[TicketShown]


class OrderPage(BaseModel):
    """A page of orders, the newest first."""

    items: list[OrderShown]
    next_cursor: str | None
