"""What a reservation demands of the allowances that are meant for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.booking.reservation import ConfirmationAsked
from berth.contracts.catalog import Resource, Term
from berth.kit.localtime import zone
from berth.modules.quota.domain.allowances import Allowance, AllowanceUnit, Per, concerning
from berth.modules.quota.domain.ledger import Slot
from berth.modules.quota.domain.periods import Period, Place, period_at

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Demand:
    """What one allowance has to give, and where it is counted."""

    allowance: Allowance
    slot: Slot
    period: Period
    timezone: str
    owner_id: int
    amount: int


def minutes_between(start: datetime, end: datetime) -> int:
    """Answer the minutes of a range, one begun counting as whole; 0 for an empty one."""
    return max(0, -((start - end) // MINUTE))


def demands(asked: ConfirmationAsked, allowances: Iterable[Allowance], terms: Sequence[Term]) -> list[Demand]:
    """Answer what a reservation demands, by allowance.

    Each allowance that covers one of its resources counts it once, in the period in which it starts, on the
    clock of the first resource that is covered. An allowance per term demands nothing outside of terms.
    """
    found = []
    for allowance in concerning(allowances, asked.owner_id, asked.owner_role):
        rule = allowance.rule
        covered = next((one for one in asked.resources if rule.scope.covers(one)), None)
        if covered is None:
            continue
        period = period_at(rule.per, asked.start, Place(zone(covered.timezone), covered.site_ids), terms)
        if period is None:
            continue
        found.append(
            Demand(
                allowance=allowance,
                slot=Slot(allowance.id, allowance.holder(asked.owner_id), period.key),
                period=period,
                timezone=covered.timezone,
                owner_id=asked.owner_id,
                amount=minutes_between(asked.start, asked.end) if rule.unit is AllowanceUnit.MINUTES else 1,
            )
        )
    return found


def sites_with_terms(asked: Iterable[ConfirmationAsked], allowances: Iterable[Allowance]) -> list[int]:
    """Answer the sites of which the terms must be known; none if no allowance counts by term."""
    if not any(one.rule.per is Per.TERM for one in allowances):
        return []
    return sorted({site_id for one in asked for resource in one.resources for site_id in resource.site_ids})


def periods_of(
    allowance: Allowance, resources: Iterable[Resource], terms: Sequence[Term], at: datetime
) -> Mapping[str, tuple[Period, str]]:
    """Answer the periods of an allowance in which an instant lies, with their zones, by key.

    There are several if it covers resources of which the clocks show different days, or which have different
    terms. Of those with the same key, the first resource's is answered; without a resource, UTC's.
    """
    places = dict.fromkeys((one.timezone, one.site_ids) for one in resources) or {("UTC", ()): None}
    found: dict[str, tuple[Period, str]] = {}
    for timezone, site_ids in places:
        period = period_at(allowance.rule.per, at, Place(zone(timezone), site_ids), terms)
        if period is not None:
            found.setdefault(period.key, (period, timezone))
    return found
