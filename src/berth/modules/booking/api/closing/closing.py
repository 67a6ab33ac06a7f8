"""``/resources/{id}/closing``: what is in the way is shown, and with one confirmation moved, cancelled and closed."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from fastapi import APIRouter, Response

from berth.contracts.catalog import Resource
from berth.contracts.identity import Person
from berth.kit.http.caller import Administrator, part
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, shown
from berth.modules.booking.api.closing.models import ClosingDone, ClosingOrder, ClosingPreview, ClosingTime
from berth.modules.booking.api.reservation import known
from berth.modules.booking.domain.closing import Outcome
from berth.modules.booking.store.closing.closing import Closing
from berth.modules.booking.usecases.closing.closing import Changed, Closings, Order
from berth.modules.booking.usecases.closing.picturing import ClosingWish, Picture
from berth.modules.booking.usecases.closing.reading import ClosingReading

router = APIRouter(prefix="/api/v1", tags=["blackouts"])


@router.post(
    "/resources/{resource_id:id}/closing/preview", response_model=ClosingPreview, responses=problems(401, 403, 404)
)
async def preview(
    resource_id: int,
    body: ClosingTime,
    caller: Administrator,
    zone: OutputZone,
    closings: Closings = part(Closings),
    reading: ClosingReading = part(ClosingReading),
) -> Response:
    """Say of everything in the way whether it would be moved, and where, or cancelled, and why; nothing is changed."""
    picture = await closings.preview(caller, await _wish(reading, resource_id, body))
    return reply(await _show_picture(reading, picture, zone.of(caller)))


@router.post(
    "/resources/{resource_id:id}/closing",
    status_code=201,
    response_model=ClosingDone,
    responses=problems(401, 403, 404, 409),
)
async def close(
    resource_id: int,
    body: ClosingOrder,
    caller: Administrator,
    zone: OutputZone,
    closings: Closings = part(Closings),
    reading: ClosingReading = part(ClosingReading),
) -> Response:
    """Do what the preview showed, all of it or nothing: the same digest twice is answered the same.

    409 `closing-changed` says that the calendar is another by now, with the new picture under `preview`.
    """
    wish = await _wish(reading, resource_id, body)
    try:
        closing = await closings.close(caller, Order(wish, body.reason, body.digest))
    except Changed as changed:
        raise Problem(
            409,
            "closing-changed",
            "The calendar has changed since this was shown, and nothing was done; look at it anew and confirm again.",
            more={"preview": await _show_picture(reading, changed.picture, zone.of(caller))},
        ) from changed
    return reply(await _show_closing(reading, closing, zone.of(caller)), 201)


@router.get("/blackouts/{blackout_id:id}/closing", response_model=ClosingDone, responses=problems(401, 403, 404))
async def one(
    blackout_id: int, caller: Administrator, zone: OutputZone, reading: ClosingReading = part(ClosingReading)
) -> Response:
    """Tell what a closing did when its blackout was set, also once that is lifted."""
    return reply(await _show_closing(reading, await reading.one(known(blackout_id, "closing")), zone.of(caller)))


async def _wish(reading: ClosingReading, resource_id: int, body: ClosingTime) -> ClosingWish:
    id_ = known(resource_id, "resource")
    if body.start is not None and body.end is not None:
        return ClosingWish(id_, body.start, body.end)
    if body.day is None:
        raise ValueError("a closing has a day, or a start and an end")
    return await reading.day(id_, body.day)


async def _show_picture(reading: ClosingReading, picture: Picture, where: tzinfo) -> dict[str, Any]:
    closed = picture.known.closed
    return {
        "resource": _placed(closed),
        "start": shown(picture.start, where),
        "end": shown(picture.end, where),
        "digest": picture.digest,
        **await _show_items(reading, picture.items, where),
    }


async def _show_closing(reading: ClosingReading, closing: Closing, where: tzinfo) -> dict[str, Any]:
    closed = await reading.resource(closing.resource_id)
    return {
        "id": closing.id,
        "resource": _placed(closed),
        "start": shown(closing.start, where),
        "end": shown(closing.end, where),
        "reason": closing.reason,
        **await _show_items(reading, closing.items, where),
    }


async def _show_items(reading: ClosingReading, items: Sequence[Mapping[str, Any]], where: tzinfo) -> dict[str, Any]:
    resources, people = await reading.named(items)
    outcomes = [one["outcome"] for one in items]
    return {
        "counts": {one.value: outcomes.count(one) for one in Outcome},
        "items": [_show_item(one, resources, people, where) for one in items],
    }


def _show_item(
    one: Mapping[str, Any], resources: Mapping[int, Resource], people: Mapping[int, Person], where: tzinfo
) -> dict[str, Any]:
    owner = people.get(one["owner_id"])
    to = resources.get(one["to_id"])
    return {
        **{name: one[name] for name in ("kind", "id", "title", "state", "series_id", "outcome", "confirm", "why")},
        "start": shown(one["start"], where),
        "end": shown(one["end"], where),
        "resources": [_placed(resources[id_]) for id_ in one["resource_ids"] if id_ in resources],
        "owner": {"id": owner.id, "name": owner.name} if owner else None,
        "to": _placed(to) if to else None,
    }


def _placed(one: Resource) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "timezone": one.timezone}
