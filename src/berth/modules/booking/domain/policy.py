"""Whether a resource's rules let somebody reserve a time; each rule that refuses says so in a sentence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from berth.contracts.catalog import Resource
from berth.kit.auth import Role
from berth.kit.localtime import zone
from berth.modules.booking.domain.opening import covers

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A rule that refused: its name in the policy, what it allows, and a sentence that tells it.

    ``limit`` is in the unit that the rule's name ends with; none where there is no number.
    """

    resource_id: int
    resource: str
    rule: str
    limit: int | None
    message: str


class Attempt(NamedTuple):
    """Who wants which time, and when they ask. ``start_kept`` marks a change that leaves the start as it is."""

    role: Role
    start: datetime
    end: datetime
    now: datetime
    start_kept: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule says that refuses: a sentence, and the number in it."""

    message: str
    limit: int | None = None


Rule = Callable[[Resource, Attempt], Told | None]


def refusals(resource: Resource, attempt: Attempt) -> list[Refusal]:
    """Answer every rule that refuses the attempt; an empty list means that it may be reserved if it is free."""
    found = []
    for name, rule in RULES:
        told = rule(resource, attempt)
        if told is not None:
            found.append(Refusal(resource.id, resource.name, name, told.limit, told.message))
    return found


def _retired(resource: Resource, _: Attempt) -> Told | None:
    return Told(f"{resource.name} is retired and takes no new reservations.") if resource.retired else None


def _role(resource: Resource, attempt: Attempt) -> Told | None:
    if attempt.role is Role.ADMIN or attempt.role in resource.policy.reservable_by:
        return None
    roles = ", ".join(sorted({*resource.policy.reservable_by, Role.ADMIN}))
    return Told(f"{resource.name} can be reserved by: {roles}.")


def _past(_: Resource, attempt: Attempt) -> Told | None:
    """Refuse a start before the present minute; the minute that has begun may still be reserved."""
    if attempt.start_kept or attempt.start >= attempt.now:
        return None
    if attempt.start >= attempt.now.replace(second=0, microsecond=0):
        return None
    return Told("The start lies in the past.")


def _lead(resource: Resource, attempt: Attempt) -> Told | None:
    lead = resource.policy.lead_minutes_min
    if not lead or attempt.start_kept or attempt.start >= attempt.now + lead * MINUTE:
        return None
    return Told(f"{resource.name} must be reserved at least {_minutes(lead)} ahead.", lead)


def _horizon(resource: Resource, attempt: Attempt) -> Told | None:
    days = resource.policy.horizon_days_max
    if days is None or attempt.start_kept or attempt.start <= attempt.now + days * DAY:
        return None
    return Told(f"{resource.name} can be reserved up to {days} days ahead.", days)


def _shortest(resource: Resource, attempt: Attempt) -> Told | None:
    shortest = resource.policy.minutes_min
    if shortest is None or attempt.end - attempt.start >= shortest * MINUTE:
        return None
    return Told(f"{resource.name} must be reserved for at least {_minutes(shortest)}.", shortest)


def _longest(resource: Resource, attempt: Attempt) -> Told | None:
    longest = resource.policy.minutes_max
    if longest is None or attempt.end - attempt.start <= longest * MINUTE:
        return None
    return Told(f"{resource.name} can be reserved for at most {_minutes(longest)}.", longest)


def _granularity(resource: Resource, attempt: Attempt) -> Told | None:
    step = resource.policy.granularity_minutes
    if step is None:
        return None
    where = zone(resource.timezone)
    if _on_step(attempt.start, where, step) and _on_step(attempt.end, where, step):
        return None
    words = f"Start and end must be at multiples of {_minutes(step)}, counted from midnight in {resource.timezone}."
    return Told(words, step)


def _on_step(instant: datetime, where: ZoneInfo, step_minutes: int) -> bool:
    local = instant.astimezone(where)
    return not local.second and not local.microsecond and (local.hour * 60 + local.minute) % step_minutes == 0


def _open(resource: Resource, attempt: Attempt) -> Told | None:
    if covers(resource.opening, zone(resource.timezone), attempt.start, attempt.end):
        return None
    return Told(f"{resource.name} is closed for some or all of this time; see its opening hours.")


def _minutes(minutes: int) -> str:
    """Answer minutes in words, such as ``1 h 30 min``."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


RULES: tuple[tuple[str, Rule], ...] = (
    ("retired", _retired),
    ("reservable_by", _role),
    ("past", _past),
    ("lead_minutes_min", _lead),
    ("horizon_days_max", _horizon),
    ("minutes_min", _shortest),
    ("minutes_max", _longest),
    ("granularity_minutes", _granularity),
    ("opening_hours", _open),
)
