"""The turns that a closing gives to the lives of reservations, and what is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from berth.contracts.booking.closing import Affected, ClosingNotice
from berth.contracts.identity import Person
from berth.modules.booking.domain.closing import Decision, Kind, Outcome, resources_on
from berth.modules.booking.domain.life.confirming import cancelled, failed
from berth.modules.booking.domain.life.relocating import of_closing, relocated
from berth.modules.booking.domain.life.value import Life, Turn
from berth.modules.booking.domain.reservation import Occupied, occupied
from berth.modules.booking.usecases.closing.picturing import Picture
from berth.modules.booking.usecases.life.requesting import asking_to_relocate


@dataclass(frozen=True, slots=True)
class Deed:
    """A closing that is about to be done: its number, who does it and why, and what was confirmed."""

    id: int
    actor_id: int
    reason: str
    picture: Picture
    now: datetime


def turns(deed: Deed, numbers: Sequence[int]) -> list[tuple[Life, Turn]]:
    """Answer the turns of all reservations that are moved or cancelled, or lose a move that was not confirmed.

    ``numbers`` are for the requests of those that have to be confirmed anew.
    """
    picture, found = deed.picture, []
    unused = iter(numbers)
    for one in picture.becoming(Outcome.MOVE):
        life = _life(one)
        found.append((life, _relocated(deed, one, life, next(unused) if one.confirm else 0)))
    for one in picture.becoming(Outcome.CANCEL):
        life = _life(one)
        turn = cancelled(life, by="staff", actor_id=deed.actor_id, reason=deed.reason, now=deed.now)
        found.append((life, of_closing(turn, deed.id)))
    for one in picture.becoming(Outcome.CANCEL, Kind.MOVE):
        life = _life(one)
        request = life.request(one.occupant.number)
        if request:
            turn = failed(life, request, deed.reason, deed.now, deed.actor_id)
            found.append((life, of_closing(turn, deed.id)))
    return found


def _relocated(deed: Deed, one: Decision, life: Life, number: int) -> Turn:
    known = deed.picture.known
    resources = resources_on(one, known.closed, known.others)
    asking = None
    if one.confirm:
        owner_id = life.reservation.owner_id
        asking = asking_to_relocate(
            number,
            life,
            resources,
            caller_id=deed.actor_id,
            owner=known.people.get(owner_id, Person(owner_id, "", "", active=False)),
            administrators=known.administrators,
            now=deed.now,
        )
    return relocated(
        life,
        one.resource_ids(known.closed.id),
        asking.request if asking else None,
        asking.events if asking else (),
        actor_id=deed.actor_id,
        reason=deed.reason,
        closing_id=deed.id,
        now=deed.now,
    )


def places(picture: Picture) -> list[tuple[int, Occupied]]:
    """Answer what those who are moved will hold in place of the closed resource."""
    return [
        (one.occupant.number, occupied(one.to, one.occupant.start, one.occupant.end))
        for one in picture.becoming(Outcome.MOVE)
        if one.to
    ]


def falling_away(picture: Picture) -> list[int]:
    """Answer the numbers of all moves that do not take place: those in the way, and those of who is."""
    lives = [one.occupant.life for one in picture.decisions if one.outcome is not Outcome.STAY and one.occupant.life]
    undecided = [life.undecided for life in lives]
    return sorted({request.id for request in undecided if request and request.wanted})


def notices(deed: Deed, turned: Mapping[int, Turn]) -> list[ClosingNotice]:
    """Answer for each owner what became of all that was his; of what stays nothing is told."""
    picture = deed.picture
    owners: dict[int, list[Affected]] = {}
    for one in picture.decisions:
        if one.outcome is not Outcome.STAY and one.occupant.owner_id is not None:
            owners.setdefault(one.occupant.owner_id, []).append(_affected(one, turned))
    return [
        ClosingNotice(
            closing_id=deed.id,
            owner_id=owner_id,
            actor_id=deed.actor_id,
            resource_ids=(picture.wish.resource_id,),
            start=picture.start,
            end=picture.end,
            reason=deed.reason,
            affected=tuple(affected),
        )
        for owner_id, affected in owners.items()
    ]


def _affected(one: Decision, turned: Mapping[int, Turn]) -> Affected:
    occupant = one.occupant
    turn = turned.get(occupant.id) if occupant.life else None
    after = turn.life.reservation if turn else None
    found = Affected(
        kind=occupant.kind,
        id=occupant.id,
        title=occupant.title,
        start=occupant.start,
        end=occupant.end,
        outcome=one.outcome,
        resource_ids=after.resource_ids if after else occupant.resource_ids,
        state=after.state if after else None,
    )
    # Of a move that falls away people are told where they had wished to be, not where they still are.
    return replace(found, resource_ids=occupant.resource_ids) if occupant.kind is Kind.MOVE else found


def _life(one: Decision) -> Life:
    life = one.occupant.life
    if life is None:
        raise RuntimeError("a reservation has a life")
    return life
