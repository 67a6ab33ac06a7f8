"""What a reservation costs: the price that holds for each resource, and the sum that is agreed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from berth.contracts.booking.reservation import Reserved
from berth.kit.money import NO_CURRENCY, half_up

HOUR_MINUTES = 60
MINUTE = timedelta(minutes=1)


class PriceUnit(StrEnum):
    """What is counted: time, the reservation as a whole, or each reserved resource."""

    HOUR = "hour"
    RESERVATION = "reservation"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a cancellation by the owner costs: nothing until ``free_until_hours`` before the start, then a share."""

    free_until_hours: int = 0
    kept_percent: int = 0

    def kept(self, amount_minor: int, *, at: datetime, start: datetime) -> int:
        """Answer what is kept of an amount that is given up at this time, rounded half up."""
        if at <= start - timedelta(hours=self.free_until_hours):
            return 0
        return half_up(amount_minor * self.kept_percent, 100)


@dataclass(frozen=True, slots=True)
class Scope:
    """For what a price holds; all that is given must fit, and nothing given fits everything.

    ``site_id`` includes all sites below it.
    """

    resource_id: int | None = None
    site_id: int | None = None
    kind: str | None = None
    tag: str | None = None

    def fits(self, one: Reserved) -> bool:
        """Tell whether the resource is meant."""
        return (
            self.resource_id in (None, one.resource_id)
            and (self.site_id is None or self.site_id in one.site_ids)
            and self.kind in (None, one.kind)
            and (self.tag is None or self.tag in one.tags)
        )

    def closeness(self, one: Reserved) -> tuple[bool, int, bool, bool]:
        """Answer how closely the resource is meant; the greatest wins.

        The resource itself is before everything, then the nearest site counts, and of prices of one site the one
        for a tag is before the one for a kind. ``site_ids`` go from the top down.
        """
        depth = one.site_ids.index(self.site_id) if self.site_id is not None else -1
        return self.resource_id is not None, depth, self.tag is not None, self.kind is not None


@dataclass(frozen=True, slots=True)
class Price:
    """A price as an administrator set it; ``free_roles`` pay nothing. Each change makes the next ``version``."""

    id: int
    version: int
    scope: Scope
    unit: PriceUnit
    amount_minor: int
    currency: str
    free_roles: tuple[str, ...] = ()
    terms: Terms = Terms()


@dataclass(frozen=True, slots=True)
class Line:
    """What some resources of a reservation cost together, and by which version of which price."""

    price_id: int
    price_version: int
    what: str
    resource_ids: tuple[int, ...]
    unit: PriceUnit
    unit_minor: int
    minutes: int
    amount_minor: int
    currency: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed on for a reservation, or for seats of a ``performance``; changes of prices do not touch it."""

    amount_minor: int
    currency: str
    lines: tuple[Line, ...]
    start: datetime
    end: datetime
    timezone: str
    performance: str | None = None

    def kept(self, *, at: datetime, start: datetime) -> int:
        """Answer what the terms keep if the owner gives the reservation up at this time."""
        return sum(line.terms.kept(line.amount_minor, at=at, start=start) for line in self.lines)


class MixedCurrencies(ValueError):
    """The resources are priced in several currencies, which have no sum; the message is for people."""


def price_of(one: Reserved, prices: Iterable[Price]) -> Price | None:
    """Answer the price that holds for the resource: the closest, of equals the first by tag and then the oldest."""
    fitting = [price for price in prices if price.scope.fits(one)]
    if not fitting:
        return None
    closest = max(price.scope.closeness(one) for price in fitting)
    equals = [price for price in fitting if price.scope.closeness(one) == closest]
    return min(equals, key=lambda price: (price.scope.tag or "", price.id))


def agree(
    prices: Sequence[Price], resources: Sequence[Reserved], start: datetime, end: datetime, role: str
) -> Agreement:
    """Answer what a reservation of these resources costs somebody of this role; raise ``MixedCurrencies``."""
    found: dict[int, tuple[Price, list[Reserved]]] = {}
    for one in resources:
        price = price_of(one, prices)
        if price:
            found.setdefault(price.id, (price, []))[1].append(one)
    minutes = -((start - end) // MINUTE)
    lines = tuple(_line(price, priced, minutes, role) for price, priced in found.values())
    currencies = sorted({line.currency for line in lines if line.amount_minor})
    if len(currencies) > 1:
        raise MixedCurrencies(
            f"These resources are priced in several currencies ({', '.join(currencies)}): "
            "reserve those of each currency on their own."
        )
    return Agreement(
        amount_minor=sum(line.amount_minor for line in lines),
        currency=(currencies or [line.currency for line in lines] or [NO_CURRENCY])[0],
        lines=lines,
        start=start,
        end=end,
        timezone=resources[0].timezone if resources else "UTC",
    )


def _line(price: Price, priced: Sequence[Reserved], minutes: int, role: str) -> Line:
    each = half_up(price.amount_minor * minutes, HOUR_MINUTES) if price.unit is PriceUnit.HOUR else price.amount_minor
    count = 1 if price.unit is PriceUnit.RESERVATION else len(priced)
    return Line(
        price_id=price.id,
        price_version=price.version,
        what=", ".join(one.name for one in priced),
        resource_ids=tuple(one.resource_id for one in priced),
        unit=price.unit,
        unit_minor=price.amount_minor,
        minutes=minutes,
        amount_minor=0 if role in price.free_roles else each * count,
        currency=price.currency,
        terms=price.terms,
    )
