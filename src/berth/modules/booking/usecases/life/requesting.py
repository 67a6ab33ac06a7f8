"""Finds out which confirmations a slot needs, and what is to be told to those who confirm."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from berth.contracts.catalog import Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.outbox.event import Event
from berth.modules.booking.domain.life.asking import asked, request_for
from berth.modules.booking.domain.life.passing import approval_asked
from berth.modules.booking.domain.life.relocating import request_to_relocate
from berth.modules.booking.domain.life.value import APPROVAL, Life, Request, Slot
from berth.modules.booking.domain.reservation import Reservation, State


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that is about to be made, and the events that ask for its confirmations."""

    request: Request
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Concerned:
    """The people whom a move of a reservation to these resources concerns: its owner, and who may have to approve."""

    resource_ids: frozenset[int]
    owner: Person
    administrators: Sequence[int]


class Requesting:
    """The questions that come before a request."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    async def making(
        self, caller: Principal, reservation: Reservation, owner: Person, resources: Sequence[Resource]
    ) -> Asking | None:
        """Answer what a new reservation has to ask for; none if it is ready at once."""
        [asking] = await self.making_all(caller, [(reservation, resources)], owner)
        return asking

    async def making_all(
        self, caller: Principal, wanted: Sequence[tuple[Reservation, Sequence[Resource]]], owner: Person
    ) -> list[Asking | None]:
        """Answer what each of these new reservations has to ask for, on its resources."""
        every = {one.id: one for _, resources in wanted for one in resources}
        if not any(one.policy.confirmations for one in every.values()):
            return [None] * len(wanted)
        administrators = await self.administrators(list(every.values()))
        found = []
        for reservation, resources in wanted:
            slot = Slot(reservation.start, reservation.end, reservation.resource_ids)
            request = request_for(
                reservation.id,
                resources,
                slot,
                caller_id=caller.id,
                administrators=administrators,
                now=reservation.created_at,
            )
            found.append(_asking(request, reservation, owner, resources, slot) if request else None)
        return found

    async def concerned(self, life: Life, resources: Sequence[Resource]) -> Concerned | None:
        """Answer whom a move to these resources concerns; none if it has to ask nobody.

        It is to be found out before the transaction of the move: whoever waits for identity while he holds a
        connection may keep identity from getting one.
        """
        if not asks(life, resources):
            return None
        people = await self._identity.people(ids=[life.reservation.owner_id])
        return Concerned(
            frozenset(one.id for one in resources),
            people[life.reservation.owner_id],
            await self.administrators(resources),
        )

    async def concerned_by_all(self, owner_id: int, resources: Sequence[Resource]) -> Concerned:
        """Answer whom moves of several reservations of one owner to these resources concern."""
        people = await self._identity.people(ids=[owner_id])
        return Concerned(frozenset(one.id for one in resources), people[owner_id], await self.administrators(resources))

    async def administrators(self, resources: Sequence[Resource]) -> Sequence[int]:
        """Answer the administrators, if one of these resources leaves an approval to them; else nobody is needed."""
        asking = [one.policy for one in resources if APPROVAL in one.policy.confirmations]
        if all(one.approvers and one.escalates_to for one in asking):
            return ()
        return await self._identity.administrators()


def asks(life: Life, resources: Sequence[Resource]) -> bool:
    """Tell whether a move to these resources may have to be confirmed: also by those who confirmed what it was."""
    return life.settled is not None or any(one.policy.confirmations for one in resources)


def asking_to_move(
    id_: int,
    caller: Principal,
    life: Life,
    resources: Sequence[Resource],
    slot: Slot,
    *,
    concerned: Concerned,
    now: datetime,
) -> Asking | None:
    """Answer what a move to the slot has to ask for, under this number; none if it may take place at once."""
    settled = life.settled
    request = request_for(
        id_,
        resources,
        slot,
        caller_id=caller.id,
        administrators=concerned.administrators,
        now=now,
        moves=True,
        also=settled.steps if settled else (),
    )
    return _asking(request, life.reservation, concerned.owner, resources, slot) if request else None


def asking_to_relocate(
    id_: int,
    life: Life,
    resources: Sequence[Resource],
    *,
    caller_id: int,
    owner: Person,
    administrators: Sequence[int],
    now: datetime,
) -> Asking | None:
    """Answer what a reservation asks for whose resource is closed, and which is on these now; none if nothing."""
    request = request_to_relocate(id_, life, resources, caller_id=caller_id, administrators=administrators, now=now)
    if request is None:
        return None
    one, ids = life.reservation, tuple(each.id for each in resources)
    there = replace(one, resource_ids=ids, state=State.PENDING)
    return _asking(request, there, owner, resources, Slot(one.start, one.end, ids))


def _asking(
    request: Request, reservation: Reservation, owner: Person, resources: Sequence[Resource], slot: Slot
) -> Asking:
    event = asked(request, resources, slot, reservation_id=reservation.id, owner_id=owner.id, owner_role=owner.role)
    told = (approval_asked(reservation, request, "asked"),) if request.approval else ()
    return Asking(request, (*((event,) if event else ()), *told))
