"""Reading, moving and cancelling reservations over HTTP."""

import re
from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from berth.kit.auth import Principal
from berth.kit.http.caller import SignedIn, part
from berth.kit.http.page import Cursor, Limit, instant_key, page, read_instant_cursor
from berth.kit.http.problem import Problem, problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import Moment, OutputZone, ZoneAsked, shown
from berth.modules.booking.api.models import (
    Cancellation,
    History,
    ReservationChange,
    ReservationDetail,
    ReservationPage,
    StateName,
)
from berth.modules.booking.api.show import show_all, show_life, show_members
from berth.modules.booking.api.waiting import Prefer, Waiting, applied
from berth.modules.booking.domain.life.value import SYSTEM
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.store.reservation import Filter
from berth.modules.booking.usecases.changing import Changing, Wish
from berth.modules.booking.usecases.reading import Reading

router = APIRouter(prefix="/api/v1", tags=["reservations"])

States = Annotated[list[StateName] | None, Query(max_length=8)]
From = Annotated[Moment | None, Query(alias="from", description="Only what ends after this instant.")]
Until = Annotated[Moment | None, Query(description="Only what starts before this instant.")]
QueryId = Annotated[int | None, Query(ge=1, le=2**63 - 1)]
IfMatch = Annotated[
    str | None,
    Header(max_length=64, description='The ETag of the version that is to be changed, such as `"1"`.'),
]


@router.get("/reservations", response_model=ReservationPage, responses=problems(401))
async def listed(
    caller: SignedIn,
    zone: OutputZone,
    owner_id: QueryId = None,
    resource_id: QueryId = None,
    state: States = None,
    from_: From = None,
    until: Until = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    reading: Reading = part(Reading),
) -> Response:
    """List reservations by start: an administrator everybody's, others their own."""
    if not caller.is_admin:
        owner_id = caller.id if owner_id in (None, caller.id) else 0
    which = Filter(owner_id, resource_id, tuple(state) if state else None, from_, until, read_instant_cursor(cursor))
    return await _page(reading, caller, zone, await reading.listed(which, limit + 1), limit)


@router.get("/reservations/my", response_model=ReservationPage, responses=problems(401))
async def my(
    caller: SignedIn,
    zone: OutputZone,
    resource_id: QueryId = None,
    state: States = None,
    from_: From = None,
    until: Until = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    reading: Reading = part(Reading),
) -> Response:
    """List the caller's own reservations, the latest first."""
    which = Filter(
        caller.id,
        resource_id,
        tuple(state) if state else None,
        from_,
        until,
        read_instant_cursor(cursor),
        newest_first=True,
    )
    return await _page(reading, caller, zone, await reading.listed(which, limit + 1), limit)


@router.get("/reservations/upcoming", response_model=ReservationPage, responses=problems(401))
async def upcoming(
    caller: SignedIn,
    zone: OutputZone,
    limit: Limit = 50,
    cursor: Cursor = None,
    reading: Reading = part(Reading),
) -> Response:
    """List the caller's own reservations that are under way or ahead, the next first."""
    found = await reading.upcoming(caller, read_instant_cursor(cursor), limit + 1)
    return await _page(reading, caller, zone, found, limit)


@router.get("/reservations/{reservation_id:id}", response_model=ReservationDetail, responses=problems(401, 403, 404))
async def one(reservation_id: int, caller: SignedIn, zone: OutputZone, reading: Reading = part(Reading)) -> Response:
    """Answer a reservation, to its owner, to those who were asked to approve it, and to administrators."""
    return await one_shown(reading, caller, zone, await reading.one(caller, known(reservation_id)))


@router.get("/reservations/{reservation_id:id}/history", response_model=History, responses=problems(401, 403, 404))
async def history(
    reservation_id: int, caller: SignedIn, zone: OutputZone, reading: Reading = part(Reading)
) -> Response:
    """Tell all that happened to a reservation, oldest first."""
    changes = await reading.history(caller, known(reservation_id))
    people = await reading.people([change.actor_id for change in changes])
    names = {SYSTEM: "Berth", **{id_: one.name for id_, one in people.items()}}
    where = zone.of(caller)
    items = [
        {
            "version": change.version,
            "what": change.what,
            "actor": {"id": change.actor_id, "name": names.get(change.actor_id, "")},
            "before": show_members(change.before, where),
            "after": show_members(change.after, where),
            "changed_at": shown(change.changed_at, where),
        }
        for change in changes
    ]
    return reply({"items": items, "next_cursor": None})


@router.patch(
    "/reservations/{reservation_id:id}",
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409, 412),
)
async def change(
    reservation_id: int,
    body: ReservationChange,
    caller: SignedIn,
    zone: OutputZone,
    if_match: IfMatch = None,
    prefer: Prefer = None,
    changing: Changing = part(Changing),
    waiting: Waiting = part(Waiting),
    reading: Reading = part(Reading),
) -> Response:
    """Move or retitle a reservation; if the new slot is taken, the old one is kept.

    A move that has to be confirmed takes place when it is; until then it is shown as ``move``.
    """
    clears = "description" in body.model_fields_set and body.description is None
    wish = Wish(
        body.start,
        body.end,
        body.title,
        "" if clears else body.description,
        tuple(sorted(body.resource_ids)) if body.resource_ids else None,
        version_of(if_match),
    )
    found = await changing.change(caller, known(reservation_id), wish)
    return await one_shown(reading, caller, zone, await waiting.moved(caller, found, wish, prefer), prefer)


@router.post(
    "/reservations/{reservation_id:id}/cancel",
    response_model=ReservationDetail,
    responses=problems(401, 403, 404, 409),
)
async def cancel(
    reservation_id: int,
    caller: SignedIn,
    zone: OutputZone,
    body: Cancellation | None = None,
    changing: Changing = part(Changing),
    reading: Reading = part(Reading),
) -> Response:
    """Give up a reservation; its slot is free at once. Cancelling twice changes nothing more."""
    reason = body.reason if body else None
    return await one_shown(reading, caller, zone, await changing.cancel(caller, known(reservation_id), reason))


async def one_shown(
    reading: Reading, caller: Principal, zone: ZoneAsked, found: Reservation, prefer: str | None = None
) -> Response:
    """Answer a reservation with what is under way for it."""
    life, resources = await reading.life(found)
    now = life.reservation  # at one moment with its requests: else a move might be neither under way nor done
    [item] = await _show(reading, caller, zone, [now])
    headers = {"ETag": f'"{now.version}"', **applied(prefer)}
    return reply(item | show_life(life, resources, zone.of(caller)), headers=headers)


async def _page(reading: Reading, caller: Principal, zone: ZoneAsked, found: list[Reservation], limit: int) -> Response:
    pages = page(found, limit, lambda last: (instant_key(last.start), last.id))
    return reply(pages | {"items": await _show(reading, caller, zone, pages["items"])})


async def _show(
    reading: Reading, caller: Principal, zone: ZoneAsked, found: list[Reservation]
) -> list[dict[str, object]]:
    resources = await reading.resources_of(found)
    people = await reading.people([one.owner_id for one in found])
    return show_all(found, resources, people, zone.of(caller))


def known(id_: int, what: str = "reservation") -> int:
    """Answer the id; one beyond what the database can hold is as unknown as any other."""
    if not 1 <= id_ < 2**63:
        raise Problem(404, f"unknown-{what}", f"There is no such {what}.")
    return id_


def version_of(if_match: str | None) -> int | None:
    """Answer the version that If-Match names, if it names one."""
    if if_match is None or if_match == "*":
        return None
    match = re.fullmatch(r'(?:W/)?"(\d{1,9})"', if_match)
    if not match:
        raise Problem(412, "changed-meanwhile", "If-Match takes the ETag of the reservation as it was answered.")
    return int(match[1])
