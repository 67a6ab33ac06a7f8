"""What may stand in the way of selling and buying seats, told with the command that goes on from there."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from zoneinfo import ZoneInfo

from berth.edges.cli.failure import Refused
from berth.edges.cli.names import Thing
from berth.edges.cli.tables import plain
from berth.edges.cli.times import instant_of, show_item_range, show_moment, zone

BUSY_SHOWN_MAX = 5

Problem = Mapping[str, Any]
Ways = Mapping[str, Callable[[Problem], Sequence[str]]]

_ANYWHERE: Mapping[str, Sequence[str]] = {
    "unknown-performance": ("What is on: berth performances list",),
    "performance-cancelled": ("What is on: berth performances list",),
    "no-seat-map": ("Save one: berth venues set-map VENUE FILE",),
    "changed-meanwhile": ("Somebody changed it meanwhile. Look at it and say it again: berth performances show ID",),
    "unknown-hold": ("What you hold: berth seats list",),
    "hold-over": ("See what is free, and choose anew: berth seats show PERFORMANCE",),
    "unknown-order": ("Your orders: berth orders list",),
    "unknown-ticket": ("It is printed below the square: 16 letters and digits. Read it again.",),
}


@contextmanager
def ways_out(ways: Ways | None = None) -> Iterator[None]:
    """Add to a refusal what to do now: by ``ways`` if they know its kind, else what holds anywhere."""
    try:
        yield
    except Refused as refused:
        kind = str(refused.problem.get("type", "")).removeprefix("/problems/")
        way = (ways or {}).get(kind)
        refused.hints += way(refused.problem) if way else _ANYWHERE.get(kind, ())
        raise


def of_venue(venue: Thing, where: ZoneInfo) -> Ways:
    """Answer the ways out for whoever puts something on in a venue."""

    def taken(problem: Problem) -> list[str]:
        busy = problem.get("busy") or ()
        more = [f"  … and {len(busy) - BUSY_SHOWN_MAX} more"] if len(busy) > BUSY_SHOWN_MAX else []
        return [
            *(f"  taken  {show_item_range(one, where)}" for one in busy[:BUSY_SHOWN_MAX]),
            *more,
            f"Choose another time; all that is in its way: berth resources schedule {venue['resource_id']}",
        ]

    return {
        "venue-taken": taken,
        "no-seat-map": lambda _: [f"Save one: berth venues set-map {venue['id']} FILE"],
        "performance-faulty": lambda _: [f"Its categories are in its map: berth venues map {venue['id']}"],
    }


def of_seats(performance: Thing, wanted: int) -> Ways:
    """Answer the ways out for whoever wants so many seats of a performance."""
    id_ = performance["id"]
    look = f"See what is free: berth seats show {id_}"

    def taken(problem: Problem) -> list[str]:
        others = problem.get("alternatives") or ()
        return [
            *(["These are free beside each other:"] if others else []),
            *(f"  berth seats hold {id_} {' '.join(shlex.quote(plain(seat)) for seat in one)}" for one in others),
            look,
        ]

    def alone(problem: Problem) -> list[str]:
        left = ", ".join(plain(one) for one in problem.get("left_alone") or ())
        return [f"Take {left} too, or have the best chosen: berth seats hold {id_} --best {wanted}", look]

    return {
        "seats-taken": taken,
        "single-seat-left": alone,
        "too-many-seats": lambda _: [
            "Take fewer, or give some back: berth seats list, then berth seats release ID",
            "What you bought counts, too: berth orders list",
        ],
        "not-on-sale": lambda _: [f"See when it is: berth performances show {id_}"],
        "waiting-room": lambda _: [f"Wait until it is your turn: berth performances queue {id_} --wait"],
        "unknown-seat": lambda _: [f"A seat is named SECTION/ROW/SEAT, as in: berth seats show {id_}"],
        "unknown-area": lambda _: [f"The areas are below the seats of: berth seats show {id_}"],
    }


def of_queue(performance: Thing) -> Ways:
    """Answer the ways out for whoever wants to be admitted to the sale of a performance."""
    return {"not-on-sale": lambda _: [f"See when it was: berth performances show {performance['id']}"]}


def of_hold(id_: int) -> Ways:
    """Answer the ways out for whoever wants to keep a hold for longer."""
    return {"extended-already": lambda _: [f"Buy it: berth orders buy {id_}", f"Or not: berth seats release {id_}"]}


def of_order(id_: int) -> Ways:
    """Answer the ways out for whoever wants something of an order."""
    return {
        "no-tickets": lambda _: [f"See how it stands: berth orders show {id_}"],
        "admitted-already": lambda _: [f"See by which: berth orders show {id_}"],
    }


def of_door(performance: Thing) -> Ways:
    """Answer the ways out for whoever stands at a door."""

    def admitted(problem: Problem) -> list[str]:
        at, where = problem.get("admitted_at"), zone(performance["timezone"])
        return [f"That was {show_moment(instant_of(at), where)}."] if at else []

    return {
        "admitted-already": admitted,
        "ticket-void": lambda _: [
            "Its buyer was told so; seats that are free: berth seats show " + str(performance["id"])
        ],
        "other-performance": lambda _: ["What is on: berth performances list"],
    }
