"""The routes of terms."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, BeforeValidator, model_validator

from berth.kit.http.caller import Administrator, SignedIn, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.modules.catalog.api.shapes import Input, Name, PathId
from berth.modules.catalog.domain import words
from berth.modules.catalog.domain.terms import Stretch
from berth.modules.catalog.usecases.terms import Terms

router = APIRouter(prefix="/api/v1", tags=["catalog"])


def _day(written: object) -> date:
    if not isinstance(written, str):
        raise ValueError('a day is a text such as "2027-03-01"')
    return words.day(written)


Day = Annotated[date, BeforeValidator(_day)]


class TermInput(Input):
    """A term: a name that the site has once, and its days, the last of which belongs to it."""

    name: Name
    first_day: Day
    last_day: Day

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "TermInput":
        """Refuse a term that is over before it begins."""
        if self.last_day < self.first_day:
            raise ValueError(f"last_day ({self.last_day}) is before first_day ({self.first_day})")
        return self

    def stretch(self) -> Stretch:
        """Answer what is stated."""
        return Stretch(self.name, self.first_day, self.last_day)


class TermShape(BaseModel):
    """A term as callers see it; ``inherited`` ones are set at a site above, which ``site_id`` names."""

    id: int
    site_id: int
    name: str
    first_day: date
    last_day: date
    inherited: bool


class TermList(BaseModel):
    """All terms that hold at a site."""

    items: list[TermShape]
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
