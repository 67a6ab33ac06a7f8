"""What people do with calendars: events that never hold a secret, nor an address that might be one."""

from dataclasses import dataclass
from typing import ClassVar

from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class FeedEvent(Event):
    """The base of what happens to a private address of a calendar; ``kind`` and ``subject_id`` say what it shows."""

    feed_id: int
    actor_id: int
    kind: str
    subject_id: int
    titles: bool

    @property
    def subject(self) -> str:
        """Name the feed."""
        return f"feed/{self.feed_id}"


@dataclass(frozen=True, slots=True)
class FeedCreated(FeedEvent):
    """Somebody has a private address under which anybody reads a calendar."""

    type: ClassVar[str] = "berth.calendar.feed_created.v1"


@dataclass(frozen=True, slots=True)
class FeedRevoked(FeedEvent):
    """Nothing is read under a private address any more."""

    type: ClassVar[str] = "berth.calendar.feed_revoked.v1"


@dataclass(frozen=True, slots=True)
class AppPasswordEvent(Event):
    """The base of what happens to a password that a person gave to a calendar program."""

    app_password_id: int
    actor_id: int
    person_id: int
    name: str

    @property
    def subject(self) -> str:
        """Name the password, by its number."""
        return f"app_password/{self.app_password_id}"


@dataclass(frozen=True, slots=True)
class AppPasswordCreated(AppPasswordEvent):
    """A calendar program may read what its person reserved."""

    type: ClassVar[str] = "berth.calendar.app_password_created.v1"


@dataclass(frozen=True, slots=True)
class AppPasswordRevoked(AppPasswordEvent):
    """A calendar program may not any more."""

    type: ClassVar[str] = "berth.calendar.app_password_revoked.v1"


@dataclass(frozen=True, slots=True)
class SubscriptionEvent(Event):
    """The base of what happens to the following of a calendar from outside, by a resource or a person."""

    subscription_id: int
    actor_id: int
    kind: str
    subject_id: int
    name: str

    @property
    def subject(self) -> str:
        """Name the subscription."""
        return f"subscription/{self.subscription_id}"


@dataclass(frozen=True, slots=True)
class SubscriptionCreated(SubscriptionEvent):
    """A resource or a person is busy from now on when a calendar from outside says so."""

    type: ClassVar[str] = "berth.calendar.subscription_created.v1"


@dataclass(frozen=True, slots=True)
class SubscriptionRemoved(SubscriptionEvent):
    """A calendar from outside says nothing here any more."""

    type: ClassVar[str] = "berth.calendar.subscription_removed.v1"
