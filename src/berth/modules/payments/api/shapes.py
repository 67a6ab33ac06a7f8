"""What callers send and see: the members, their bounds, and how payments and prices are shown."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from berth.kit.auth import Principal, Role
from berth.kit.http.problem import Problem
from berth.kit.http.zone import Moment, shown
from berth.kit.money import AMOUNT_MINOR_MAX, currency, written
from berth.modules.payments.domain.intent import PaymentState, Standing
from berth.modules.payments.domain.pricing import Line, Price, PriceUnit, Scope, Terms
from berth.modules.payments.store.listing import Payment

ID_MAX = 2**63 - 1
RESOURCES_MAX = 50
QUOTE_DAYS_MAX = 3660
HOURS_MAX = 8760
NO_CONTROL = r"^[^\x00-\x1f\x7f]*$"


def _known(number: int) -> int:
    if not 1 <= number <= ID_MAX:
        raise Problem(404, "unknown-id", f"Nothing here has the id {number}.")
    return number


Id = Annotated[int, Field(strict=True, ge=1, le=ID_MAX)]
PathId = Annotated[int, Path(json_schema_extra={"minimum": 1, "maximum": ID_MAX}), AfterValidator(_known)]
Word = Annotated[str, Field(min_length=1, max_length=100, pattern=NO_CONTROL)]
CurrencyCode = Annotated[
    str, StringConstraints(pattern="^[A-Z]{3}$"), AfterValidator(currency), Field(examples=["EUR"])
]
Amount = Annotated[
    int, Field(strict=True, ge=0, le=AMOUNT_MINOR_MAX, description="In whole minor units, such as cents.")
]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PricePut(_Input):
    """A price: for one resource, or for all that the site (with everything below it), kind and tag fit.

    With none of them it is for everything. `free_until_hours` before the start a cancellation costs nothing;
    after that `kept_percent` is kept.
    """

    resource_id: Id | None = None
    site_id: Id | None = None
    kind: Word | None = None
    tag: Word | None = None
    unit: PriceUnit
    amount_minor: Amount
    currency: CurrencyCode
    free_roles: Annotated[list[Role], Field(max_length=len(Role))] = []
    free_until_hours: Annotated[int, Field(strict=True, ge=0, le=HOURS_MAX)] = 0
    kept_percent: Annotated[int, Field(strict=True, ge=0, le=100)] = 0

    @model_validator(mode="after")
    def _stands_alone(self) -> "PricePut":
        if self.resource_id is not None and (self.site_id, self.kind, self.tag) != (None, None, None):
            raise ValueError("a price for one resource names no site, kind or tag")
        return self

    def price(self, id_: int = 0) -> Price:
        """Answer it as a price of this id."""
        return Price(
            id=id_,
            version=1,
            scope=Scope(self.resource_id, self.site_id, self.kind, self.tag),
            unit=self.unit,
            amount_minor=self.amount_minor,
            currency=self.currency,
            free_roles=tuple(sorted(set(self.free_roles))),
            terms=Terms(self.free_until_hours, self.kept_percent),
        )


class PriceShown(BaseModel):
    """A price. `amount` is `amount_minor` as people write it; each change makes the next `version`."""

    id: int
    version: int
    resource_id: int | None
    site_id: int | None
    kind: str | None
    tag: str | None
    unit: PriceUnit
    amount_minor: int
    currency: str
    amount: str
    free_roles: list[Role]
    free_until_hours: int
    kept_percent: int


class PricePage(BaseModel):
    """A page of prices."""

    items: list[PriceShown]
    next_cursor: str | None


class QuoteAsked(_Input):
    """What you think of reserving."""

    resource_ids: Annotated[list[Id], Field(min_length=1, max_length=RESOURCES_MAX)]
    start: Moment
    end: Moment

    @model_validator(mode="after")
    def _in_order(self) -> "QuoteAsked":
        if self.end <= self.start:
            raise ValueError("the end lies behind the start")
        if (self.end - self.start).days > QUOTE_DAYS_MAX:
            raise ValueError(f"at most {QUOTE_DAYS_MAX} days")
        if len(set(self.resource_ids)) < len(self.resource_ids):
            raise ValueError("each resource may be named once")
        return self


class LineShown(BaseModel):
    """What some of the resources cost together, by which version of which price.

    Seats of an order have no resource and no price here: `price_id` and `price_version` are 0.
    """

    what: str
    resource_ids: list[int]
    unit: PriceUnit
    unit_minor: int
    minutes: int
    amount_minor: int
    amount: str
    price_id: int
    price_version: int
    free_until_hours: int
    kept_percent: int


class QuoteShown(BaseModel):
    """What it would cost; `currency` is XXX, ISO 4217's code for none, if nothing of it has a price."""

    amount_minor: int
    currency: str
    amount: str
    lines: list[LineShown]


class MarkPaid(_Input):
    """Where to look the payment up: the number of a receipt, or of a bank transfer."""

    reference: Annotated[str, Field(min_length=1, max_length=200, pattern=NO_CONTROL)]


class PaymentShown(BaseModel):
    """A payment. `taken_minor` is what was taken in all, `returned_minor` what of it was given back.

    `reservation_id` is the number of the reservation, or of the order of seats, as `of` says; `performance` is the name
    of what the seats are for.
    """

    id: int
    of: Literal["reservation", "order"]
    performance: str | None
    reservation_id: int
    payer_id: int
    provider: Literal["manual", "stripe"]
    state: PaymentState
    amount_minor: int
    currency: str
    amount: str
    taken_minor: int
    returned_minor: int
    reference: str | None
    error: str | None
    due_at: datetime | None
    created_at: datetime
    changed_at: datetime


class PaymentDetails(PaymentShown):
    """A payment with what it is for. The `client_secret` is for the payer alone, while there is something to pay."""

    price_minor: int
    lines: list[LineShown]
    client_secret: str | None


class PaymentPage(BaseModel):
    """A page of payments."""

    items: list[PaymentShown]
    next_cursor: str | None


def show_price(price: Price) -> dict[str, Any]:
    """Answer a price as ``PriceShown`` has it."""
    return {
        "id": price.id,
        "version": price.version,
        "resource_id": price.scope.resource_id,
        "site_id": price.scope.site_id,
        "kind": price.scope.kind,
        "tag": price.scope.tag,
        "unit": price.unit,
        "amount_minor": price.amount_minor,
        "currency": price.currency,
        "amount": written(price.amount_minor, price.currency),
        "free_roles": list(price.free_roles),
        "free_until_hours": price.terms.free_until_hours,
        "kept_percent": price.terms.kept_percent,
    }


def show_lines(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Answer lines as ``LineShown`` has them."""
    return [
        {
            "what": one.what,
            "resource_ids": list(one.resource_ids),
            "unit": one.unit,
            "unit_minor": one.unit_minor,
            "minutes": one.minutes,
            "amount_minor": one.amount_minor,
            "amount": written(one.amount_minor, one.currency),
            "price_id": one.price_id,
            "price_version": one.price_version,
            "free_until_hours": one.terms.free_until_hours,
            "kept_percent": one.terms.kept_percent,
        }
        for one in lines
    ]


def show_payment(one: Payment, where: tzinfo) -> dict[str, Any]:
    """Answer a payment as ``PaymentShown`` has it, with times in the zone."""
    intent = one.intent
    return {
        "id": one.id,
        "of": one.of,
        "performance": one.agreement.performance,
        "reservation_id": one.reservation_id,
        "payer_id": one.payer_id,
        "provider": intent.provider,
        "state": one.state,
        "amount_minor": intent.amount_minor,
        "currency": intent.currency,
        "amount": written(intent.amount_minor, intent.currency),
        "taken_minor": intent.confirmed.captured_minor,
        "returned_minor": intent.confirmed.refunded_minor,
        "reference": intent.confirmed.reference,
        "error": intent.confirmed.error,
        "due_at": one.due_at and shown(one.due_at, where),
        "created_at": shown(one.created_at, where),
        "changed_at": shown(one.changed_at, where),
    }


def show_details(one: Payment, caller: Principal, where: tzinfo) -> dict[str, Any]:
    """Answer a payment as ``PaymentDetails`` has it for this caller."""
    intent = one.intent
    payable = (
        caller.id == one.payer_id and intent.confirmed.standing is Standing.PENDING and intent.goal.target_minor > 0
    )
    return {
        **show_payment(one, where),
        "price_minor": one.agreement.amount_minor,
        "lines": show_lines(one.agreement.lines),
        "client_secret": intent.confirmed.client_secret if payable else None,
    }
