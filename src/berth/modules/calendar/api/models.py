"""What goes in and out of calendars over HTTP."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, model_validator

from berth.modules.calendar.domain.feed import FeedKind
from berth.modules.calendar.usecases.subscriptions import SubjectKind

FILE_LENGTH_MAX = 5 * 1024 * 1024


def _sayable(text: str) -> str:
    """Refuse what neither the database nor a calendar can hold."""
    if any(one < " " and one not in "\n\t" for one in text) or any("\ud800" <= one <= "\udfff" for one in text):
        raise ValueError("a text has no control characters")
    return text


def _storable(text: str) -> str:
    if "\0" in text or any("\ud800" <= one <= "\udfff" for one in text):
        raise ValueError("a calendar is a text without zero bytes")
    return text


Id = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
Label = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_sayable)]


class Input(BaseModel):
    """What is sent: members that nobody knows are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FeedCreate(Input):
    """What a feed is to show: of a person, a resource or a site, with titles or only as busy."""

    kind: FeedKind
    id: Id
    titles: StrictBool = False


class FeedShown(BaseModel):
    """A feed. ``read_at`` is when it was read last, to the hour."""

    id: int
    kind: FeedKind
    subject_id: int
    titles: bool
    created_by: int
    created_at: datetime
    read_at: datetime | None


class FeedMade(FeedShown):
    """A new feed, and the address under which anybody may read it, which is not shown again."""

    url: str


class FeedPage(BaseModel):
    """A page of feeds."""

    items: list[FeedShown]
    next_cursor: str | None


class AppPasswordCreate(Input):
    """What the password is for, such as the name of the telephone."""

    name: Label


class AppPasswordShown(BaseModel):
    """An app password. ``used_at`` is when it was used last, to the hour."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


class AppPasswordMade(AppPasswordShown):
    """A new app password, which is not shown again, with what a calendar program asks for beside it."""

    password: str
    username: str
    url: str


class AppPasswordPage(BaseModel):
    """All app passwords of a person."""

    items: list[AppPasswordShown]
    next_cursor: str | None


class SubscriptionCreate(Input):
    """A calendar from outside: at an address, or as the text of a file."""

    kind: SubjectKind
    id: Id
    name: Label
    url: Annotated[str | None, Field(min_length=1, max_length=2000), AfterValidator(lambda it: it and _sayable(it))] = (
        None
    )
    file: Annotated[str | None, Field(max_length=FILE_LENGTH_MAX), AfterValidator(lambda it: it and _storable(it))] = (
        None
    )

    @model_validator(mode="after")
    def _one_source(self) -> "SubscriptionCreate":
        if (self.url is None) == (self.file is None):
            raise ValueError("give either url or file")
        return self


class SubscriptionShown(BaseModel):
    """A subscription. ``url`` is null for a file.

    ``fetched_at`` is when its server last said how it is, ``lag_seconds`` how long that is ago, ``tried_at`` when it
    was last asked, and ``error`` why that failed; what was busy stays busy meanwhile.
    """

    id: int
    kind: SubjectKind
    subject_id: int
    name: str
    url: str | None
    created_by: int
    created_at: datetime
    fetched_at: datetime | None
    lag_seconds: int | None
    tried_at: datetime | None
    error: str | None


class SubscriptionPage(BaseModel):
    """A page of subscriptions."""

    items: list[SubscriptionShown]
    next_cursor: str | None


class Conflict(BaseModel):
    """A reservation that stands where the resource is said to be busy."""

    reservation_id: int
    owner_id: int
    title: str
    start: datetime
    end: datetime
    busy_start: datetime
    busy_end: datetime


class Conflicts(BaseModel):
    """All of them, up to 5,000."""

    items: list[Conflict]
    next_cursor: str | None


class OwnBusyShown(BaseModel):
    """A busy time of one's own, and the subscription that says so."""

    subscription_id: int
    start: datetime
    end: datetime
    title: str


class OwnBusyPage(BaseModel):
    """All of them, up to 5,000."""

    items: list[OwnBusyShown]
    next_cursor: str | None
