"""What is busy, over HTTP: everybody may know when, only owners and administrators what and by whom."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from berth.kit.auth import Identify, Principal
from berth.kit.http.caller import SignedIn, identify_hot, part
from berth.kit.http.front import HotRequest, HotRoute, hot_with_query
from berth.kit.http.limit import Limits
from berth.kit.http.page import Cursor, instant_key, instant_of, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, ZoneAsked, shown
from berth.modules.booking.api.availability import ID_MAX, From, GapShown, Until, bounded
from berth.modules.booking.api.models import Named, StateName
from berth.modules.booking.store.availability import Stretch
from berth.modules.booking.usecases.availability import Availability, Hours, Schedule

router = APIRouter(prefix="/api/v1", tags=["availability"])

SCHEDULE_DAYS_MAX = 366
IDS_MAX = 500
IDS = re.compile(r"[0-9]{1,19}(,[0-9]{1,19})*")

Ids = Annotated[str, Field(max_length=20 * IDS_MAX, pattern=f"^{IDS.pattern}$")]
Limit = Annotated[int, Query(ge=1, le=5000, description="How many stretches at most.")]
LIMIT_DEFAULT = 1000


class BusyShown(BaseModel):
    """Time for which a resource is occupied, set-up and tear-down included.

    ``title``, ``owner``, ``reservation_id``, ``state`` and ``version`` are there for the owner and for
    administrators, ``reserved`` too, where it is less than what is occupied. What a move holds until it is
    decided is ``pending``. A ``hold`` is what somebody decides about, an ``offer`` what is kept for the next in
    line. ``reason`` is a blackout's, and there for everybody.
    """

    resource_id: int
    start: datetime
    end: datetime
    kind: Literal["reservation", "blackout", "hold", "offer"]
    title: str | None = None
    owner: Named | None = None
    reservation_id: int | None = None
    state: StateName | None = None
    version: int | None = None
    reserved: GapShown | None = None
    reason: str | None = None


class HoursShown(BaseModel):
    """When resources are closed within the window; their reservations lie on a grid of so many minutes, if of any."""

    resource_ids: list[int]
    granularity_minutes: int | None
    closed: list[GapShown]


class BusyPage(BaseModel):
    """A page of busy time, by resource and start; ``hours`` are there if they were asked for."""

    items: list[BusyShown]
    next_cursor: str | None
    hours: list[HoursShown] | None = None


class StatusShown(BaseModel):
    """What a resource is doing now; ``until`` is null if no change is in sight."""

    resource_id: int
    state: Literal["free", "busy", "closed", "retired"]
    until: datetime | None
    current: BusyShown | None
    next: BusyShown | None


@router.get("/resources/{resource_id:id}/status", response_model=StatusShown, responses=problems(401, 403, 404))
async def status(
    resource_id: int, caller: SignedIn, zone: OutputZone, availability: Availability = part(Availability)
) -> Response:
    """Tell whether a resource is free now, until when, and what occupies it now and next."""
    state, schedule, now = await availability.status(caller, resource_id)
    where = zone.of(caller)
    stretches = show_busy(schedule, where)
    current = stretches.pop(0) if schedule.stretches and schedule.stretches[0].start <= now else None
    return reply(
        {
            "resource_id": resource_id,
            "state": state.state,
            "until": None if state.until is None else shown(state.until, where),
            "current": current,
            "next": stretches[0] if stretches else None,
        }
    )


@router.get("/resources/{resource_id:id}/schedule", response_model=BusyPage, responses=problems(401, 403, 404))
async def schedule_of_one(
    resource_id: int,
    caller: SignedIn,
    zone: OutputZone,
    from_: From = None,
    until: Until = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
    availability: Availability = part(Availability),
) -> Response:
    """Tell when a resource is busy."""
    window = bounded(from_, until, availability.now(), SCHEDULE_DAYS_MAX)
    ids = await availability.resource_ids([resource_id], None)
    return await _page(availability, caller, zone.of(caller), ids, window, limit, cursor)


@router.get("/schedule", response_model=BusyPage, responses=problems(401, 403, 404))
async def schedule(
    caller: SignedIn,
    zone: OutputZone,
    resource_ids: Annotated[
        list[Ids] | None,
        Query(max_length=1, description=f"Up to {IDS_MAX} ids, separated by commas: `1,2`."),
    ] = None,
    site_id: Annotated[int | None, Query(ge=1, le=ID_MAX, description="This site and all below it.")] = None,
    from_: From = None,
    until: Until = None,
    limit: Limit = LIMIT_DEFAULT,
    cursor: Cursor = None,
    hours: Annotated[bool, Query(description="Tell when the resources are closed, too.")] = False,
    availability: Availability = part(Availability),
) -> Response:
    """Tell when several resources are busy: those named, those of a site, or those named if they are in a site."""
    window = bounded(from_, until, availability.now(), SCHEDULE_DAYS_MAX)
    ids = await availability.resource_ids(_read_ids(resource_ids, site_id), site_id)
    return await _page(availability, caller, zone.of(caller), ids, window, limit, cursor, hours=hours)


def hot_schedule(availability: Availability, identify: Identify, limits: Limits) -> HotRoute:
    """Answer the hot route for the schedules of resources that are named."""
    no_zone_asked = ZoneAsked(None)

    async def serve(asked: Mapping[str, Any], request: HotRequest) -> Response:
        caller = await identify_hot(identify, limits, request)
        window = bounded(asked.get("from"), asked.get("until"), availability.now(), SCHEDULE_DAYS_MAX)
        named = [asked["resource_ids"]] if "resource_ids" in asked else None
        ids = await availability.resource_ids(_read_ids(named, None), None)
        limit, cursor = asked.get("limit", LIMIT_DEFAULT), asked.get("cursor")
        where, hours = no_zone_asked.of(caller), asked.get("hours", False)
        return await _page(availability, caller, where, ids, window, limit, cursor, hours=hours)

    kinds = {"resource_ids": Ids, "from": Moment, "until": Moment, "limit": Limit, "cursor": Cursor, "hours": bool}
    return hot_with_query(kinds, serve)


async def _page(
    availability: Availability,
    caller: Principal,
    where: tzinfo,
    ids: Sequence[int],
    window: tuple[datetime, datetime],
    limit: int,
    cursor: str | None,
    *,
    hours: bool = False,
) -> Response:
    keys = read_cursor(cursor, int, int)
    after = None if keys is None else (keys[0], instant_of(keys[1]))
    found = await availability.schedule(caller, ids, window, after, limit + 1)
    pages = page(found.stretches, limit, lambda last: (last.resource_id, instant_key(last.end)))
    more = {"hours": [_show_hours(one, where) for one in await availability.hours(ids, window)]} if hours else {}
    return reply(pages | {"items": show_busy(Schedule(pages["items"], found.people), where)} | more)


def _show_hours(hours: Hours, where: tzinfo) -> dict[str, Any]:
    closed = [{"start": shown(start, where), "end": shown(end, where)} for start, end in hours.closed]
    return {"resource_ids": hours.resource_ids, "granularity_minutes": hours.granularity_minutes, "closed": closed}


def show_busy(schedule: Schedule, where: tzinfo) -> list[dict[str, Any]]:
    """Answer stretches of busy time as ``BusyShown`` describes them, without the members that are not told."""
    return [_show(one, schedule, where) for one in schedule.stretches]


def _show(stretch: Stretch, schedule: Schedule, where: tzinfo) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "resource_id": stretch.resource_id,
        "start": shown(stretch.start, where),
        "end": shown(stretch.end, where),
        "kind": stretch.kind,
    }
    if stretch.owner_id is not None:
        person = schedule.people.get(stretch.owner_id)
        answer["title"] = stretch.title
        answer["owner"] = {"id": stretch.owner_id, "name": person.name if person else ""}
        answer["reservation_id"] = stretch.occupant_id
        answer["state"] = stretch.state
        answer["version"] = stretch.version
        start, end = stretch.reserved_start, stretch.reserved_end
        if start and end and (start, end) != (stretch.start, stretch.end):
            answer["reserved"] = {"start": shown(start, where), "end": shown(end, where)}
    if stretch.reason is not None:
        answer["reason"] = stretch.reason
    return answer


def _read_ids(texts: Sequence[str] | None, site_id: int | None) -> list[int] | None:
    if texts is None:
        if site_id is None:
            raise Problem(422, "nothing-named", "Name resources by resource_ids, or a site by site_id.")
        return None
    ids = sorted({int(number) for text in texts for number in text.split(",")})
    if len(ids) > IDS_MAX:
        raise Problem(422, "too-many-resources", f"Name up to {IDS_MAX} resources at a time.")
    unknown = next((one for one in ids if not 1 <= one <= ID_MAX), None)
    if unknown is not None:
        raise Problem(404, "unknown-resource", f"There is no resource {unknown}.")
    return ids
