"""Series as their readers see them."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from berth.contracts.catalog import Resource
from berth.kit.http.zone import shown
from berth.modules.booking.domain.reservation import Busy, Reservation
from berth.modules.booking.domain.series.value import Series, follows
from berth.modules.booking.domain.series.wish import Look, Passed, Plan


def show_series(series: Series, resources: Mapping[int, Resource], owner_name: str, where: tzinfo) -> dict[str, Any]:
    """Answer a series as ``SeriesShown`` describes it."""
    return {
        "id": series.id,
        "state": series.state,
        "title": series.title,
        "description": series.description,
        "rule": series.rule,
        "timezone": series.timezone,
        "starts": series.starts,
        "minutes": int(series.length.total_seconds()) // 60,
        "shift_minutes": int(series.shift.total_seconds()) // 60,
        "begins": series.begins,
        "ends_before": series.ends_before,
        "exdates": list(series.exdates),
        "rdates": list(series.rdates),
        "term_id": series.term_id,
        "skip_holidays": series.skip_holidays,
        "placed_until": series.placed_until,
        "missed": [{"occurrence": one.occurrence, "why": one.why} for one in series.missed],
        "resources": [
            {"id": id_, "name": resources[id_].name, "timezone": resources[id_].timezone}
            for id_ in series.resource_ids
            if id_ in resources
        ],
        "owner": {"id": series.owner_id, "name": owner_name},
        "previous_id": series.previous_id,
        "version": series.version,
        "cancel_reason": series.cancel_reason,
        "created_at": shown(series.created_at, where),
    }


def show_occurrences(series: Series, reservations: Sequence[Reservation], where: tzinfo) -> list[dict[str, Any]]:
    """Answer the occurrences of a series, in the order of their starts."""
    return [
        {
            "occurrence": one.occurrence,
            "reservation_id": one.id,
            "state": one.state,
            "start": shown(one.start, where),
            "end": shown(one.end, where),
            "title": one.title,
            "resource_ids": list(one.resource_ids),
            "exception": not follows(series, one),
        }
        for one in sorted(reservations, key=lambda each: (each.start, each.id))
    ]


def show_passed(passed: Sequence[Passed], where: tzinfo) -> list[dict[str, Any]]:
    """Answer the occurrences that were not placed."""
    return [
        {
            "occurrence": one.place.occurrence.local,
            "start": shown(one.place.start, where),
            "end": shown(one.place.end, where),
            "why": one.why,
        }
        for one in passed
    ]


def show_preview(plan: Plan, looks: Sequence[Look], where: tzinfo) -> dict[str, Any]:
    """Answer what a series would come to."""
    return {
        "rule": plan.series.rule,
        "timezone": plan.series.timezone,
        "items": [_look(one, where) for one in looks],
        "holidays": [{"occurrence": one.local, "holiday": holiday.name} for one, holiday in plan.holidays],
        "counts": {name: sum(one.status == name for one in looks) for name in ("free", "busy", "refused")},
        "considered_until": plan.considered,
    }


def _look(look: Look, where: tzinfo) -> dict[str, Any]:
    other = look.alternative
    return {
        "occurrence": look.place.occurrence.local,
        "start": shown(look.place.start, where),
        "end": shown(look.place.end, where),
        "status": look.status,
        "busy": [_busy(one, where) for one in look.busy],
        "refusals": look.refusals,
        "alternative": other
        and {
            "resource_id": other.resource_id,
            "resource": other.resource,
            "start": shown(other.start, where),
            "end": shown(other.end, where),
        },
    }


def _busy(one: Busy, where: tzinfo) -> dict[str, Any]:
    return {
        "resource_id": one.resource_id,
        "start": shown(one.start, where),
        "end": shown(one.end, where),
        "kind": one.kind,
    }
