"""The routes of policies and opening hours, the same for sites and resources."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from berth.kit.auth import Role
from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.catalog.api.shapes import Id, Input, PathId
from berth.modules.catalog.domain.opening import (
    EXCEPTIONS_MAX,
    INTERVALS_MAX,
    TIME_PATTERN,
    read_opening,
)
from berth.modules.catalog.domain.policy import CONFIRMATIONS, Confirmation, Owner, contradiction, own_policy
from berth.modules.catalog.usecases.rules import Rules

router = APIRouter(prefix="/api/v1", tags=["catalog"])

YEAR_MINUTES = 525_600
DAY_MINUTES = 1_440
WEEK_MINUTES = 10_080
APPROVERS_MAX = 50

Minutes = Annotated[int, Field(strict=True, ge=1, le=YEAR_MINUTES)]
Buffer = Annotated[int, Field(strict=True, ge=0, le=DAY_MINUTES)]
Persons = Annotated[list[Id], Field(max_length=APPROVERS_MAX, description="Ids of active persons.")]


class OwnPolicy(Input):
    """The members that are set here; all others are inherited from the nearest site that sets them.

    Null is not set here; an empty list is set, and takes the place of an inherited one.
    """

    minutes_min: Minutes | None = None
    minutes_max: Minutes | None = None
    granularity_minutes: Annotated[int, Field(strict=True, ge=1, le=DAY_MINUTES)] | None = None
    lead_minutes_min: Annotated[int, Field(strict=True, ge=0, le=YEAR_MINUTES)] | None = None
    horizon_days_max: Annotated[int, Field(strict=True, ge=1, le=3650)] | None = None
    setup_minutes: Buffer | None = None
    teardown_minutes: Buffer | None = None
    reservable_by: Annotated[list[Role], Field(max_length=len(Role))] | None = None
    confirmations: Annotated[list[Confirmation], Field(max_length=len(CONFIRMATIONS))] | None = None
    confirmation_seconds_max: Annotated[int, Field(strict=True, ge=5, le=3600)] | None = None
    approvers: Persons | None = None
    approval_hours_max: Annotated[int, Field(strict=True, ge=1, le=720)] | None = None
    escalates_to: Persons | None = None
    payment_minutes_max: Annotated[int, Field(strict=True, ge=1, le=WEEK_MINUTES)] | None = None
    early_minutes: Buffer | None = None
    no_show_minutes: Annotated[int, Field(strict=True, ge=1, le=DAY_MINUTES)] | None = None

    @model_validator(mode="after")
    def bounds_agree(self) -> "OwnPolicy":
        """Refuse members that contradict each other already here."""
        reason = contradiction(self.model_dump(exclude_none=True))
        if reason:
            raise ValueError(reason)
        return self


class EffectivePolicy(BaseModel):
    """What holds after inheriting; null is no limit. Administrators may always reserve.

    A reservation waits for its ``confirmations`` before it holds. Nobody in ``approvers`` or
    ``escalates_to`` means the administrators. One may check in from ``early_minutes`` before the start,
    and loses the slot ``no_show_minutes`` after it.
    """

    minutes_min: int | None
    minutes_max: int | None
    granularity_minutes: int | None
    lead_minutes_min: int | None
    horizon_days_max: int | None
    setup_minutes: int
    teardown_minutes: int
    reservable_by: list[Role]
    confirmations: list[Confirmation]
    confirmation_seconds_max: int
    approvers: list[int]
    approval_hours_max: int
    escalates_to: list[int]
    payment_minutes_max: int
    early_minutes: int
    no_show_minutes: int | None


class PolicyShape(BaseModel):
    """A policy: what is set here, and what holds."""

    own: OwnPolicy
    effective: EffectivePolicy


Time = Annotated[str, Field(json_schema_extra={"pattern": TIME_PATTERN})]
Day = Annotated[
    list[Annotated[list[Time], Field(min_length=2, max_length=2)]],
    Field(max_length=INTERVALS_MAX, examples=[[["08:00", "12:00"], ["13:00", "20:00"]]]),
]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class OpeningHours(Input):
    """Opening hours on the clock of the resource's zone.

    A weekday that is left out is closed. ``exceptions`` replace the weekday's intervals on their date,
    and an empty one is closed. "24:00" is the end of a day.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"weekly": {"monday": [["08:00", "20:00"]]}, "exceptions": {"2027-04-05": []}}]
        },
    )

    weekly: dict[Weekday, Day]
    exceptions: Annotated[dict[str, Day], Field(max_length=EXCEPTIONS_MAX)] = Field({})

    @model_validator(mode="after")
    def are_hours(self) -> "OpeningHours":
        """Refuse what cannot be read as hours."""
        read_opening(self.model_dump())
        return self


class OpeningShape(BaseModel):
    """Opening hours: ``own`` is null if they are inherited, ``effective`` if it is open at all hours."""

    own: OpeningHours | None
    effective: OpeningHours | None


def _routes(owner: Owner, path: str) -> None:
    """Add the routes of one kind of owner."""
    known: dict[str, Any] = {"responses": problems(401, 403, 404)}

    @router.get(f"{path}/policy", response_model=PolicyShape, operation_id=f"read_{owner}_policy", **known)
    async def read_policy(_: SignedIn, owner_id: PathId, rules: Rules = part(Rules)) -> Response:
        """Answer the policy that is set here, and the one that holds."""
        return reply(await rules.policy(owner, owner_id))

    @router.put(f"{path}/policy", response_model=PolicyShape, operation_id=f"set_{owner}_policy", **known)
    async def set_policy(
        caller: Administrator, owner_id: PathId, policy: OwnPolicy, rules: Rules = part(Rules)
    ) -> Response:
        """Set the members that are given; all others are inherited."""
        return reply(await rules.set_policy(caller, owner, owner_id, own_policy(policy.model_dump(mode="json"))))

    @router.delete(f"{path}/policy", status_code=204, operation_id=f"clear_{owner}_policy", **known)
    async def clear_policy(caller: Administrator, owner_id: PathId, rules: Rules = part(Rules)) -> Response:
        """Inherit the whole policy."""
        await rules.set_policy(caller, owner, owner_id, {})
        return Response(status_code=204)

    @router.get(f"{path}/opening-hours", response_model=OpeningShape, operation_id=f"read_{owner}_opening", **known)
    async def read_hours(_: SignedIn, owner_id: PathId, rules: Rules = part(Rules)) -> Response:
        """Answer the opening hours that are set here, and those that hold."""
        return reply(await rules.opening(owner, owner_id))

    @router.put(f"{path}/opening-hours", response_model=OpeningShape, operation_id=f"set_{owner}_opening", **known)
    async def set_hours(
        caller: Administrator, owner_id: PathId, hours: OpeningHours, rules: Rules = part(Rules)
    ) -> Response:
        """Set the opening hours as a whole."""
        return reply(await rules.set_opening(caller, owner, owner_id, read_opening(hours.model_dump())))

    @router.delete(f"{path}/opening-hours", status_code=204, operation_id=f"clear_{owner}_opening", **known)
    async def clear_hours(caller: Administrator, owner_id: PathId, rules: Rules = part(Rules)) -> Response:
        """Inherit the opening hours."""
        await rules.set_opening(caller, owner, owner_id, None)
        return Response(status_code=204)


_routes("site", "/sites/{owner_id:id}")
_routes("resource", "/resources/{owner_id:id}")
