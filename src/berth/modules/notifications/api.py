"""The notification centre over HTTP: each person's own, and nobody else's."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator

from berth.kit.http.caller import SignedIn, part
from berth.kit.http.page import Cursor, Limit, page, read_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, shown
from berth.modules.notifications.domain import Channel, Kind, Notification, Switch, render
from berth.modules.notifications.store import Filter
from berth.modules.notifications.usecases import Centre, Preferences

router = APIRouter(prefix="/api/v1/notifications", tags=["notifications"])

Id = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadAll(_Input):
    """How far to read: up to the newest that was seen, so that what came meanwhile stays unread."""

    until_id: Id | None = None


class Preference(_Input):
    """A switch. ``by_self`` is for confirmations of what one did oneself, and off that for what others did."""

    kind: Kind
    by_self: StrictBool
    channel: Channel = Channel.IN_APP
    enabled: StrictBool

    @property
    def switch(self) -> Switch:
        """Answer which switch it is."""
        return Switch(self.kind, self.by_self, self.channel)


class PreferencesPut(_Input):
    """Switches; those left out are set to their defaults."""

    items: Annotated[tuple[Preference, ...], Field(max_length=100)]

    @model_validator(mode="after")
    def _once(self) -> "PreferencesPut":
        if len({one.switch for one in self.items}) < len(self.items):
            raise ValueError("each switch may be named once")
        return self


class PreferencesShown(BaseModel):
    """Every switch there is."""

    items: list[Preference]


class Named(BaseModel):
    """A resource, as far as a notification says."""

    id: int
    name: str


class ReservationTold(BaseModel):
    """The reservation as it stood after what is told; ``changes`` and ``reason`` are of changing and cancelling."""

    reservation_id: int
    title: str
    resources: list[Named]
    start: datetime
    end: datetime
    changes: list[str]
    reason: str | None


class NotificationShown(BaseModel):
    """A notification: in words, and what they were made of. ``created_at`` is when it happened."""

    id: int
    kind: Kind
    by_self: bool
    title: str
    body: str
    subject: str
    data: ReservationTold
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
    return reply(pages | {"items": await _show(centre, pages["items"], zone.of(caller))})


@router.get("/unread-count", response_model=UnreadCount, responses=problems(401))
async def unread_count(caller: SignedIn, centre: Centre = part(Centre)) -> Response:
    """Count the notifications that you have not read."""
    return reply({"unread": await centre.unread_count(caller)})


@router.post("/{notification_id:id}/read", response_model=NotificationShown, responses=problems(401, 404))
async def read(notification_id: int, caller: SignedIn, zone: OutputZone, centre: Centre = part(Centre)) -> Response:
    """Mark a notification as read; the time at which it was read first stays."""
    if not 1 <= notification_id < 2**63:
        raise Problem(404, "unknown-notification", "You have no such notification.")
    [found] = await _show(centre, [await centre.read(caller, notification_id)], zone.of(caller))
    return reply(found)


@router.post("/read-all", response_model=ReadCount, responses=problems(401))
async def read_all(caller: SignedIn, body: ReadAll | None = None, centre: Centre = part(Centre)) -> Response:
    """Mark all your notifications as read, or those up to `until_id`."""
    return reply({"read": await centre.read_all(caller, body.until_id if body else None)})


@router.get("/preferences", response_model=PreferencesShown, responses=problems(401))
async def preferences(caller: SignedIn, kept: Preferences = part(Preferences)) -> Response:
    """Answer what you are told of."""
    return reply(_switches(await kept.of(caller)))


@router.put("/preferences", response_model=PreferencesShown, responses=problems(401))
async def set_preferences(body: PreferencesPut, caller: SignedIn, kept: Preferences = part(Preferences)) -> Response:
    """Choose what you are told of; switches left out are set to their defaults."""
    return reply(_switches(await kept.set(caller, {one.switch: one.enabled for one in body.items})))


def _switches(all_: Mapping[Switch, bool]) -> dict[str, Any]:
    return {
        "items": [
            {"kind": one.kind, "by_self": one.by_self, "channel": one.channel, "enabled": enabled}
            for one, enabled in all_.items()
        ]
    }


async def _show(centre: Centre, notifications: Sequence[Notification], where: tzinfo) -> list[dict[str, Any]]:
    names = await centre.names_of(notifications)
    return [_show_one(one, names, where) for one in notifications]


def _show_one(one: Notification, names: Mapping[int, str], where: tzinfo) -> dict[str, Any]:
    text = render(one.kind, one.data, names, where, by_self=one.by_self)
    return {
        "id": one.id,
        "kind": one.kind,
        "by_self": one.by_self,
        "title": text.title,
        "body": text.body,
        "subject": one.subject,
        "data": {
            "reservation_id": one.data["reservation_id"],
            "title": one.data["title"],
            "resources": [{"id": id_, "name": names[id_]} for id_ in one.resource_ids if id_ in names],
            "start": shown(datetime.fromisoformat(one.data["start"]), where),
            "end": shown(datetime.fromisoformat(one.data["end"]), where),
            "changes": one.data.get("changes", []),
            "reason": one.data.get("reason"),
        },
        "created_at": shown(one.created_at, where),
        "read_at": one.read_at and shown(one.read_at, where),
    }
