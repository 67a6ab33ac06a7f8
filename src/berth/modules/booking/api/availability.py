"""What is free, over HTTP."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field, JsonValue

from berth.contracts.catalog import Resource, ResourceQuery
from berth.kit.auth import Identify, Principal
from berth.kit.http.caller import SignedIn, identify_hot, part
from berth.kit.http.front import HotRequest, HotRoute, hot_with_query
from berth.kit.http.limit import Limits
from berth.kit.http.page import LIMIT_DEFAULT, Cursor, Limit, instant_key, instant_of, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, shown
from berth.modules.booking.api.models import Text
from berth.modules.booking.domain.offers import Key, Offer, Window
from berth.modules.booking.usecases.availability import Availability

router = APIRouter(prefix="/api/v1", tags=["availability"])

WINDOW_DEFAULT = timedelta(days=7)
FREE_DAYS_MAX = 60
GAPS_DAYS_MAX = 366
MINUTES_MAX = 7 * 24 * 60
ID_MAX = 2**63 - 1

From = Annotated[Moment | None, Query(alias="from", description="Default: now.")]
Until = Annotated[Moment | None, Query(description="Default: seven days after `from`.")]
Minutes = Annotated[int, Query(ge=1, le=MINUTES_MAX, description="How long the reservation is to be.")]


class ResourceFound(BaseModel):
    """A resource, as catalog shows it."""

    id: int
    name: str
    kind: str
    site_id: int | None
    site_path: list[str]
    capacity: int | None
    timezone: str
    tags: list[str]
    description: str
    attributes: dict[str, JsonValue]
    retired: bool


class ResourceFoundPage(BaseModel):
    """A page of resources by name."""

    items: list[ResourceFound]
    next_cursor: str | None


class OfferShown(BaseModel):
    """A resource and the earliest time that fits; ``start`` and ``end`` exclude set-up and tear-down."""

    resource: ResourceFound
    start: datetime
    end: datetime


class OfferPage(BaseModel):
    """A page of offers, best first: by start, then the smallest capacity, then the name."""

    items: list[OfferShown]
    next_cursor: str | None


class GapShown(BaseModel):
    """Time in which reservations fit, without their set-up and tear-down."""

    start: datetime
    end: datetime


class Gaps(BaseModel):
    """All gaps of a window, in order."""

    items: list[GapShown]
    next_cursor: None


async def resource_query(
    text: Annotated[Text | None, Query(max_length=200, description="Words that must all occur.")] = None,
    kind: Annotated[Text | None, Query(max_length=50)] = None,
    tags: Annotated[
        list[Annotated[Text, Field(max_length=300)]] | None,
        Query(max_length=10, description="All of them; `a,b` is two."),
    ] = None,
    site_id: Annotated[int | None, Query(ge=1, le=ID_MAX, description="This site and all below it.")] = None,
    capacity_min: Annotated[int | None, Query(ge=0, le=2**31 - 1)] = None,
) -> ResourceQuery:
    """Read what a resource must be like."""
    named = tuple(tag for some in tags or () for tag in some.split(",") if tag)
    return ResourceQuery(text=text, kind=kind, tags=named, site_id=site_id, capacity_min=capacity_min)


Fitting = Annotated[ResourceQuery, Depends(resource_query)]


@router.get("/resources/search", response_model=ResourceFoundPage, responses=problems(401, 403))
async def search(
    _: SignedIn,
    query: Fitting,
    available_from: Moment | None = None,
    available_until: Moment | None = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
    availability: Availability = part(Availability),
) -> Response:
    """Find resources by name; with a window only those that are open and free in all of it."""
    return await _search(availability, query, available_from, available_until, limit, cursor)


def hot_search(availability: Availability, identify: Identify, limits: Limits) -> HotRoute:
    """Answer the hot route for searching by window."""

    async def serve(asked: Mapping[str, Any], request: HotRequest) -> Response:
        await identify_hot(identify, limits, request)
        return await _search(
            availability,
            ResourceQuery(),
            asked.get("available_from"),
            asked.get("available_until"),
            asked.get("limit", LIMIT_DEFAULT),
            asked.get("cursor"),
        )

    kinds = {"available_from": Moment, "available_until": Moment, "limit": Limit, "cursor": Cursor}
    return hot_with_query(kinds, serve)


async def _search(
    availability: Availability,
    query: ResourceQuery,
    available_from: datetime | None,
    available_until: datetime | None,
    limit: int,
    cursor: str | None,
) -> Response:
    window = None
    if available_from is not None and available_until is not None:
        window = in_order(available_from, available_until, "available_from", "available_until")
    elif available_from is not None or available_until is not None:
        raise Problem(422, "half-a-window", "Give both available_from and available_until, or neither.")
    found = await availability.search(query, window, read_cursor(cursor, str, int), limit + 1)
    pages = page(found, limit, lambda last: (last.name, last.id))
    return reply(pages | {"items": [show_resource(one) for one in pages["items"]]})


@router.get("/free", response_model=OfferPage, responses=problems(401, 403))
async def free(
    caller: SignedIn,
    zone: OutputZone,
    query: Fitting,
    minutes: Minutes,
    from_: From = None,
    until: Until = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
    availability: Availability = part(Availability),
) -> Response:
    """Find any resource and time that fit, best first: each resource with its earliest start.

    The reservation lies between `from` and `until`, at most 60 days, and may be made as it is offered.
    """
    now, _ = _read_place(cursor) or (availability.now(), None)
    since, end = bounded(from_, until, now, FREE_DAYS_MAX)
    window = Window(timedelta(minutes=minutes), since, end)
    return await offers_reply(availability, caller, query, window, cursor=cursor, limit=limit, where=zone.of(caller))


async def offers_reply(
    availability: Availability,
    caller: Principal,
    query: ResourceQuery,
    window: Window,
    *,
    cursor: str | None,
    limit: int,
    where: tzinfo,
) -> Response:
    """Answer a page of what is free within a window, best first, as ``OfferPage`` describes it."""
    now, after = _read_place(cursor) or (availability.now(), None)
    found = await availability.free(caller, query, window, now=now, after=after, limit=limit + 1)
    pages = page(found, limit, lambda last: _place(now, last))
    items = [
        {
            "resource": show_resource(one.resource),
            "start": shown(one.start, where),
            "end": shown(one.end, where),
        }
        for one in pages["items"]
    ]
    return reply(pages | {"items": items})


@router.get("/resources/{resource_id:id}/availability", response_model=Gaps, responses=problems(401, 403, 404))
async def gaps(
    resource_id: int,
    caller: SignedIn,
    zone: OutputZone,
    minutes: Annotated[
        int | None, Query(ge=1, le=MINUTES_MAX, description="Only where a reservation of this length fits.")
    ] = None,
    from_: From = None,
    until: Until = None,
    availability: Availability = part(Availability),
) -> Response:
    """Tell when a resource can be reserved: within its opening hours, not in the past, where nothing occupies it."""
    since, end = bounded(from_, until, availability.now(), GAPS_DAYS_MAX)
    length = None if minutes is None else timedelta(minutes=minutes)
    found = await availability.gaps(resource_id, since, end, length)
    where = zone.of(caller)
    items = [{"start": shown(start, where), "end": shown(end, where)} for start, end in found]
    return reply({"items": items, "next_cursor": None})


def bounded(since: datetime | None, until: datetime | None, now: datetime, days_max: int) -> tuple[datetime, datetime]:
    """Answer the window asked for, or the seven days from now; raise 422 if it is empty or too long."""
    since = since or now
    since, until = in_order(since, until or since + WINDOW_DEFAULT, "from", "until")
    if until - since > timedelta(days=days_max):
        raise Problem(422, "window-too-long", f"Ask for up to {days_max} days at a time.")
    return since, until


def in_order(start: datetime, end: datetime, start_name: str, end_name: str) -> tuple[datetime, datetime]:
    """Answer a window; raise 422 if its end is not behind its start."""
    if start >= end:
        raise Problem(422, "empty-window", f"{end_name} must lie after {start_name}.")
    return start, end


def show_resource(resource: Resource) -> Mapping[str, Any]:
    """Answer a resource as ``ResourceFound`` describes it."""
    return {
        "id": resource.id,
        "name": resource.name,
        "kind": resource.kind,
        "site_id": resource.site_id,
        "site_path": resource.site_path,
        "capacity": resource.capacity,
        "timezone": resource.timezone,
        "tags": resource.tags,
        "description": resource.description,
        "attributes": resource.attributes,
        "retired": resource.retired,
    }


def _place(now: datetime, last: Offer) -> tuple[str | int, ...]:
    """Answer a cursor's keys: with the first page's present, by which further pages are reckoned too."""
    start, capacity, name, id_ = last.key
    return instant_key(now), instant_key(start), capacity, name, id_


def _read_place(cursor: str | None) -> tuple[datetime, Key] | None:
    keys = read_cursor(cursor, int, int, int, str, int)
    if keys is None:
        return None
    now, start, capacity, name, id_ = keys
    return instant_of(now), (instant_of(start), capacity, name, id_)
