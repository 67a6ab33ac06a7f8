"""Calendars from outside over HTTP: administrators follow them for resources, everybody for oneself."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from berth.kit.auth import Principal
from berth.kit.http.caller import SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, ZoneAsked, shown
from berth.modules.calendar.api.models import (
    Conflicts,
    OwnBusyPage,
    SubscriptionCreate,
    SubscriptionPage,
    SubscriptionShown,
)
from berth.modules.calendar.domain.subscription import Subscription
from berth.modules.calendar.usecases.subscriptions import SubjectKind, Subscriptions, unknown_subscription

router = APIRouter(prefix="/api/v1/calendars", tags=["calendars"])

DAYS_MAX = 93


@router.post("/subscriptions", status_code=201, response_model=SubscriptionShown, responses=problems(401, 403, 409))
async def create(
    body: SubscriptionCreate, caller: SignedIn, zone: OutputZone, them: Subscriptions = part(Subscriptions)
) -> Response:
    """Follow a calendar: a resource is closed when it says busy, and you are shown as busy to yourself."""
    made = await them.create(caller, body.kind, body.id, body.name, url=body.url, file=body.file)
    return reply(_show(made, caller, zone), 201)


@router.get("/subscriptions", response_model=SubscriptionPage, responses=problems(401))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    kind: Annotated[SubjectKind | None, Query(description="Only those of resources, or only your own.")] = None,
    resource_id: Annotated[int | None, Query(ge=1, le=2**63 - 1)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    them: Subscriptions = part(Subscriptions),
) -> Response:
    """List your own subscriptions, and as an administrator those of resources, or of one resource."""
    keys = read_cursor(cursor, int)
    found = await them.listed(caller, kind, resource_id, keys[0] if keys else 0, limit + 1)
    pages = page(found, limit, lambda last: (last.id,))
    return reply(pages | {"items": [_show(one, caller, zone) for one in pages["items"]]})


@router.get("/subscriptions/{subscription_id:id}", response_model=SubscriptionShown, responses=problems(401, 404))
async def one(
    subscription_id: int, caller: SignedIn, zone: OutputZone, them: Subscriptions = part(Subscriptions)
) -> Response:
    """Answer a subscription: when its calendar was fetched last, and what went wrong since."""
    return reply(_show(await them.one(caller, _known(subscription_id)), caller, zone))


@router.post(
    "/subscriptions/{subscription_id:id}/refresh",
    status_code=202,
    response_model=SubscriptionShown,
    responses=problems(401, 404),
)
async def refresh(
    subscription_id: int, caller: SignedIn, zone: OutputZone, them: Subscriptions = part(Subscriptions)
) -> Response:
    """Have the calendar fetched now; `tried_at` of the subscription changes when that is done."""
    return reply(_show(await them.refresh(caller, _known(subscription_id)), caller, zone), 202)


@router.delete("/subscriptions/{subscription_id:id}", status_code=204, responses=problems(401, 404))
async def remove(subscription_id: int, caller: SignedIn, them: Subscriptions = part(Subscriptions)) -> Response:
    """Follow a calendar no more; what it closed is open again shortly after."""
    await them.remove(caller, _known(subscription_id))
    return Response(status_code=204)


@router.get("/subscriptions/{subscription_id:id}/conflicts", response_model=Conflicts, responses=problems(401, 404))
async def conflicts(
    subscription_id: int, caller: SignedIn, zone: OutputZone, them: Subscriptions = part(Subscriptions)
) -> Response:
    """List the reservations that stand where the calendar says that the resource is busy: somebody has to decide."""
    where = zone.of(caller)
    items = [
        {
            "reservation_id": each.reservation_id,
            "owner_id": each.owner_id,
            "title": each.title,
            "start": shown(each.start, where),
            "end": shown(each.end, where),
            "busy_start": shown(each.busy.start, where),
            "busy_end": shown(each.busy.end, where),
        }
        for each in await them.overlaps(caller, _known(subscription_id))
    ]
    return reply({"items": items, "next_cursor": None})


@router.get("/busy", response_model=OwnBusyPage, responses=problems(401))
async def busy(
    caller: SignedIn,
    zone: OutputZone,
    from_: Annotated[Moment | None, Query(alias="from", description="Else now.")] = None,
    until: Annotated[Moment | None, Query(description="Else a week later.")] = None,
    them: Subscriptions = part(Subscriptions),
) -> Response:
    """List when you are busy by the calendars that you follow; nobody else is told."""
    start = from_ or datetime.now(UTC)
    end = until or start + timedelta(days=7)
    if start >= end:
        raise Problem(422, "empty-window", "The time asked for ends before it starts.")
    if end - start > timedelta(days=DAYS_MAX):
        raise Problem(422, "window-too-long", f"Ask for up to {DAYS_MAX} days at once.")
    where = zone.of(caller)
    items = [
        {
            "subscription_id": each.subscription_id,
            "start": shown(each.start, where),
            "end": shown(each.end, where),
            "title": each.title,
        }
        for each in await them.own_busy(caller, start, end)
    ]
    return reply({"items": items, "next_cursor": None})


def _known(id_: int) -> int:
    if not 1 <= id_ < 2**63:
        raise unknown_subscription()
    return id_


def _show(one: Subscription, caller: Principal, zone: ZoneAsked) -> dict[str, Any]:
    where = zone.of(caller)
    lag = None if one.fetched_at is None else max(0, int((datetime.now(UTC) - one.fetched_at).total_seconds()))
    return {
        "id": one.id,
        "kind": one.kind,
        "subject_id": one.subject_id,
        "name": one.name,
        "url": one.url,
        "created_by": one.created_by,
        "created_at": shown(one.created_at, where),
        "fetched_at": one.fetched_at and shown(one.fetched_at, where),
        "lag_seconds": lag,
        "tried_at": one.tried_at and shown(one.tried_at, where),
        "error": one.error,
    }
