"""Reservations as their readers see them: with names, in the zone they asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from berth.contracts.catalog import Resource
from berth.contracts.identity import Person
from berth.kit.http.zone import shown
from berth.modules.booking.domain.life.value import Life, Request, Slot, Standing
from berth.modules.booking.domain.reservation import Reservation


def show(reservation: Reservation, resources: Sequence[Resource], owner_name: str, where: tzinfo) -> dict[str, Any]:
    """Answer a reservation as ``ReservationShown`` describes it."""
    return {
        "id": reservation.id,
        "state": reservation.state,
        "start": shown(reservation.start, where),
        "end": shown(reservation.end, where),
        "title": reservation.title,
        "description": reservation.description,
        "resources": [{"id": one.id, "name": one.name, "timezone": one.timezone} for one in resources],
        "owner": {"id": reservation.owner_id, "name": owner_name},
        "version": reservation.version,
        "cancel_reason": reservation.cancel_reason,
        "created_at": shown(reservation.created_at, where),
        "series_id": reservation.series_id,
        "occurrence": reservation.occurrence,
    }


def show_progress(reservation: Reservation) -> dict[str, Any]:
    """Answer the members that may have become different while the confirmations were awaited."""
    return {
        "state": reservation.state,
        "version": reservation.version,
        "cancel_reason": reservation.cancel_reason,
    }


def show_life(life: Life, resources: Mapping[int, Resource], where: tzinfo) -> dict[str, Any]:
    """Answer what ``ReservationDetail`` has beyond the reservation."""
    one, undecided = life.reservation, life.undecided
    move = undecided if undecided and undecided.wanted else None
    own = next((request for request in reversed(life.requests) if request != move and not _dropped(request)), None)
    grace = life.no_show_minutes
    return {
        "confirmations": _confirmations(own, where) if own else [],
        "move": _move(move, move.wanted, resources, where) if move and move.wanted else None,
        "check_in_from": shown(one.start - timedelta(minutes=life.early_minutes), where),
        "no_show_at": None if grace is None else shown(one.start + timedelta(minutes=grace), where),
    }


def _dropped(request: Request) -> bool:
    """Tell whether this was a move that did not take place."""
    return request.wanted is not None and request.has(Standing.WITHDRAWN)


def _confirmations(request: Request, where: tzinfo) -> list[dict[str, Any]]:
    return [
        {"step": one.step, "state": one.standing, "due_at": shown(one.due_at, where) if one.due_at else None}
        for one in request.confirmations
    ]


def _move(request: Request, wanted: Slot, resources: Mapping[int, Resource], where: tzinfo) -> dict[str, Any]:
    return {
        "id": request.id,
        "start": shown(wanted.start, where),
        "end": shown(wanted.end, where),
        "resources": [
            {"id": id_, "name": resources[id_].name, "timezone": resources[id_].timezone}
            for id_ in wanted.resource_ids
            if id_ in resources
        ],
        "confirmations": _confirmations(request, where),
    }


def show_members(members: Mapping[str, Any], where: tzinfo) -> dict[str, Any]:
    """Answer the members that a change tells of, their times in the zone."""
    times = {name: shown(datetime.fromisoformat(members[name]), where) for name in ("start", "end") if name in members}
    return {**members, **times}


def show_all(
    reservations: Sequence[Reservation],
    resources: Mapping[int, Resource],
    people: Mapping[int, Person],
    where: tzinfo,
) -> list[dict[str, Any]]:
    """Answer several reservations, given what they name."""
    return [
        show(
            one,
            [resources[id_] for id_ in one.resource_ids if id_ in resources],
            people[one.owner_id].name if one.owner_id in people else "",
            where,
        )
        for one in reservations
    ]
