"""The routes of holidays."""

from datetime import date

from fastapi import APIRouter, Response
from pydantic import BaseModel, model_validator

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.catalog.api.shapes import Input, Name, PathId
from berth.modules.catalog.api.terms import Day
from berth.modules.catalog.domain.terms import Stretch
from berth.modules.catalog.usecases.holidays import Holidays

router = APIRouter(prefix="/api/v1", tags=["catalog"])


class HolidayInput(Input):
    """A holiday: its name and its days, the last of which belongs to it; one day unless the last is named."""

    name: Name
    first_day: Day
    last_day: Day | None = None

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "HolidayInput":
        """Refuse a holiday that is over before it begins."""
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"last_day ({self.last_day}) is before first_day ({self.first_day})")
        return self

    def stretch(self) -> Stretch:
        """Answer what is stated."""
        return Stretch(self.name, self.first_day, self.last_day or self.first_day)


class HolidayShape(BaseModel):
    """A holiday as callers see it; ``inherited`` ones are set at a site above, which ``site_id`` names."""

    id: int
    site_id: int
    name: str
    first_day: date
    last_day: date
    inherited: bool


class HolidayList(BaseModel):
    """All holidays that hold at a site."""

    items: list[HolidayShape]
    next_cursor: None


@router.get("/sites/{site_id:id}/holidays", response_model=HolidayList, responses=problems(401, 403, 404))
async def list_holidays(_: SignedIn, site_id: PathId, holidays: Holidays = part(Holidays)) -> Response:
    """List the holidays of a site and of all above it, by their first days."""
    return reply({"items": await holidays.list(site_id), "next_cursor": None})


@router.post(
    "/sites/{site_id:id}/holidays", status_code=201, response_model=HolidayShape, responses=problems(401, 403, 404, 409)
)
async def create_holiday(
    caller: Administrator, site_id: PathId, new: HolidayInput, holidays: Holidays = part(Holidays)
) -> Response:
    """Add a holiday to a site: series made from now on pass over it; what was reserved stays."""
    return reply(await holidays.create(caller, site_id, new.stretch()), 201)


@router.put(
    "/sites/{site_id:id}/holidays/{holiday_id:id}",
    response_model=HolidayShape,
    responses=problems(401, 403, 404, 409),
)
async def replace_holiday(
    caller: Administrator,
    site_id: PathId,
    holiday_id: PathId,
    holiday: HolidayInput,
    holidays: Holidays = part(Holidays),
) -> Response:
    """Give a holiday of the site another name or other days."""
    return reply(await holidays.replace(caller, site_id, holiday_id, holiday.stretch()))


@router.delete("/sites/{site_id:id}/holidays/{holiday_id:id}", status_code=204, responses=problems(401, 403, 404))
async def remove_holiday(
    caller: Administrator, site_id: PathId, holiday_id: PathId, holidays: Holidays = part(Holidays)
) -> Response:
    """Remove a holiday of the site."""
    await holidays.remove(caller, site_id, holiday_id)
    return Response(status_code=204)
