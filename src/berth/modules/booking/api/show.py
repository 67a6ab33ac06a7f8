"""Reservations as their readers see them: with names, in the zone they asked for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from berth.contracts.catalog import Resource
from berth.contracts.identity import Person
from berth.kit.http.zone import shown
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
        "resources": [{"id": one.id, "name": one.name} for one in resources],
        "owner": {"id": reservation.owner_id, "name": owner_name},
        "version": reservation.version,
        "cancel_reason": reservation.cancel_reason,
        "created_at": shown(reservation.created_at, where),
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
