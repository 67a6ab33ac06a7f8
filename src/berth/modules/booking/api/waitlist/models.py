"""What the waitlist takes and answers over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from berth.kit.http.zone import Moment
from berth.modules.booking.api.models import Description, Named, Placed, Target, Title
from berth.modules.booking.domain.waitlist.entry import Wanted

EntryStateName = Literal["waiting", "offered", "accepted", "declined", "lapsed", "left", "expired"]
MINUTES_MAX = 7 * 24 * 60


class Join(Target):
    """What to wait for: a time exactly as it is or, with ``minutes``, any of that length within it."""

    start: Moment
    end: Moment
    minutes: Annotated[int | None, Field(strict=True, ge=1, le=MINUTES_MAX)] = None
    people: Annotated[int, Field(strict=True, ge=1, le=1_000_000, description="How many have to find room.")] = 1
    title: Title = ""
    description: Description | None = None

    @model_validator(mode="after")
    def _whole(self) -> "Join":
        self.named_once()
        if self.start >= self.end:
            raise ValueError("the end must lie after the start")
        return self

    def wish(self) -> Wanted:
        """Answer the wish as the rules take it."""
        return Wanted(
            resource_ids=self.ids,
            any_of=self.query,
            start=self.start,
            end=self.end,
            minutes=self.minutes,
            people=self.people,
            title=self.title,
            description=self.description,
        )


class AnyShown(BaseModel):
    """The search that any one resource has to fit."""

    text: str | None
    kind: str | None
    tags: list[str]
    site_id: int | None
    capacity_min: int | None


class OfferMade(BaseModel):
    """The slot that is kept for you until ``expires_at``; who accepts it gets the reservation of its number."""

    id: int
    start: datetime
    end: datetime
    resources: list[Placed]
    offered_at: datetime
    expires_at: datetime


class WaitlistEntryShown(BaseModel):
    """A place in the waitlist.

    ``position`` is 1 for who is next of those that wait for an overlapping time of the same resources; nobody else has
    one. Of a search, ``resources`` are some of those that fit. ``closes_at`` is when there is nothing left to wait for.
    """

    id: int
    state: EntryStateName
    position: int | None
    start: datetime
    end: datetime
    minutes: int | None
    people: int
    title: str
    description: str | None
    resources: list[Placed]
    any_of: AnyShown | None
    owner: Named
    offer: OfferMade | None
    reservation_id: int | None
    closes_at: datetime
    created_at: datetime


class WaitlistPage(BaseModel):
    """A page of the waitlist, in the order in which people joined."""

    items: list[WaitlistEntryShown]
    next_cursor: str | None
