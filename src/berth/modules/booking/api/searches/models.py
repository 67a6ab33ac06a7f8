"""What saved searches take and answer over HTTP."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, model_validator

from berth.contracts.identity import Person
from berth.kit.http.zone import Moment, shown
from berth.modules.booking.api.models import AnyOf, Input, Named, Text
from berth.modules.booking.api.waitlist.models import MINUTES_MAX, AnyShown
from berth.modules.booking.domain.searches.search import SavedSearch
from berth.modules.booking.usecases.searches.reading import Searches
from berth.modules.booking.usecases.searches.saving import SearchWish

SearchStateName = Literal["live", "over"]


def _said(text: str) -> str:
    stripped = " ".join(text.split())
    if not stripped:
        raise ValueError("give it a name that can be read")
    return stripped


Name = Annotated[Text, Field(min_length=1, max_length=100), AfterValidator(_said)]


class SearchCreate(Input):
    """A search to keep: a time exactly as it is or, with ``minutes``, any of that length within it."""

    name: Name
    any_of: AnyOf = AnyOf()
    start: Moment
    end: Moment
    minutes: Annotated[int | None, Field(strict=True, ge=1, le=MINUTES_MAX)] = None
    notify: Annotated[bool, Field(strict=True, description="Tell me when something that fits becomes free.")] = True

    @model_validator(mode="after")
    def _whole(self) -> "SearchCreate":
        if self.start >= self.end:
            raise ValueError("the end must lie after the start")
        return self

    def wish(self) -> SearchWish:
        """Answer the wish as the rules take it."""
        return SearchWish(self.name, self.any_of.query(), self.start, self.end, self.minutes, self.notify)


class SearchChange(Input):
    """What is to be different; what is left out stays. Without ``notify`` nobody is told: the search is paused."""

    name: Name | None = None
    notify: Annotated[bool | None, Field(strict=True)] = None


class SearchShown(BaseModel):
    """A saved search. ``closes_at`` is when it ends by itself; ``told_at`` is when its owner was last told.

    ``timezone`` is that of a resource which fits, by whose clocks the times are best shown; null if nothing fits yet.
    """

    id: int
    state: SearchStateName
    name: str
    any_of: AnyShown
    start: datetime
    end: datetime
    minutes: int | None
    timezone: str | None
    notify: bool
    told_at: datetime | None
    closes_at: datetime
    created_at: datetime
    owner: Named


class SearchPage(BaseModel):
    """A page of saved searches, in the order in which they were saved."""

    items: list[SearchShown]
    next_cursor: str | None


async def show_searches(searches: Searches, some: Sequence[SavedSearch], where: tzinfo) -> list[dict[str, Any]]:
    """Answer searches as ``SearchShown`` describes them."""
    people, zones = await searches.people_of(some), await searches.zones_of(some)
    return [_show(one, people, zones.get(one.id), where) for one in some]


def _show(search: SavedSearch, people: Mapping[int, Person], zone: str | None, where: tzinfo) -> dict[str, Any]:
    wanted, query, owner = search.wanted, search.query, people.get(search.owner_id)
    return {
        "id": search.id,
        "state": search.state,
        "name": search.name,
        "any_of": {
            "text": query.text,
            "kind": query.kind,
            "tags": query.tags,
            "site_id": query.site_id,
            "capacity_min": query.capacity_min,
        },
        "start": shown(wanted.start, where),
        "end": shown(wanted.end, where),
        "minutes": wanted.minutes,
        "timezone": zone,
        "notify": search.notify,
        "told_at": search.told_at and shown(search.told_at, where),
        "closes_at": shown(wanted.closes_at, where),
        "created_at": shown(search.created_at, where),
        "owner": {"id": search.owner_id, "name": owner.name if owner else ""},
    }
