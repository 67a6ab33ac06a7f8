"""Calendars to read: one reservation, and feeds, which anybody reads who knows their addresses."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from berth.kit.auth import Principal
from berth.kit.http.caller import Anyone, SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, ZoneAsked, shown
from berth.modules.calendar.api.models import FeedCreate, FeedMade, FeedPage
from berth.modules.calendar.domain.feed import Feed
from berth.modules.calendar.domain.items import Place
from berth.modules.calendar.domain.writing import MEDIA_TYPE, calendar_text
from berth.modules.calendar.usecases.feeds import Content, Feeds, unknown_feed

router = APIRouter(prefix="/api/v1", tags=["calendars"])

CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/calendar": {"schema": {"type": "string"}}}, "description": "A calendar."}
}
SURE_AFTER = timedelta(seconds=2)
"""``Last-Modified`` counts seconds: what changed just now might change again within the same one."""


@router.get(
    "/reservations/{reservation_id:id}/calendar.ics",
    responses={**CALENDAR, **problems(401, 403, 404)},
    response_class=Response,
)
async def reservation(reservation_id: int, caller: SignedIn, feeds: Feeds = part(Feeds)) -> Response:
    """Answer a reservation as a calendar with one entry, to its owner and to administrators."""
    if not 1 <= reservation_id < 2**63:
        raise Problem(404, "unknown-reservation", "There is no such reservation.")
    one = await feeds.reservation(caller, reservation_id)
    name = f'attachment; filename="reservation-{reservation_id}.ics"'
    headers = {"ETag": f'"{one.etag}"', "Content-Disposition": name, "Cache-Control": "private, no-cache"}
    return Response(calendar_text([one], "Berth"), 200, headers, MEDIA_TYPE)


@router.post("/calendars/feeds", status_code=201, response_model=FeedMade, responses=problems(401, 403, 409))
async def create(
    body: FeedCreate, caller: SignedIn, zone: OutputZone, feeds: Feeds = part(Feeds), place: Place = part(Place)
) -> Response:
    """Make an address under which a calendar is read without signing in; it is shown this once."""
    feed, token = await feeds.create(caller, body.kind, body.id, titles=body.titles)
    url = f"{place.origin}/api/v1/calendars/feeds/{token}.ics"
    return reply(_show(feed, caller, zone) | {"url": url}, 201)


@router.get("/calendars/feeds", response_model=FeedPage, responses=problems(401))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    created_by: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Only what this person made.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    feeds: Feeds = part(Feeds),
) -> Response:
    """List your feeds; administrators see everybody's."""
    keys = read_cursor(cursor, int)
    found = await feeds.listed(caller, created_by, keys[0] if keys else 0, limit + 1)
    pages = page(found, limit, lambda last: (last.id,))
    return reply(pages | {"items": [_show(one, caller, zone) for one in pages["items"]]})


@router.delete("/calendars/feeds/{feed_id:id}", status_code=204, responses=problems(401, 404))
async def revoke(feed_id: int, caller: SignedIn, feeds: Feeds = part(Feeds)) -> Response:
    """Let nobody read a feed any more; administrators revoke everybody's."""
    if not 1 <= feed_id < 2**63:
        raise unknown_feed()
    await feeds.revoke(caller, feed_id)
    return Response(status_code=204)


@router.get(
    "/calendars/feeds/{token}.ics",
    responses={**CALENDAR, 304: {"description": "It has not changed."}, **problems(404, 409)},
    response_class=Response,
    dependencies=[Anyone],
)
async def read(
    token: str,
    if_none_match: Annotated[str | None, Header(max_length=2000)] = None,
    if_modified_since: Annotated[str | None, Header(max_length=100)] = None,
    feeds: Feeds = part(Feeds),
) -> Response:
    """Answer what a feed shows, to anybody who knows its address."""
    content = await feeds.read(token)
    headers = {
        "ETag": f'"{content.etag}"',
        "Last-Modified": format_datetime(content.changed_at.astimezone(UTC), usegmt=True),
        "Cache-Control": "private, no-cache",
    }
    if _is_known(content, if_none_match, if_modified_since):
        return Response(None, 304, headers)
    return Response(await feeds.text(content), 200, headers, MEDIA_TYPE)


def _is_known(content: Content, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Tell whether the reader has this very version; a tag says more than a time does, if both are sent."""
    if if_none_match is not None:
        tags = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
        return f'"{content.etag}"' in tags or "*" in tags
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    if since.tzinfo is None:
        return False
    changed = content.changed_at.replace(microsecond=0)
    return changed <= since and datetime.now(UTC) - content.changed_at > SURE_AFTER


def _show(feed: Feed, caller: Principal, zone: ZoneAsked) -> dict[str, Any]:
    where = zone.of(caller)
    return {
        "id": feed.id,
        "kind": feed.kind,
        "subject_id": feed.subject_id,
        "titles": feed.titles,
        "created_by": feed.created_by,
        "created_at": shown(feed.created_at, where),
        "read_at": feed.read_at and shown(feed.read_at, where),
    }
