"""What a closing takes and answers over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from berth.kit.http.zone import YEAR_MAX, YEAR_MIN, Moment
from berth.modules.booking.api.models import Input, Named, Placed, Text
from berth.modules.booking.api.series.models import Day


class ClosingTime(Input):
    """When: a whole ``day`` on the resource's wall clock, or from ``start`` to ``end``."""

    day: Day | None = None
    start: Moment | None = None
    end: Moment | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "ClosingTime":
        if (self.day is None) == (self.start is None and self.end is None):
            raise ValueError("name a day, or start and end")
        if self.day is None and (self.start is None or self.end is None):
            raise ValueError("start and end are needed")
        if self.day is not None and not YEAR_MIN < self.day.year < YEAR_MAX:
            raise ValueError(f"a day lies between the years {YEAR_MIN} and {YEAR_MAX}")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("the end must lie after the start")
        return self


class ClosingOrder(ClosingTime):
    """When and why, and the ``digest`` of what was shown."""

    reason: Annotated[Text, Field(min_length=1, max_length=500)]
    digest: Annotated[Text, Field(min_length=1, max_length=64)]


class ClosingItem(BaseModel):
    """One thing in the way, and its ``outcome``.

    ``id`` is that of the ``kind``: of the hold, of the blackout, of the place in line to which something is offered,
    else of the reservation. A ``move`` is one of a reservation elsewhere that is not confirmed yet, with the time and
    the resources that it wants. What is moved is at the same time in ``to``; with ``confirm`` its confirmations are
    asked for there. ``why`` says why it is not moved.
    """

    kind: Literal["reservation", "hold", "offer", "move", "blackout"]
    id: int
    title: str
    state: str | None
    series_id: int | None
    start: datetime
    end: datetime
    resources: list[Placed]
    owner: Named | None
    outcome: Literal["move", "cancel", "stay"]
    to: Placed | None
    confirm: bool
    why: (
        Literal[
            "none-like",
            "none-free",
            "none-allowed",
            "not-held-elsewhere",
            "waits-on",
            "move-falls-away",
            "in-use",
            "closed",
        ]
        | None
    )


class ClosingCounts(BaseModel):
    """How many of all that is in the way are moved, cancelled and stay."""

    move: int
    cancel: int
    stay: int


class ClosingPreview(BaseModel):
    """What would be done now. Whoever confirms it sends the ``digest``."""

    resource: Placed
    start: datetime
    end: datetime
    digest: str
    counts: ClosingCounts
    items: list[ClosingItem]


class ClosingDone(BaseModel):
    """What was done; ``id`` is that of the blackout, which has no ``reason`` any more once it is lifted."""

    id: int
    resource: Placed
    start: datetime
    end: datetime
    reason: str | None
    counts: ClosingCounts
    items: list[ClosingItem]
