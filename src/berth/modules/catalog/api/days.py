"""The routes of terms and holidays."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, BeforeValidator, model_validator

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.catalog.api.shapes import Input, Name, PathId
from berth.modules.catalog.domain import words
from berth.modules.catalog.domain.days import Stretch
from berth.modules.catalog.usecases.days import Holidays, Terms

router = APIRouter(prefix="/api/v1", tags=["catalog"])


def _day(written: object) -> date:
    if not isinstance(written, str):
        raise ValueError('a day is a text such as "2027-03-01"')
    return words.day(written)


Day = Annotated[date, BeforeValidator(_day)]


class DaysInput(Input):
    """What is stated of terms and of holidays; one day, unless the last is named."""

    name: Name
    first_day: Day
    last_day: Day | None

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "DaysInput":
        """Refuse what is over before it begins."""
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"last_day ({self.last_day}) is before first_day ({self.first_day})")
        return self

    def stretch(self) -> Stretch:
        """Answer what is stated."""
        return Stretch(self.name, self.first_day, self.last_day or self.first_day)


class TermInput(DaysInput):
    """A term: a name that the site has once, and its days, the last of which belongs to it."""

    last_day: Day


class HolidayInput(DaysInput):
    """A holiday: its name and its days, the last of which belongs to it; one day unless the last is named."""

    last_day: Day | None = None


class DaysShape(BaseModel):
    """Terms and holidays as callers see them."""

    id: int
    site_id: int
    name: str
    first_day: date
    last_day: date
    inherited: bool


class TermShape(DaysShape):
    """A term as callers see it; ``inherited`` ones are set at a site above, which ``site_id`` names."""


class HolidayShape(DaysShape):
    """A holiday as callers see it; ``inherited`` ones are set at a site above, which ``site_id`` names."""


class TermList(BaseModel):
    """All terms that hold at a site."""

    items: list[TermShape]
    next_cursor: None


class HolidayList(BaseModel):
    """All holidays that hold at a site."""

    items: list[HolidayShape]
    next_cursor: None


@router.get("/sites/{site_id:id}/terms", response_model=TermList, responses=problems(401, 403, 404))
async def list_terms(_: SignedIn, site_id: PathId, terms: Terms = part(Terms)) -> Response:
    """List the terms of a site and of all above it, by their first days."""
    return reply({"items": await terms.list(site_id), "next_cursor": None})


@router.post(
    "/sites/{site_id:id}/terms", status_code=201, response_model=TermShape, responses=problems(401, 403, 404, 409)
)
async def create_term(caller: Administrator, site_id: PathId, new: TermInput, terms: Terms = part(Terms)) -> Response:
    """Add a term to a site; it may not overlap another of the same site."""
    return reply(await terms.create(caller, site_id, new.stretch()), 201)


@router.put("/sites/{site_id:id}/terms/{term_id:id}", response_model=TermShape, responses=problems(401, 403, 404, 409))
async def replace_term(
    caller: Administrator, site_id: PathId, term_id: PathId, term: TermInput, terms: Terms = part(Terms)
) -> Response:
    """Give a term of the site another name or other days."""
    return reply(await terms.replace(caller, site_id, term_id, term.stretch()))


@router.delete("/sites/{site_id:id}/terms/{term_id:id}", status_code=204, responses=problems(401, 403, 404))
async def remove_term(caller: Administrator, site_id: PathId, term_id: PathId, terms: Terms = part(Terms)) -> Response:
    """Remove a term of the site."""
    await terms.remove(caller, site_id, term_id)
    return Response(status_code=204)


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
