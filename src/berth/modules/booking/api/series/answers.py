"""What series answer over HTTP."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from berth.modules.booking.api.models import Named, Placed, StateName
from berth.modules.booking.api.series.models import Name


class InTheWayShown(BaseModel):
    """What occupies a resource; by whom is not said."""

    resource_id: int
    start: datetime
    end: datetime
    kind: Literal["reservation", "blackout"]


class RefusalShown(BaseModel):
    """A rule that refuses."""

    resource_id: int
    resource: str
    rule: str
    limit: int | None
    message: str


class AnotherShown(BaseModel):
    """What could be had instead."""

    resource_id: int
    resource: str
    start: datetime
    end: datetime


class LookShown(BaseModel):
    """An occurrence, and whether it can be."""

    occurrence: Name
    start: datetime
    end: datetime
    status: Literal["free", "busy", "refused"]
    busy: list[InTheWayShown]
    refusals: list[RefusalShown]
    alternative: AnotherShown | None


class OnHoliday(BaseModel):
    """An occurrence that is passed over, and the holiday on which it falls."""

    occurrence: Name
    holiday: str


class PreviewShown(BaseModel):
    """Every occurrence that would be placed now; those behind ``considered_until`` follow as time goes on."""

    rule: str
    timezone: str
    items: list[LookShown]
    holidays: list[OnHoliday]
    counts: dict[str, int]
    considered_until: Name


class MissedShown(BaseModel):
    """An occurrence that could not be placed as time went on."""

    occurrence: Name
    why: Literal["busy", "refused"]


class SeriesShown(BaseModel):
    """A series. ``begins`` and ``ends_before`` bound it; it takes place ``shift_minutes`` after what its rule gives."""

    id: int
    state: Literal["active", "cancelled"]
    title: str
    description: str | None
    rule: str
    timezone: str
    starts: Name
    minutes: int
    shift_minutes: int
    begins: Name | None
    ends_before: Name | None
    exdates: list[Name]
    rdates: list[Name]
    term_id: int | None
    skip_holidays: bool
    placed_until: Name | None
    missed: list[MissedShown]
    resources: list[Placed]
    owner: Named
    previous_id: int | None
    version: int
    cancel_reason: str | None
    created_at: datetime


class OccurrenceShown(BaseModel):
    """An occurrence that was placed; ``exception`` tells one that is not as its series says."""

    occurrence: Name
    reservation_id: int
    state: StateName
    start: datetime
    end: datetime
    title: str
    resource_ids: list[int]
    exception: bool


class PassedShown(BaseModel):
    """An occurrence that was not placed: its slot is taken, rules refuse it, or it was chosen so."""

    occurrence: Name
    start: datetime
    end: datetime
    why: Literal["busy", "refused", "chosen"]


class SeriesDetail(SeriesShown):
    """A series with its occurrences, those that are over among them."""

    occurrences: list[OccurrenceShown]


class SeriesMade(SeriesDetail):
    """A new or changed series, with what was passed over."""

    passed: list[PassedShown]


class SeriesPage(BaseModel):
    """A page of series, the newest first."""

    items: list[SeriesShown]
    next_cursor: str | None
