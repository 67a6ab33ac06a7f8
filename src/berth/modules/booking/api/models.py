"""What booking takes and answers over HTTP."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, NaiveDatetime, model_validator

from berth.contracts.catalog import ResourceQuery
from berth.kit.http.zone import Moment
from berth.modules.booking.domain.reservation import Request

Id = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
Title = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Description = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
StateName = Literal["held", "pending", "ready", "in_use", "finished", "cancelled", "expired", "no_show"]

RESOURCES_MAX = 50


class Input(BaseModel):
    """The base of what booking takes: nothing that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AnyOf(Input):
    """A search; the smallest resource that fits and is free is taken."""

    text: Annotated[Text | None, Field(max_length=200)] = None
    kind: Annotated[Text | None, Field(max_length=50)] = None
    tags: Annotated[tuple[Text, ...], Field(max_length=50)] = ()
    site_id: Id | None = None
    capacity_min: Annotated[int | None, Field(strict=True, ge=1, le=1_000_000)] = None

    def query(self) -> ResourceQuery:
        """Answer the search in catalog's terms."""
        return ResourceQuery(
            text=self.text,
            kind=self.kind,
            tags=self.tags,
            site_id=self.site_id,
            capacity_min=self.capacity_min,
        )


class Target(Input):
    """What is wanted: one resource, several together, or any one that fits."""

    resource_id: Id | None = None
    resource_ids: Annotated[tuple[Id, ...] | None, Field(min_length=1, max_length=RESOURCES_MAX)] = None
    any_of: AnyOf | None = None

    @property
    def ids(self) -> tuple[int, ...]:
        """Answer the resources that are named, in the order in which they are read again."""
        return tuple(sorted(self.resource_ids or ())) or ((self.resource_id,) if self.resource_id is not None else ())

    @property
    def query(self) -> ResourceQuery | None:
        """Answer the search, if there is one."""
        return self.any_of.query() if self.any_of is not None else None

    def named_once(self) -> None:
        """Raise ``ValueError`` unless exactly one way of naming was taken."""
        named = (self.resource_id is not None) + (self.resource_ids is not None) + (self.any_of is not None)
        if named != 1:
            raise ValueError("name exactly one of resource_id, resource_ids or any_of")
        if self.resource_ids is not None and len(set(self.resource_ids)) < len(self.resource_ids):
            raise ValueError("each resource may be named once")


class ReservationCreate(Target):
    """A wish for one resource, for several together, or for any one that fits; or for what the caller holds.

    ``start`` and ``end`` are needed but for a hold, which has its own time and resources.
    """

    hold_id: Id | None = None
    start: Moment | None = None
    end: Moment | None = None
    title: Title = ""
    description: Description | None = None
    owner_id: Id | None = None

    @model_validator(mode="after")
    def _whole(self) -> "ReservationCreate":
        if self.hold_id is not None:
            others = (self.resource_id, self.resource_ids, self.any_of, self.start, self.end, self.owner_id)
            if any(one is not None for one in others):
                raise ValueError("a hold has its resources, its time and its owner: name none of them beside hold_id")
            return self
        self.named_once()
        if self.start is None or self.end is None:
            raise ValueError("start and end are needed")
        if self.start >= self.end:
            raise ValueError("the end must lie after the start")
        return self

    def request(self) -> Request:
        """Answer the wish as the rules take it; one for a hold is none of these."""
        if self.start is None or self.end is None:
            raise ValueError("what is held is not requested anew")
        return Request(
            resource_ids=self.ids,
            any_of=self.query,
            start=self.start,
            end=self.end,
            title=self.title,
            description=self.description,
            owner_id=self.owner_id,
        )


class ReservationChange(Input):
    """What is to be different; what is left out stays."""

    start: Moment | None = None
    end: Moment | None = None
    title: Title | None = None
    description: Description | None = None
    resource_ids: Annotated[tuple[Id, ...] | None, Field(min_length=1, max_length=RESOURCES_MAX)] = None

    @model_validator(mode="after")
    def _whole(self) -> "ReservationChange":
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("the end must lie after the start")
        if self.resource_ids is not None and len(set(self.resource_ids)) < len(self.resource_ids):
            raise ValueError("each resource may be named once")
        return self


class Cancellation(Input):
    """Why a reservation is given up."""

    reason: Annotated[Text | None, Field(max_length=500)] = None


class BlackoutCreate(Input):
    """Resources to close for a time."""

    resource_ids: Annotated[tuple[Id, ...], Field(min_length=1, max_length=500)]
    start: Moment
    end: Moment
    reason: Annotated[Text, Field(min_length=1, max_length=500)]

    @model_validator(mode="after")
    def _whole(self) -> "BlackoutCreate":
        if self.start >= self.end:
            raise ValueError("the end must lie after the start")
        if len(set(self.resource_ids)) < len(self.resource_ids):
            raise ValueError("each resource may be named once")
        return self


class Named(BaseModel):
    """A resource or person, as far as a reservation says."""

    id: int
    name: str


class Placed(Named):
    """A resource, with the zone of the wall clock that hangs there."""

    timezone: str


class ReservationShown(BaseModel):
    """A reservation. ``start`` and ``end`` exclude set-up and tear-down.

    Of a series it is the ``occurrence`` to which the rule gives this wall-clock time.
    """

    id: int
    state: StateName
    start: datetime
    end: datetime
    title: str
    description: str | None
    resources: list[Placed]
    owner: Named
    version: int
    cancel_reason: str | None
    created_at: datetime
    series_id: int | None
    occurrence: NaiveDatetime | None


class ConfirmationShown(BaseModel):
    """What a reservation waits for, or has: ``state`` is asked, given, refused or on its way back."""

    step: Literal["approval", "quota", "access", "payment"]
    state: Literal["asked", "given", "refused", "withdrawn", "undone", "closing", "closed", "replaced"]
    due_at: datetime | None


class MoveShown(BaseModel):
    """The slot that a reservation is moved to once it is confirmed; until then both are held."""

    id: int
    start: datetime
    end: datetime
    resources: list[Placed]
    confirmations: list[ConfirmationShown]


class ReservationDetail(ReservationShown):
    """A reservation with what is under way for it.

    One may check in from ``check_in_from``; who has not by ``no_show_at`` loses the slot.
    """

    confirmations: list[ConfirmationShown]
    move: MoveShown | None
    check_in_from: datetime
    no_show_at: datetime | None


class ReservationPage(BaseModel):
    """A page of reservations."""

    items: list[ReservationShown]
    next_cursor: str | None


class ChangeShown(BaseModel):
    """One entry of a history: what changed, who did it, and the members before and after."""

    version: int
    what: str
    actor: Named
    before: dict[str, Any]
    after: dict[str, Any]
    changed_at: datetime


class History(BaseModel):
    """All that happened to a reservation, oldest first."""

    items: list[ChangeShown]
    next_cursor: None


class BlackoutShown(BaseModel):
    """Resources that are closed for a time; if it is a ``closing``, what that did is told by itself."""

    id: int
    resource_ids: list[int]
    start: datetime
    end: datetime
    reason: str
    closing: bool


class BlackoutPage(BaseModel):
    """A page of blackouts."""

    items: list[BlackoutShown]
    next_cursor: str | None
