"""What series take over HTTP."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, NaiveDatetime, model_validator

from berth.kit.http.zone import Moment
from berth.modules.booking.api.models import (
    RESOURCES_MAX,
    Description,
    Id,
    Input,
    Text,
    Title,
)
from berth.modules.booking.domain.series.value import PLACED_MAX
from berth.modules.booking.domain.series.wish import Choice, Conflicts, SeriesWish

DATES_MAX = 500
DAY_LENGTH = len("2027-03-02")


def _day(written: object) -> object:
    """Refuse what pydantic takes for a day besides: midnight in UTC is an instant, and no day of the zone."""
    if isinstance(written, str) and len(written) == DAY_LENGTH:
        return written
    raise ValueError("write a day such as 2027-03-02")


Day = Annotated[
    date,
    BeforeValidator(_day),
    Field(description="A day such as `2027-03-02`: at the time of the start."),
]
When = Annotated[Day | Moment, Field(union_mode="left_to_right")]
Name = Annotated[
    NaiveDatetime,
    Field(description="The name of an occurrence: the wall-clock time that the rule gives it, without an offset."),
]
ConflictsName = Literal["fail", "skip", "alternative"]
ScopeName = Literal["this", "following", "all"]


class ChoiceInput(Input):
    """What is wanted of one occurrence: that it is passed over, or takes place at another time or elsewhere."""

    occurrence: Name
    skip: bool = False
    start: Moment | None = None
    end: Moment | None = None
    resource_id: Id | None = None

    @model_validator(mode="after")
    def _whole(self) -> "ChoiceInput":
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("the end must lie after the start")
        if self.end is not None and self.start is None:
            raise ValueError("an end goes with a start")
        return self

    def choice(self) -> Choice:
        """Answer the choice as the rules take it."""
        return Choice(self.occurrence, self.skip, self.start, self.end, self.resource_id)


class SeriesPreview(Input):
    """A series: its first occurrence, its rule (RFC 5545), and what it is not to be on.

    With ``term_id`` it recurs within a term of the resource's site, and the rule has neither UNTIL nor COUNT.
    """

    resource_id: Id | None = None
    resource_ids: Annotated[tuple[Id, ...] | None, Field(min_length=1, max_length=RESOURCES_MAX)] = None
    start: Moment
    end: Moment
    rule: Annotated[Text, Field(min_length=1, max_length=500, examples=["FREQ=WEEKLY;BYDAY=TU;COUNT=10"])]
    term_id: Id | None = None
    exdates: Annotated[tuple[When, ...], Field(max_length=DATES_MAX)] = ()
    rdates: Annotated[tuple[When, ...], Field(max_length=DATES_MAX)] = ()
    skip_holidays: bool = True
    owner_id: Id | None = None

    @model_validator(mode="after")
    def _whole(self) -> "SeriesPreview":
        if (self.resource_id is None) == (self.resource_ids is None):
            raise ValueError("name exactly one of resource_id or resource_ids")
        if self.resource_ids is not None and len(set(self.resource_ids)) < len(self.resource_ids):
            raise ValueError("each resource may be named once")
        if self.start >= self.end:
            raise ValueError("the end must lie after the start")
        if (self.end - self.start).days > 31:
            raise ValueError("an occurrence lasts 31 days at most")
        return self

    def wish(self) -> SeriesWish:
        """Answer the wish as the rules take it, its resources in the order in which they are read again."""
        ids = (self.resource_id,) if self.resource_id is not None else tuple(sorted(self.resource_ids or ()))
        return SeriesWish(
            resource_ids=ids,
            start=self.start,
            end=self.end,
            rule=self.rule,
            exdates=self.exdates,
            rdates=self.rdates,
            term_id=self.term_id,
            skip_holidays=self.skip_holidays,
            owner_id=self.owner_id,
        )


class SeriesCreate(SeriesPreview):
    """A series to reserve. ``conflicts`` says what becomes of occurrences that cannot be as the rule says.

    ``choices`` say it of single ones, by the names that the preview gives them.
    """

    title: Title = ""
    description: Description | None = None
    conflicts: ConflictsName = "fail"
    choices: Annotated[tuple[ChoiceInput, ...], Field(max_length=PLACED_MAX)] = ()

    @model_validator(mode="after")
    def _chosen_once(self) -> "SeriesCreate":
        if len({one.occurrence for one in self.choices}) < len(self.choices):
            raise ValueError("each occurrence may be chosen once")
        return self

    def wish(self) -> SeriesWish:
        """Answer the wish as the rules take it."""
        drawn = SeriesPreview.wish(self)
        return SeriesWish(
            **{name: getattr(drawn, name) for name in DRAWN},
            title=self.title,
            description=self.description,
            conflicts=Conflicts(self.conflicts),
            choices=tuple(sorted((one.choice() for one in self.choices), key=lambda one: one.occurrence)),
        )


DRAWN = (
    "resource_ids",
    "start",
    "end",
    "rule",
    "exdates",
    "rdates",
    "term_id",
    "skip_holidays",
    "owner_id",
)
"""The members of a wish that a preview has, too."""


class SeriesChange(Input):
    """What is to be different, and where.

    ``reservation_id`` names the occurrence that is meant, or from which on it is (``following``). A new ``start`` is
    that occurrence's; the others are moved by as much on the wall clock. ``skip`` leaves those that cannot be moved.
    """

    scope: ScopeName
    reservation_id: Id | None = None
    start: Moment | None = None
    end: Moment | None = None
    title: Title | None = None
    description: Description | None = None
    resource_ids: Annotated[tuple[Id, ...] | None, Field(min_length=1, max_length=RESOURCES_MAX)] = None
    conflicts: Literal["fail", "skip"] = "fail"

    @model_validator(mode="after")
    def _whole(self) -> "SeriesChange":
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise ValueError("the end must lie after the start")
        if self.reservation_id is None and (self.scope != "all" or self.start or self.end):
            raise ValueError("name the occurrence by its reservation_id")
        if self.resource_ids is not None and len(set(self.resource_ids)) < len(self.resource_ids):
            raise ValueError("each resource may be named once")
        return self


class SeriesCancellation(Input):
    """Which occurrences are given up, and why."""

    scope: ScopeName
    reservation_id: Id | None = None
    reason: Annotated[Text | None, Field(max_length=500)] = None

    @model_validator(mode="after")
    def _whole(self) -> "SeriesCancellation":
        if self.reservation_id is None and self.scope != "all":
            raise ValueError("name the occurrence by its reservation_id")
        return self
