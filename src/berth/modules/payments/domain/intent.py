"""One payment: its goal, what the provider has confirmed of it, and what to do next.

The rule looks at levels and never at what happened: however often it is asked, and whatever was lost or done
twice on the way, it leads from what is confirmed to the goal, and then says that nothing is left to do.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class Standing(StrEnum):
    """What the provider has confirmed.

    ``begun`` says that it may have been asked, and that nobody knows what it answered.
    """

    NONE = "none"
    BEGUN = "begun"
    PENDING = "pending"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    VOIDED = "voided"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the provider's books say: how much was secured at most, taken, and given back, in minor units.

    ``reference`` is the provider's name for the payment, ``client_secret`` what lets the payer pay it, and ``error``
    what went wrong the last time that somebody tried.
    """

    standing: Standing = Standing.NONE
    authorised_minor: int = 0
    captured_minor: int = 0
    refunded_minor: int = 0
    reference: str | None = None
    client_secret: str | None = None
    error: str | None = None

    @property
    def net_minor(self) -> int:
        """Answer what was taken and not given back."""
        return self.captured_minor - self.refunded_minor

    @property
    def is_secure(self) -> bool:
        """Tell whether the money is there, held or taken."""
        return self.standing in (Standing.AUTHORISED, Standing.CAPTURED)


@dataclass(frozen=True, slots=True)
class Goal:
    """What should be: up to ``target_minor`` secured, and taken too if ``take``; a target of 0 is to hold nothing."""

    target_minor: int
    take: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Ask the provider to secure the whole amount; asked again, it answers the same payment."""


@dataclass(frozen=True, slots=True)
class Capture:
    """Take this much of what is held; the rest is let go."""

    amount_minor: int


@dataclass(frozen=True, slots=True)
class Refund:
    """Give this much back, so that ``target_minor`` stays taken."""

    amount_minor: int
    target_minor: int


@dataclass(frozen=True, slots=True)
class Void:
    """Let go what is held, and let nobody pay it any more."""


Action: TypeAlias = Open | Capture | Refund | Void


@dataclass(frozen=True, slots=True)
class Intent:
    """One payment of a reservation, for one of its requests.

    ``key`` names it to the provider, for ever and everywhere. ``early`` says that the provider holds money no
    longer, so that it is taken before the start. ``version`` grows with every change.
    """

    key: str
    amount_minor: int
    currency: str
    provider: str
    goal: Goal
    confirmed: Confirmed = Confirmed()
    early: bool = False
    version: int = 0
    id: int | None = None
    created_at: datetime | None = None

    @property
    def capacity_minor(self) -> int:
        """Answer how much can be taken, or stay taken: what was let go, or is being given back, is no more."""
        if not self.goal.target_minor:
            return 0
        if self.confirmed.standing is Standing.AUTHORISED:
            return self.confirmed.authorised_minor
        if self.confirmed.standing is Standing.CAPTURED:
            return min(self.confirmed.net_minor, self.goal.target_minor)
        return 0


def next_action(goal: Goal, confirmed: Confirmed) -> Action | None:
    """Answer what brings the payment closer to its goal; none if the provider can do nothing more about it."""
    if confirmed.standing is Standing.NONE:
        return Open() if goal.target_minor and not goal.take else None
    if confirmed.standing is Standing.BEGUN:
        return Open()
    if confirmed.standing is Standing.PENDING:
        return Void() if goal.take or not goal.target_minor else None
    if confirmed.standing is Standing.AUTHORISED:
        held = Capture(min(goal.target_minor, confirmed.authorised_minor)) if goal.take else None
        return held if goal.target_minor else Void()
    surplus = confirmed.net_minor - goal.target_minor
    return Refund(surplus, goal.target_minor) if confirmed.standing is Standing.CAPTURED and surplus > 0 else None


def is_reached(intent: Intent) -> bool:
    """Tell whether nothing is left to do, and nobody is waited for."""
    return intent.confirmed.standing is not Standing.PENDING and next_action(intent.goal, intent.confirmed) is None


class PaymentState(StrEnum):
    """A payment in one word, for people."""

    OPENING = "opening"
    AWAITING = "awaiting"
    AUTHORISED = "authorised"
    TAKEN = "taken"
    PART_RETURNED = "part_returned"
    RETURNED = "returned"
    DECLINED = "declined"


def state_of(intent: Intent) -> PaymentState:
    """Answer the word for what has become of the payment."""
    confirmed = intent.confirmed
    if confirmed.standing is Standing.CAPTURED:
        if not confirmed.refunded_minor:
            return PaymentState.TAKEN
        return PaymentState.PART_RETURNED if confirmed.net_minor else PaymentState.RETURNED
    if confirmed.standing in (Standing.VOIDED, Standing.REFUSED):
        return PaymentState.RETURNED if confirmed.authorised_minor else PaymentState.DECLINED
    return {
        Standing.PENDING: PaymentState.AWAITING if intent.goal.target_minor else PaymentState.DECLINED,
        Standing.AUTHORISED: PaymentState.AUTHORISED,
    }.get(confirmed.standing, PaymentState.OPENING if intent.goal.target_minor else PaymentState.DECLINED)
