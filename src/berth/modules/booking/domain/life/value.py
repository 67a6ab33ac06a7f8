"""A reservation with all that is under way for it, as one value: what the verbs of its life take and answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from berth.contracts.booking.reservation import MoveWanted, ReservationEvent
from berth.kit.outbox.event import Event
from berth.modules.booking.domain.reservation import Reservation, State

SYSTEM = 0
"""Who acts when Berth does so by itself: no person has this id."""

APPROVAL = "approval"


class Standing(StrEnum):
    """How one confirmation stands: an answer is awaited in ``asked``, ``withdrawn`` and ``closing``."""

    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    CLOSING = "closing"
    CLOSED = "closed"
    REPLACED = "replaced"


OPEN = frozenset({Standing.ASKED, Standing.GIVEN, Standing.WITHDRAWN, Standing.CLOSING})
"""The standings of what is not over yet."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One step of a request.

    ``due_at`` is until when an answer is awaited: after that, what was asked has failed, and what was
    withdrawn or is closing is said again; ``tries`` counts how often it was said.
    """

    step: str
    standing: Standing
    due_at: datetime | None = None
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """The time and the resources that a move wants."""

    start: datetime
    end: datetime
    resource_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Approval:
    """Who may decide, and until when each of them is waited for.

    ``asked_at`` is when those who may decide now were asked; at half of ``hours_max`` they are reminded once.
    """

    approver_ids: tuple[int, ...]
    escalates_to: tuple[int, ...]
    hours_max: int
    asked_at: datetime
    reminded: bool = False
    escalated: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be confirmed together: the making of a reservation, or a move to the slot that is ``wanted``.

    The request of the making has the reservation's own number, and each later one a higher.
    """

    id: int
    actor_id: int
    confirmations: tuple[Confirmation, ...]
    wanted: Slot | None = None
    approval: Approval | None = None

    @property
    def awaits_answers(self) -> bool:
        """Tell whether it is still undecided."""
        return self.has(Standing.ASKED)

    @property
    def steps(self) -> tuple[str, ...]:
        """Answer the steps that others take, in their order."""
        return tuple(one.step for one in self.confirmations if one.step != APPROVAL)

    def has(self, standing: Standing) -> bool:
        """Tell whether one of its confirmations stands so."""
        return any(one.standing is standing for one in self.confirmations)

    def step(self, name: str) -> Confirmation | None:
        """Answer how a step stands, if it belongs to the request."""
        return next((one for one in self.confirmations if one.step == name), None)

    def with_step(self, confirmation: Confirmation) -> "Request":
        """Answer the request with one step as it is now."""
        kept = [confirmation if one.step == confirmation.step else one for one in self.confirmations]
        return replace(self, confirmations=tuple(kept))

    def over(self, confirmation: Confirmation, standing: Standing) -> "Request":
        """Answer the request with one step as it stays: no answer is awaited any more."""
        return self.with_step(replace(confirmation, standing=standing, due_at=None))

    def all_to(self, standing: Standing) -> "Request":
        """Answer the request with all steps as they stay; what was refused stays so."""
        confirmations = [
            one if one.standing is Standing.REFUSED else replace(one, standing=standing, due_at=None)
            for one in self.confirmations
        ]
        return replace(self, confirmations=tuple(confirmations))


@dataclass(frozen=True, slots=True)
class Life:
    """A reservation, its rules of coming and going, and its requests that are not over, the oldest first.

    ``cancelled_by`` and ``cancelled_at`` decide what a cancellation costs, also when it has to be said again.
    """

    reservation: Reservation
    early_minutes: int
    no_show_minutes: int | None
    requests: tuple[Request, ...] = ()
    cancelled_by: str | None = None
    cancelled_at: datetime | None = None

    def request(self, id_: int) -> Request | None:
        """Answer a request, if it is not over."""
        return next((one for one in self.requests if one.id == id_), None)

    def with_request(self, request: Request) -> "Life":
        """Answer the life with a request as it is now, or with a new one."""
        others = [one for one in self.requests if one.id != request.id]
        return replace(self, requests=tuple(sorted([*others, request], key=lambda one: one.id)))

    @property
    def settled(self) -> Request | None:
        """Answer the request that the reservation stands on, if it needed one."""
        given = [one for one in self.requests if not one.awaits_answers and one.has(Standing.GIVEN)]
        return given[-1] if given else None

    @property
    def undecided(self) -> Request | None:
        """Answer the request that waits for answers, if there is one: there is one at most."""
        return next((one for one in self.requests if one.awaits_answers), None)

    @property
    def move_wanted(self) -> MoveWanted | None:
        """Answer the slot that a move holds beside the reservation's own, if there is one that is undecided."""
        wanted = self.undecided.wanted if self.undecided else None
        return MoveWanted(wanted.resource_ids, wanted.start, wanted.end) if wanted else None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a verb made of a life: the life as it is now, and the events that tell of it, in their order.

    ``what`` names the change in the reservation's history, if it changed, and ``reason`` says why.
    """

    life: Life
    events: tuple[Event, ...] = field(default=())
    what: str | None = None
    reason: str | None = None

    def then(self, other: "Turn") -> "Turn":
        """Answer this turn and the next as one."""
        events = (*self.events, *other.events)
        return Turn(other.life, events, self.what or other.what, self.reason or other.reason)


class NotNow(Exception):
    """The reservation's state, or the time, does not allow it; the message says why."""


Kind = TypeVar("Kind", bound=ReservationEvent)


def told(kind: type[Kind], reservation: Reservation, actor_id: int, **more: Any) -> Kind:
    """Answer the event of a reservation as it stands now."""
    return kind(
        reservation_id=reservation.id,
        state=reservation.state,
        owner_id=reservation.owner_id,
        actor_id=actor_id,
        title=reservation.title,
        resource_ids=reservation.resource_ids,
        start=reservation.start,
        end=reservation.end,
        **more,
    )


def in_state(life: Life, state: State, **more: Any) -> Life:
    """Answer the life with its reservation in another state, one version on."""
    before = life.reservation
    return replace(life, reservation=replace(before, state=state, version=before.version + 1, **more))


def steps_of(requests: Iterable[Request], standings: Sequence[Standing]) -> tuple[str, ...]:
    """Answer which steps of others stand so in any of these requests, sorted."""
    return tuple(
        sorted(
            {
                one.step
                for request in requests
                for one in request.confirmations
                if one.step != APPROVAL and one.standing in standings
            }
        )
    )
