"""All the payments of one reservation, or of one order of seats, as one frozen value: its requests, and its end."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from berth.modules.payments.domain.intent import Intent
from berth.modules.payments.domain.pricing import Agreement

NOBODY = 0
"""Who pays for a reservation of which nothing was ever asked."""


class Of(StrEnum):
    """What an account is of; an order's is kept under its own number, which no reservation has."""

    RESERVATION = "reservation"
    ORDER = "order"


class RequestState(StrEnum):
    """What has become of a request: asked, secured, in force, or not to be given (any more)."""

    OPEN = "open"
    GIVEN = "given"
    SETTLED = "settled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Word(StrEnum):
    """What was answered to a request."""

    ASKED = "asked"
    AUTHORISED = "authorised"
    DECLINED = "declined"
    TAKEN = "taken"
    RETURNED = "returned"
    CLOSED = "closed"


class Returning(StrEnum):
    """Whether booking waits to hear that a request was undone: of a move alone, or of the whole reservation."""

    NO = "no"
    MOVE = "move"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be paid for the making of a reservation, or for a move of it.

    ``owed_minor`` is what it needs beyond what was secured before. Without an ``agreement`` it is a tombstone, or
    was refused for the ``reason``.
    """

    id: int
    state: RequestState
    agreement: Agreement | None = None
    owed_minor: int = 0
    due_at: datetime | None = None
    reason: str | None = None
    intent: Intent | None = None
    returning: Returning = Returning.NO
    closing: bool = False
    answered: frozenset[Word] = frozenset()

    @property
    def is_given(self) -> bool:
        """Tell whether its price was secured and not withdrawn since."""
        return self.state in (RequestState.GIVEN, RequestState.SETTLED)

    @property
    def price_minor(self) -> int:
        """Answer what the reservation costs if this request is in force."""
        return self.agreement.amount_minor if self.agreement else 0


class How(StrEnum):
    """How a reservation ended."""

    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a reservation: how, and what it costs then."""

    how: How
    cost_minor: int


@dataclass(frozen=True, slots=True)
class Account:
    """A reservation, or an order, as payments knows it.

    ``charging`` says that it is time to take money: the reservation has begun, the seats of the order are sold.
    """

    reservation_id: int
    payer_id: int = NOBODY
    charging: bool = False
    ending: Ending | None = None
    requests: tuple[Request, ...] = ()
    of: Of = Of.RESERVATION

    def find(self, request_id: int) -> Request | None:
        """Answer the request of this id, if it was heard of."""
        return next((one for one in self.requests if one.id == request_id), None)

    def intent_of(self, request_id: int) -> Intent | None:
        """Answer the payment for a request, if it needed one."""
        request = self.find(request_id)
        return request.intent if request else None

    def with_request(self, request: Request) -> "Account":
        """Answer the account with this request in place of the one that has its id; they stay in their order."""
        others = [one for one in self.requests if one.id != request.id]
        return replace(self, requests=tuple(sorted([*others, request], key=lambda one: one.id)))

    @property
    def in_force(self) -> Request | None:
        """Answer the request that says what the reservation costs: the last that was settled, else the first given."""
        settled = [one for one in self.requests if one.state is RequestState.SETTLED]
        given = [one for one in self.requests if one.state is RequestState.GIVEN]
        return settled[-1] if settled else next(iter(given), None)

    @property
    def pool(self) -> tuple[Request, ...]:
        """Answer the requests whose payments together secure the reservation: those given up to the one in force."""
        last = self.in_force
        return tuple(one for one in self.requests if last and one.is_given and (self.ending or one.id <= last.id))

    def intents(self) -> Iterator[Intent]:
        """Answer all payments, the oldest first."""
        return (one.intent for one in self.requests if one.intent)

    @property
    def net_minor(self) -> int:
        """Answer what was taken for the reservation and not given back."""
        return sum(one.confirmed.net_minor for one in self.intents())
