"""What quota keeps of a reservation: its requests and what each holds, as values and steps from one to the next.

Every step may come twice and in any order. What is over stays over: a request that was released, denied or
committed never holds again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from berth.kit.outbox.event import Event
from berth.modules.quota.domain.allowances import AllowanceUnit


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Where is counted: one holder's account of one allowance in one period. Their order is the order of locks."""

    allowance_id: int
    holder_id: int
    period: str


@dataclass(frozen=True, slots=True)
class Balance:
    """What a slot has: ``granted`` beyond the amount, ``held`` for reservations, and ``used`` by them."""

    granted: int = 0
    held: int = 0
    used: int = 0

    def left(self, amount: int) -> int:
        """Answer what is left of the allowance's amount; below 0 if the amount was lowered meanwhile."""
        return amount + self.granted - self.held - self.used

    def plus(self, other: "Balance") -> "Balance":
        """Answer the sum."""
        return Balance(self.granted + other.granted, self.held + other.held, self.used + other.used)


@dataclass(frozen=True, slots=True)
class Hold:
    """What a request was given of a slot; ``used`` is what was used of it in the end."""

    slot: Slot
    unit: AllowanceUnit
    owner_id: int
    amount: int
    used: int = 0


class State(StrEnum):
    """What became of a request."""

    HELD = "held"
    DENIED = "denied"
    RELEASED = "released"
    COMMITTED = "committed"


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it is written into the outbox: the event's type, and its members as JSON."""

    type: str
    data: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request, and what was answered when it was asked (nothing, if it was over before)."""

    state: State
    holds: tuple[Hold, ...] = ()
    answer: Said | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """All requests of a reservation by id.

    Every request up to ``over_until`` is over with the whole reservation, and every one before ``settled_until``
    was replaced, whether it was seen or is still to come.
    """

    requests: Mapping[int, Request] = field(default_factory=lambda: MappingProxyType({}))
    over_until: int = 0
    settled_until: int = 0

    def is_late(self, request_id: int) -> bool:
        """Tell whether a request that was never seen comes too late to hold anything."""
        return request_id <= self.over_until or request_id < self.settled_until

    def held(self) -> dict[Slot, int]:
        """Answer what the reservation holds: of each slot what the greatest of its requests needs."""
        found: dict[Slot, int] = {}
        for request in self.requests.values():
            if request.state is State.HELD:
                for hold in request.holds:
                    found[hold.slot] = max(found.get(hold.slot, 0), hold.amount)
        return found

    def used(self) -> dict[Slot, int]:
        """Answer what the reservation has used."""
        found: dict[Slot, int] = {}
        for request in self.requests.values():
            if request.state is State.COMMITTED:
                for hold in request.holds:
                    found[hold.slot] = found.get(hold.slot, 0) + hold.used
        return found

    def with_request(self, request_id: int, request: Request) -> "Account":
        """Answer the account with one request new or changed."""
        return replace(self, requests=MappingProxyType({**self.requests, request_id: request}))

    def _release(self, which: Callable[[int], bool]) -> "Account":
        changed = {
            id_: replace(one, state=State.RELEASED)
            for id_, one in self.requests.items()
            if one.state is State.HELD and which(id_)
        }
        return replace(self, requests=MappingProxyType({**self.requests, **changed}))

    def settled(self, request_id: int) -> "Account":
        """Answer the account in which this request has replaced all before it."""
        mine = self.requests.get(request_id)
        if mine is not None and mine.state in (State.RELEASED, State.DENIED):
            return self
        after = replace(self, settled_until=max(self.settled_until, request_id))
        return after._release(lambda id_: id_ < request_id)

    def withdrawn(self, request_id: int, *, whole: bool) -> "Account":
        """Answer the account without this request, and if it is the whole reservation without all before it."""
        if whole:
            after = replace(self, over_until=max(self.over_until, request_id))
            return after._release(lambda id_: id_ <= request_id)
        if request_id not in self.requests:
            return self.with_request(request_id, Request(State.RELEASED))
        return self._release(lambda id_: id_ == request_id)

    def closed(self, request_id: int, minutes: int) -> "Account":
        """Answer the account of a reservation that is over after so many minutes.

        The last request up to this one that holds is committed, and any before it is released.
        """
        holding = [id_ for id_, one in self.requests.items() if one.state is State.HELD and id_ <= request_id]
        after = replace(self, over_until=max(self.over_until, request_id))
        if not holding:
            return after
        last = max(holding)
        holds = tuple(
            replace(one, used=min(one.amount, minutes) if one.unit is AllowanceUnit.MINUTES else one.amount)
            for one in self.requests[last].holds
        )
        committed = replace(self.requests[last], state=State.COMMITTED, holds=holds)
        return after.with_request(last, committed)._release(lambda id_: id_ < last)


def said(event: Event) -> Said:
    """Answer an event as it is written."""
    return Said(event.type, event.data())


def difference(before: Account, after: Account) -> dict[Slot, Balance]:
    """Answer by how much each slot changes when a reservation's account does; slots that stay are left out."""
    held_before, held_after = before.held(), after.held()
    used_before, used_after = before.used(), after.used()
    found = {
        slot: Balance(
            held=held_after.get(slot, 0) - held_before.get(slot, 0),
            used=used_after.get(slot, 0) - used_before.get(slot, 0),
        )
        for slot in {*held_before, *held_after, *used_before, *used_after}
    }
    return {slot: change for slot, change in found.items() if change != Balance()}
