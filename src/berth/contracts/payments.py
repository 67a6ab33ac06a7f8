"""What payments answers to booking and seating, and what becomes of prices.

Amounts are whole minor units of the currency, such as cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from berth.contracts.booking.reservation import Answer
from berth.kit.outbox.event import Event


@dataclass(frozen=True, slots=True)
class PaymentEvent(Answer):
    """The base of what happens to the payment of a reservation.

    ``payer_id`` is 0 and ``currency`` XXX (ISO 4217's code for none) where nothing was ever asked of anybody.
    ``of`` is ``reservation``, or ``order`` where ``reservation_id`` is the number of an order of seats; the subject is
    ``reservation/…`` also then, as it was promised. ``performance`` is the name of what the seats are for.
    """

    payer_id: int
    currency: str
    of: str = field(default="reservation", kw_only=True)
    performance: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class PaymentAsked(PaymentEvent):
    """The payer has something to do: ``amount_minor`` is to be paid or secured before the answer is due."""

    type: ClassVar[str] = "berth.payments.payment_asked.v1"
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PaymentAuthorised(PaymentEvent):
    """The whole price of the reservation, as requested, is secured; 0 if it costs nothing."""

    type: ClassVar[str] = "berth.payments.payment_authorised.v1"
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PaymentDeclined(PaymentEvent):
    """The price could not be secured."""

    type: ClassVar[str] = "berth.payments.payment_declined.v1"
    amount_minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class PaymentTaken(PaymentEvent):
    """The price was taken from the payer, at check-in or at the start."""

    type: ClassVar[str] = "berth.payments.payment_taken.v1"
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PaymentReturned(PaymentEvent):
    """The reservation was given up: what the terms of cancellation keep is kept, and the rest returned or released."""

    type: ClassVar[str] = "berth.payments.payment_returned.v1"
    kept_minor: int
    returned_minor: int


@dataclass(frozen=True, slots=True)
class PaymentClosed(PaymentEvent):
    """The reservation is over, and ``taken_minor`` is what it cost in the end."""

    type: ClassVar[str] = "berth.payments.payment_closed.v1"
    taken_minor: int


@dataclass(frozen=True, slots=True)
class PriceSet(Event):
    """A price was made or changed; ``before`` is null if it is new. What was agreed on before keeps its price."""

    type: ClassVar[str] = "berth.payments.price_set.v1"
    price_id: int
    actor_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]

    @property
    def subject(self) -> str:
        """Name the price."""
        return f"price/{self.price_id}"


@dataclass(frozen=True, slots=True)
class PriceRemoved(Event):
    """A price was removed: ``before`` is what it was."""

    type: ClassVar[str] = "berth.payments.price_removed.v1"
    price_id: int
    actor_id: int
    before: Mapping[str, Any]

    @property
    def subject(self) -> str:
        """Name the price."""
        return f"price/{self.price_id}"
