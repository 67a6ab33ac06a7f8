"""What becomes of all that is in the way when a resource is closed for a time.

Each thing is moved to a resource like it at the same time, cancelled, or it stays: nothing is lost. The plan is made in
the order of the starts, and takes for each the first like resource that is free and whose rules allow it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import orjson

from berth.contracts.catalog import Resource
from berth.kit.auth import Role
from berth.modules.booking.domain.life.relocating import request_to_relocate
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.domain.opening import Range
from berth.modules.booking.domain.policy import Attempt, refusals
from berth.modules.booking.domain.reservation import CHANGEABLE, State, occupied


class Kind(StrEnum):
    """What may be in the way. A ``move`` is one of a reservation elsewhere that is not confirmed yet."""

    RESERVATION = "reservation"
    HOLD = "hold"
    OFFER = "offer"
    MOVE = "move"
    BLACKOUT = "blackout"


class Outcome(StrEnum):
    """What becomes of it."""

    MOVE = "move"
    CANCEL = "cancel"
    STAY = "stay"


class Why(StrEnum):
    """Why it is not moved."""

    NONE_LIKE = "none-like"
    NONE_FREE = "none-free"
    NONE_ALLOWED = "none-allowed"
    NOT_HELD_ELSEWHERE = "not-held-elsewhere"
    WAITS_ON = "waits-on"
    MOVE_FALLS_AWAY = "move-falls-away"
    IN_USE = "in-use"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Occupant:
    """Something that occupies the resource within the time.

    ``id`` is what people know it by: that of the reservation, also of a ``move``, of the place in line of an offer, of
    the hold or of the blackout. ``number`` is its number in the calendar. ``start`` and ``end`` are what was reserved.
    """

    kind: Kind
    id: int
    number: int
    title: str
    start: datetime
    end: datetime
    resource_ids: tuple[int, ...]
    owner_id: int | None = None
    life: Life | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an occupant: where it is ``to``, and whether it has to be confirmed there; or why it is not."""

    occupant: Occupant
    outcome: Outcome
    to: Resource | None = None
    confirm: bool = False
    why: Why | None = None

    def resource_ids(self, closed_id: int) -> tuple[int, ...]:
        """Answer the resources that it has afterwards, if it is moved."""
        to = self.to
        ids = (to.id if to and one == closed_id else one for one in self.occupant.resource_ids)
        return tuple(sorted(ids))


@dataclass(frozen=True, slots=True)
class Supply:
    """What a closing is planned with.

    ``like`` are the resources like the closed one, the best first, and ``busy`` what occupies them; ``others`` are
    those that reservations have beside it. ``roles`` are those of the owners, whom the rules are asked about.
    """

    closed: Resource
    like: Sequence[Resource]
    busy: Mapping[int, Sequence[Range]]
    others: Mapping[int, Resource]
    roles: Mapping[int, Role]
    administrators: Sequence[int]
    caller_id: int
    now: datetime


def planned(occupants: Sequence[Occupant], supply: Supply) -> list[Decision]:
    """Answer what becomes of each, in the order of their starts; no two are moved to one resource at once."""
    given: dict[int, list[Range]] = {}
    ordered = sorted(occupants, key=lambda one: (one.start, one.end, one.kind, one.id))
    return [_decision(one, supply, given) for one in ordered]


def _decision(one: Occupant, supply: Supply, given: dict[int, list[Range]]) -> Decision:
    match one.kind:
        case Kind.BLACKOUT:
            return Decision(one, Outcome.STAY, why=Why.CLOSED)
        case Kind.HOLD:
            return Decision(one, Outcome.CANCEL, why=Why.NOT_HELD_ELSEWHERE)
        case Kind.OFFER:
            return Decision(one, Outcome.CANCEL, why=Why.WAITS_ON)
        case Kind.MOVE:
            return Decision(one, Outcome.CANCEL, why=Why.MOVE_FALLS_AWAY)
    if one.life is None or one.life.reservation.state not in CHANGEABLE:
        return Decision(one, Outcome.STAY, why=Why.IN_USE)
    return _elsewhere(one, one.life, supply, given)


def _elsewhere(one: Occupant, life: Life, supply: Supply, given: dict[int, list[Range]]) -> Decision:
    role = supply.roles.get(life.reservation.owner_id, Role.USER)
    # What has begun cannot be asked to lie ahead; all other rules of the new resource hold as for a new reservation.
    attempt = Attempt(role, one.start, one.end, supply.now, start_kept=one.start <= supply.now)
    why = Why.NONE_LIKE
    for like in supply.like:
        if like.id in one.resource_ids:
            continue
        if refusals(like, attempt):
            why = Why.NONE_ALLOWED if why is Why.NONE_LIKE else why
            continue
        taken = occupied(like, one.start, one.end)
        if _overlaps((*supply.busy.get(like.id, ()), *given.get(like.id, ())), taken.start, taken.end):
            why = Why.NONE_FREE
            continue
        given.setdefault(like.id, []).append((taken.start, taken.end))
        return Decision(one, Outcome.MOVE, like, _has_to_be_confirmed(one, life, like, supply))
    return Decision(one, Outcome.CANCEL, why=why)


def _overlaps(ranges: Sequence[Range], start: datetime, end: datetime) -> bool:
    return any(begin < end and start < until for begin, until in ranges)


def _has_to_be_confirmed(one: Occupant, life: Life, like: Resource, supply: Supply) -> bool:
    resources = _with(one, like, supply.closed, supply.others)
    request = request_to_relocate(
        life.reservation.id,
        life,
        resources,
        caller_id=supply.caller_id,
        administrators=supply.administrators,
        now=supply.now,
    )
    return request is not None


def resources_on(decision: Decision, closed: Resource, others: Mapping[int, Resource]) -> list[Resource]:
    """Answer the resources of a reservation that is moved; those beside the closed one stay."""
    return _with(decision.occupant, decision.to or closed, closed, others)


def _with(one: Occupant, like: Resource, closed: Resource, others: Mapping[int, Resource]) -> list[Resource]:
    found = [like if id_ == closed.id else others[id_] for id_ in one.resource_ids]
    return sorted(found, key=lambda each: each.id)


def digest(resource_id: int, start: datetime, end: datetime, decisions: Sequence[Decision]) -> str:
    """Answer what tells one picture from another: the time that was asked for, and every decision.

    Whoever confirms sends it back, so that nothing is done that was not shown.
    """
    told = [
        (
            one.occupant.kind,
            one.occupant.number,
            one.occupant.start,
            one.occupant.end,
            one.occupant.resource_ids,
            one.outcome,
            one.to.id if one.to else None,
            one.confirm,
            one.why,
        )
        for one in decisions
    ]
    picture = orjson.dumps((resource_id, start, end, told), option=orjson.OPT_UTC_Z)
    return hashlib.blake2b(picture, digest_size=16).hexdigest()


def is_listed(life: Life) -> bool:
    """Tell whether a reservation is in the way; of one that is over, the tear-down may stand there, and stays."""
    return life.reservation.state in {*CHANGEABLE, State.IN_USE}
