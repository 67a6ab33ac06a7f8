"""The notification centre over HTTP: each person's own, and nobody else's."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, shown
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.news import Notification
from berth.modules.notifications.domain.rendering import Names, Reader, render
from berth.modules.notifications.store.reading import Filter
from berth.modules.notifications.usecases.reading import Centre

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])

TIMES = {"start", "end", "wanted_start", "wanted_end", "until"}
PLAIN = {
    *("reservation_id", "entry_id", "order_id", "state", "reason", "why", "approved", "message"),
    *("currency", "amount_minor", "kept_minor", "returned_minor"),
    *("series_id", "count", "confirmed"),
    *("performance_id", "performance", "venue"),
}
"""The members of events that are shown as they are."""

Id = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadAll(_Input):
    """How far to read: up to the newest that was seen, so that what came meanwhile stays unread."""

    until_id: Id | None = None


class NamedResource(BaseModel):
    """A resource, as far as a notification says."""

    id: int
    name: str


class NotHeld(BaseModel):
    """A time of a series that is not reserved, and why.

    Of what could not be reserved later on that is ``busy`` or ``refused``, of what was not confirmed a sentence.
    """

    start: datetime
    why: str | None


class SlotTold(BaseModel):
    """A resource that became free for a time."""

    resource: NamedResource
    start: datetime
    end: datetime


class SearchTold(BaseModel):
    """A saved search, to be run anew: for the whole time, or for ``minutes`` within it."""

    id: int
    name: str
    text: str | None
    kind: str | None
    tags: list[str]
    site_id: int | None
    capacity_min: int | None
    start: datetime
    end: datetime
    minutes: int | None


class Told(BaseModel):
    """What is told: the reservation as it stood then, and of some kinds more; or, with ``entry_id``, a place in the
    waitlist, whose offer is to be accepted ``until`` a time; or a saved ``search``, and the ``slots`` that became free;
    or, with ``order_id``, an order of seats of a ``performance``, or its payment.

    ``changes`` are those of a changed one, ``reason`` is that of a cancellation or a refused move, whose time would
    have been ``wanted_start`` to ``wanted_end``. An approval has to be decided ``until`` a time, by ``why`` it is
    asked; once decided it is ``approved`` or not, perhaps with a ``message``. Amounts are whole minor units of the
    currency, such as cents. Of a payment, ``start`` and ``end`` are missing if its reservation is not known any more.

    What happened to a series has ``series_id``, and ``count`` is to how many of its reservations it happened. Of
    those, so many are ``confirmed`` once all are decided; the others, and what could not be reserved when the series
    went on, are ``missed``.
    """

    reservation_id: int | None
    entry_id: int | None
    order_id: int | None
    title: str
    resources: list[NamedResource]
    start: datetime | None
    end: datetime | None
    state: str | None
    changes: list[str]
    reason: str | None
    wanted_start: datetime | None
    wanted_end: datetime | None
    why: str | None
    until: datetime | None
    approved: bool | None
    message: str | None
    currency: str | None
    amount_minor: int | None
    kept_minor: int | None
    returned_minor: int | None
    series_id: int | None
    count: int | None
    confirmed: int | None
    performance_id: int | None
    performance: str | None
    venue: str | None
    missed: list[NotHeld]
    search: SearchTold | None
    slots: list[SlotTold]


class NotificationShown(BaseModel):
    """A notification: in words, and what they were made of. ``created_at`` is when it happened."""

    id: int
    kind: Kind
    by_self: bool
    title: str
    body: str
    subject: str
    data: Told
    created_at: datetime
    read_at: datetime | None


class NotificationPage(BaseModel):
    """A page of notifications."""

    items: list[NotificationShown]
    next_cursor: str | None


class UnreadCount(BaseModel):
    """How many are not read."""

    unread: int


class ReadCount(BaseModel):
    """How many were marked as read."""

    read: int


@router.get("", response_model=NotificationPage, responses=problems(401))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    unread: Annotated[bool | None, Query(description="Only those not read, or only those read.")] = None,
    kind: Kind | None = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    centre: Centre = part(Centre),
) -> Response:
    """List your own notifications, the newest first."""
    keys = read_cursor(cursor, int)
    found = await centre.listed(Filter(caller.id, unread, kind, keys[0] if keys else None), limit + 1)
    pages = page(found, limit, lambda last: (last.id,))
    return reply(pages | {"items": await _show(centre, pages["items"], Reader(caller.language, zone.of(caller)))})


@router.get("/unread-count", response_model=UnreadCount, responses=problems(401))
async def unread_count(caller: SignedIn, centre: Centre = part(Centre)) -> Response:
    """Count the notifications that you have not read."""
    return reply({"unread": await centre.unread_count(caller)})


@router.post("/{notification_id:id}/read", response_model=NotificationShown, responses=problems(401, 404))
async def read(notification_id: int, caller: SignedIn, zone: OutputZone, centre: Centre = part(Centre)) -> Response:
    """Mark a notification as read; the time at which it was read first stays."""
    if not 1 <= notification_id < 2**63:
        raise Problem(404, "unknown-notification", "You have no such notification.")
    reader = Reader(caller.language, zone.of(caller))
    [found] = await _show(centre, [await centre.read(caller, notification_id)], reader)
    return reply(found)


@router.post("/read-all", response_model=ReadCount, responses=problems(401))
async def read_all(caller: SignedIn, body: ReadAll | None = None, centre: Centre = part(Centre)) -> Response:
    """Mark all your notifications as read, or those up to `until_id`."""
    return reply({"read": await centre.read_all(caller, body.until_id if body else None)})


async def _show(centre: Centre, notifications: Sequence[Notification], reader: Reader) -> list[dict[str, Any]]:
    names = await centre.names_of(notifications)
    return [_show_one(one, names, reader) for one in notifications]


def _show_one(one: Notification, names: Names, reader: Reader) -> dict[str, Any]:
    text = render(one.kind, one.data, names, reader, by_self=one.by_self)
    return {
        "id": one.id,
        "kind": one.kind,
        "by_self": one.by_self,
        "title": text.title,
        "body": text.body,
        "subject": one.subject,
        "data": _told(one.data, names, reader),
        "created_at": shown(one.created_at, reader.where),
        "read_at": one.read_at and shown(one.read_at, reader.where),
    }


def _told(data: Mapping[str, Any], names: Names, reader: Reader) -> dict[str, Any]:
    ids = [id_ for id_ in data.get("resource_ids") or () if id_ in names.resources]
    times = {name: data[name] and shown(datetime.fromisoformat(data[name]), reader.where) for name in TIMES & {*data}}
    if "slots" in data:
        return {
            **dict.fromkeys(Told.model_fields),
            "title": "",
            "changes": [],
            "missed": [],
            **_matched(data, names, reader),
        }
    return {
        **dict.fromkeys(Told.model_fields),
        **{name: data[name] for name in PLAIN & {*data}},
        **times,
        "title": data.get("title") or "",
        "resources": [{"id": id_, "name": names.resources[id_]} for id_ in ids],
        "changes": data.get("changes") or [],
        "missed": [
            {"start": shown(datetime.fromisoformat(one["start"]), reader.where), "why": one["why"]}
            for one in data.get("missed") or ()
        ],
        "slots": [],
    }


def _matched(data: Mapping[str, Any], names: Names, reader: Reader) -> dict[str, Any]:
    """Answer what became free for a search, as far as its resources are known any more."""

    def instant(one: Mapping[str, Any], name: str) -> datetime:
        return shown(datetime.fromisoformat(one[name]), reader.where)

    known = [one for one in data["slots"] if one["resource_id"] in names.resources]
    ids = dict.fromkeys(one["resource_id"] for one in known)
    return {
        "resources": [{"id": id_, "name": names.resources[id_]} for id_ in ids],
        "search": {
            "id": data["search_id"],
            "name": data["name"],
            **data["any_of"],
            "start": instant(data, "start"),
            "end": instant(data, "end"),
            "minutes": data["minutes"],
        },
        "slots": [
            {
                "resource": {"id": one["resource_id"], "name": names.resources[one["resource_id"]]},
                "start": instant(one, "start"),
                "end": instant(one, "end"),
            }
            for one in known
        ],
    }
