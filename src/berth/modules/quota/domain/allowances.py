"""Allowances: what may be reserved in a period, of which resources, and by whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from berth.contracts.booking.reservation import Reserved
from berth.contracts.catalog import Resource, ResourceQuery
from berth.kit.auth import Role

EVERYBODY = 0
"""The holder of what is counted together for all; persons' ids begin at 1."""


class AllowanceUnit(StrEnum):
    """What is counted: minutes of reservations, or reservations."""

    MINUTES = "minutes"
    COUNT = "count"


class Per(StrEnum):
    """For how long an amount is; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which resources are meant: every member that is given must hold, and none given means all.

    ``site_id`` stands for everything below the site, too.
    """

    kind: str | None = None
    tag: str | None = None
    site_id: int | None = None

    def covers(self, one: Reserved) -> bool:
        """Tell whether a reserved resource is meant."""
        return (
            self.kind in (None, one.kind)
            and (self.tag is None or self.tag in one.tags)
            and (self.site_id is None or self.site_id in one.site_ids)
        )

    def query(self) -> ResourceQuery:
        """Answer the search that finds what is meant."""
        return ResourceQuery(kind=self.kind, tags=() if self.tag is None else (self.tag,), site_id=self.site_id)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an administrator states of an allowance.

    It is for one person, for a role, or, if neither is named, for everybody but administrators. ``shared``
    means that it is counted together for all whom it is for.
    """

    name: str
    unit: AllowanceUnit
    amount: int
    per: Per
    scope: Scope = Scope()
    role: Role | None = None
    person_id: int | None = None
    shared: bool = False

    @property
    def measure(self) -> tuple[AllowanceUnit, Per, bool]:
        """Answer how it is counted: what was counted in another way could not be compared."""
        return self.unit, self.per, self.shared

    def members(self) -> dict[str, Any]:
        """Answer all members flat, as JSON has them."""
        members: dict[str, Any] = asdict(self)
        scope: dict[str, Any] = members.pop("scope")
        return members | scope


@dataclass(frozen=True, slots=True)
class Allowance:
    """A rule with its id; one that was removed counts nothing any more, but what it counted can be read."""

    id: int
    rule: Rule
    removed_at: datetime | None = None

    def concerns(self, person_id: int, role: str) -> bool:
        """Tell whether it is for this person. One that names nobody is not for administrators."""
        if self.rule.person_id is not None:
            return self.rule.person_id == person_id
        if self.rule.role is not None:
            return self.rule.role == role
        return role != Role.ADMIN

    def holder(self, person_id: int) -> int:
        """Answer on whose account the person's reservations are counted."""
        return EVERYBODY if self.rule.shared else person_id


def concerning(allowances: Iterable[Allowance], person_id: int, role: str) -> list[Allowance]:
    """Answer the allowances that hold for a person, by id.

    A person's own replaces those of the same scope, unit and period that the person would have by role, but
    none that is shared: nobody may take out of a pool what is not in it.
    """
    mine = sorted((one for one in allowances if one.concerns(person_id, role)), key=lambda one: one.id)
    own = {_like(one.rule) for one in mine if one.rule.person_id is not None}
    return [one for one in mine if one.rule.person_id is not None or one.rule.shared or _like(one.rule) not in own]


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Answer the names of the members that differ."""
    return tuple(name for name, value in after.items() if before[name] != value)


def unasked(resources: Sequence[Resource]) -> str | None:
    """Answer why an allowance for these resources counts nothing, if it counts nothing."""
    if not resources:
        return "There is no resource that it covers, so nothing is counted yet."
    if any("quota" in one.policy.confirmations for one in resources):
        return None
    return (
        f"None of the resources that it covers ({len(resources)}) asks for quota, so nothing is counted: "
        "add quota to the confirmations of their policy."
    )


def _like(rule: Rule) -> tuple[Scope, AllowanceUnit, Per]:
    return rule.scope, rule.unit, rule.per
