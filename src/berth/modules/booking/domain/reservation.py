"""What a reservation is, and which states it may go through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from berth.contracts.catalog import Resource, ResourceQuery


class State(StrEnum):
    """The states of a reservation: ``held > pending > ready > in_use > finished``, and three other ends."""

    HELD = "held"
    PENDING = "pending"
    READY = "ready"
    IN_USE = "in_use"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    NO_SHOW = "no_show"


ENDS = frozenset({State.FINISHED, State.CANCELLED, State.EXPIRED, State.NO_SHOW})
"""The states in which a reservation is over."""

CHANGEABLE = frozenset({State.HELD, State.PENDING, State.READY})
"""The states from which a reservation may be moved, retitled or cancelled."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants to reserve: these resources together, or any one that fits a query."""

    resource_ids: tuple[int, ...]
    any_of: ResourceQuery | None
    start: datetime
    end: datetime
    title: str
    description: str | None
    owner_id: int | None


@dataclass(frozen=True, slots=True)
class Reservation:
    """A reservation as it stands. ``start`` and ``end`` are what was reserved, without set-up and tear-down.

    ``occurrence`` names an occurrence in its series: the wall-clock time that the rule gives it.
    """

    id: int
    state: str
    owner_id: int
    created_by: int
    title: str
    description: str | None
    start: datetime
    end: datetime
    resource_ids: tuple[int, ...]
    version: int
    cancel_reason: str | None
    created_at: datetime
    series_id: int | None = None
    occurrence: datetime | None = None


@dataclass(frozen=True, slots=True)
class Occupied:
    """A stretch of time that a resource is taken for, set-up and tear-down included."""

    resource_id: int
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Busy(Occupied):
    """An occupied stretch and what kind of thing occupies it."""

    kind: str


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a reservation's history; ``before`` and ``after`` hold the members that changed."""

    version: int
    what: str
    actor_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    changed_at: datetime


def occupied(resource: Resource, start: datetime, end: datetime) -> Occupied:
    """Answer what a reservation of the resource takes from its calendar."""
    setup, teardown = resource.policy.setup_minutes, resource.policy.teardown_minutes
    return Occupied(
        resource.id,
        start - timedelta(minutes=setup) if setup else start,
        end + timedelta(minutes=teardown) if teardown else end,
    )


def members(reservation: Reservation) -> dict[str, Any]:
    """Answer the members of a reservation whose changes its history records."""
    return {
        "start": reservation.start.isoformat(),
        "end": reservation.end.isoformat(),
        "title": reservation.title,
        "description": reservation.description,
        "resource_ids": list(reservation.resource_ids),
        "state": reservation.state,
        "cancel_reason": reservation.cancel_reason,
    }


def difference(before: Reservation, after: Reservation) -> tuple[dict[str, Any], dict[str, Any]]:
    """Answer the members that differ, as they were and as they are."""
    old, new = members(before), members(after)
    names = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in names}, {name: new[name] for name in names}


def history(reservation: Reservation, changes: Sequence[Change]) -> list[Change]:
    """Answer the whole history, oldest first.

    The creation is not stored a second time: it is today's reservation with every change taken back.
    """
    first = members(reservation)
    for change in sorted(changes, key=lambda one: one.version, reverse=True):
        first |= change.before
    created = Change(1, "created", reservation.created_by, {}, first, reservation.created_at)
    return [created, *sorted(changes, key=lambda one: one.version)]


def moved(
    reservation: Reservation,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    title: str | None = None,
    description: str | None = None,
    resource_ids: tuple[int, ...] | None = None,
) -> Reservation:
    """Answer the reservation with what is given changed, one version on if anything is; "" clears a description."""
    after = replace(
        reservation,
        start=start or reservation.start,
        end=end or reservation.end,
        title=title if title is not None else reservation.title,
        description=reservation.description if description is None else description or None,
        resource_ids=resource_ids or reservation.resource_ids,
    )
    return after if after == reservation else replace(after, version=reservation.version + 1)
