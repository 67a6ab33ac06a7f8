"""What quota takes and answers over HTTP."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from berth.kit.auth import Role
from berth.kit.http.zone import Moment
from berth.modules.quota.domain.allowances import AllowanceUnit, Per, Rule, Scope
from berth.modules.quota.usecases.grants import Gift

AMOUNT_MAX = 100_000_000

Id = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
Line = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$")]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AllowancePut(_Input):
    """An allowance: ``amount`` minutes or reservations ``per`` period.

    ``kind``, ``tag`` and ``site_id`` say of which resources: all that are given must hold. It is for the person,
    for the role, or, without either, for everybody but administrators; ``shared`` counts them all together.
    """

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [{"name": "studio", "unit": "minutes", "amount": 180, "per": "week", "kind": "studio"}]
        },
    )

    name: Line
    unit: AllowanceUnit
    amount: Annotated[int, Field(strict=True, ge=0, le=AMOUNT_MAX)]
    per: Per
    kind: Line | None = None
    tag: Line | None = None
    site_id: Id | None = None
    role: Role | None = None
    person_id: Id | None = None
    shared: StrictBool = False

    @model_validator(mode="after")
    def _for_one_or_many(self) -> "AllowancePut":
        if self.person_id is not None and (self.role is not None or self.shared):
            raise ValueError("an allowance of one person names no role, and is not shared")
        return self

    def rule(self) -> Rule:
        """Answer it as the rules take it."""
        return Rule(
            name=self.name,
            unit=self.unit,
            amount=self.amount,
            per=self.per,
            scope=Scope(self.kind, self.tag, self.site_id),
            role=self.role,
            person_id=self.person_id,
            shared=self.shared,
        )


class GrantCreate(_Input):
    """A grant for the period in which ``at`` lies, or now; a negative amount takes away.

    ``person_id`` is left out for a shared allowance, and for no other.
    """

    person_id: Id | None = None
    amount: Annotated[int, Field(strict=True, ge=-AMOUNT_MAX, le=AMOUNT_MAX)]
    at: Moment | None = None
    reason: Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]

    @model_validator(mode="after")
    def _something(self) -> "GrantCreate":
        if not self.amount:
            raise ValueError("a grant of 0 changes nothing")
        return self

    def gift(self) -> Gift:
        """Answer it as the verb takes it."""
        return Gift(self.person_id, self.amount, self.at, self.reason)


class AllowanceShown(BaseModel):
    """An allowance. ``note`` says why it counts nothing, if it counts nothing; only after it was set."""

    id: int
    name: str
    unit: AllowanceUnit
    amount: int
    per: Per
    kind: str | None
    tag: str | None
    site_id: int | None
    role: Role | None
    person_id: int | None
    shared: bool
    removed_at: datetime | None
    note: str | None = None


class AllowancePage(BaseModel):
    """A page of allowances."""

    items: list[AllowanceShown]
    next_cursor: str | None


class PeriodShown(BaseModel):
    """A period, half-open, on the clock of ``timezone``."""

    start: datetime
    end: datetime
    timezone: str


class BalanceShown(BaseModel):
    """``left`` is the amount and what was granted, without what is held for reservations and was used; 0 at least."""

    granted: int
    held: int
    used: int
    left: int | None


class StandingShown(BalanceShown):
    """What you have of an allowance in a period; of a shared one, what all have together."""

    allowance: AllowanceShown
    period: PeriodShown
    renews_at: datetime | None


class StandingPage(BaseModel):
    """All allowances that concern you."""

    items: list[StandingShown]
    next_cursor: None


class PersonShown(BaseModel):
    """A person; the name is none if there is no such person any more."""

    id: int
    name: str | None


class ShareShown(BalanceShown):
    """What a person has of an allowance; of a shared one ``left`` is null, for it is not the person's."""

    person: PersonShown
    period: PeriodShown


class PoolShown(BalanceShown):
    """What all have together of a shared allowance."""

    period: PeriodShown


class UsagePage(BaseModel):
    """A page of usage by person; ``together`` is empty unless the allowance is shared."""

    items: list[ShareShown]
    together: list[PoolShown]
    next_cursor: str | None


class GrantShown(BaseModel):
    """A grant; ``period`` names it by its kind and first day, or by its term's id."""

    id: int
    person: PersonShown | None
    amount: int
    period: str
    reason: str
    actor: PersonShown
    created_at: datetime


class GrantPage(BaseModel):
    """A page of grants."""

    items: list[GrantShown]
    next_cursor: str | None
