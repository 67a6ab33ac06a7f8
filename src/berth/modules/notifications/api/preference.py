"""What a person is told of, over HTTP."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.notifications.domain.kinds import (
    REMINDER_HOURS_DEFAULT,
    REMINDER_HOURS_MAX,
    REMINDER_HOURS_MIN,
    SWITCHES,
    Channel,
    Choices,
    Kind,
    Switch,
)
from berth.modules.notifications.usecases.preference import Preferences

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])

Hours = Annotated[int, Field(strict=True, ge=REMINDER_HOURS_MIN, le=REMINDER_HOURS_MAX)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Preference(_Input):
    """A switch. ``by_self`` is for confirmations of what one did oneself, and off that for what others did."""

    kind: Kind
    by_self: StrictBool
    channel: Channel = Channel.IN_APP
    enabled: StrictBool

    @property
    def switch(self) -> Switch:
        """Answer which switch it is."""
        return Switch(self.kind, self.by_self, self.channel)

    @model_validator(mode="after")
    def _there(self) -> "Preference":
        if self.switch not in SWITCHES:
            raise ValueError(f"{self.kind} is never of one's own doing")
        return self


class PreferencesPut(_Input):
    """Switches, and how many hours before its start to remind of a reservation: null is never.

    What is left out is set to its default.
    """

    items: Annotated[tuple[Preference, ...], Field(max_length=100)]
    reminder_hours: Hours | None = REMINDER_HOURS_DEFAULT

    @model_validator(mode="after")
    def _once(self) -> "PreferencesPut":
        if len({one.switch for one in self.items}) < len(self.items):
            raise ValueError("each switch may be named once")
        return self


class PreferencesShown(BaseModel):
    """Every switch there is, and when to remind: null is never."""

    items: list[Preference]
    reminder_hours: int | None


@router.get("/preferences", response_model=PreferencesShown, responses=problems(401))
async def preferences(caller: SignedIn, kept: Preferences = part(Preferences)) -> Response:
    """Answer what you are told of."""
    return reply(_shown(await kept.of(caller)))


@router.put("/preferences", response_model=PreferencesShown, responses=problems(401))
async def set_preferences(body: PreferencesPut, caller: SignedIn, kept: Preferences = part(Preferences)) -> Response:
    """Choose what you are told of; what is left out is set to its default."""
    chosen = Choices({one.switch: one.enabled for one in body.items}, body.reminder_hours)
    return reply(_shown(await kept.set(caller, chosen)))


def _shown(choices: Choices) -> dict[str, Any]:
    return {
        "items": [
            {"kind": one.kind, "by_self": one.by_self, "channel": one.channel, "enabled": enabled}
            for one, enabled in choices.switches.items()
        ],
        "reminder_hours": choices.reminder_hours,
    }
