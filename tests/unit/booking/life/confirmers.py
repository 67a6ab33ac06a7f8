"""Those who confirm, as small as they can be and still honest, and lives to try them on."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from berth.contracts.booking.reservation import (
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationEvent,
    ConfirmationSettled,
    ConfirmationWithdrawn,
)
from berth.contracts.catalog import Policy, Resource
from berth.modules.booking.domain.life.asking import asked, request_for
from berth.modules.booking.domain.life.confirming import Answered, Said, answered
from berth.modules.booking.domain.life.value import Life, Request, Slot, Turn
from berth.modules.booking.domain.reservation import Reservation, State

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
TEN = NOW + HOUR
OWNER, CHIEF, DEAN = 7, 8, 9
OTHERS = ("quota", "access", "payment")
EVERYBODY = ("approval", *OTHERS)


@dataclass
class Confirmer:
    """One step, idempotent: it answers what it is told again, and never gives what was withdrawn."""

    step: str
    held: dict[int, Slot] = field(default_factory=dict)
    committed: list[int] = field(default_factory=list)
    refused: set[int] = field(default_factory=set)
    refuses: bool = False
    silent: bool = False
    _gone: set[int] = field(default_factory=set)
    _gone_below: int = 0

    def hear(self, event: ConfirmationEvent) -> list[Answered]:
        """Answer what there is to say to an event."""
        id_ = event.request_id
        match event:
            case ConfirmationAsked():
                return self._asked(event)
            case ConfirmationSettled():
                self._give_up_below(id_)
                return []
            case ConfirmationWithdrawn():
                self._gone.add(id_)
                self.held.pop(id_, None)
                if event.whole:
                    self._give_up_below(id_)
                return [Answered(id_, self.step, Said.UNDONE)]
            case ConfirmationClosed():
                if self.held.pop(id_, None):
                    self.committed.append(id_)
                self._gone.add(id_)
                self._give_up_below(id_)
                return [Answered(id_, self.step, Said.CLOSED)]
        raise AssertionError(event)

    def _asked(self, event: ConfirmationAsked) -> list[Answered]:
        id_ = event.request_id
        if self.silent or id_ in self._gone or id_ < self._gone_below:
            return []
        if id_ in self.refused or (self.refuses and id_ not in self.held):
            self.refused.add(id_)
            return [Answered(id_, self.step, Said.REFUSED, f"{self.step} says no")]
        self.held[id_] = Slot(event.start, event.end, tuple(one.resource_id for one in event.resources))
        return [Answered(id_, self.step, Said.GIVEN)]

    def _give_up_below(self, id_: int) -> None:
        self._gone_below = max(self._gone_below, id_)
        self.held = {one: slot for one, slot in self.held.items() if one >= self._gone_below}


def resource(id_: int, *confirmations: str, **rules: object) -> Resource:
    policy = Policy(confirmations=confirmations, approvers=(CHIEF,), escalates_to=(DEAN,), **rules)
    return Resource(
        id_, f"Room {id_}", "room", None, (), 8, "Europe/Rome", (), "", {}, retired=False, policy=policy, opening=None
    )


def reservation(state: str = State.PENDING, **more: object) -> Reservation:
    first = Reservation(
        id=1,
        state=state,
        owner_id=OWNER,
        created_by=OWNER,
        title="Seminar",
        description=None,
        start=TEN,
        end=TEN + HOUR,
        resource_ids=(1,),
        version=1,
        cancel_reason=None,
        created_at=NOW,
    )
    return replace(first, **more)


def slot_of(one: Reservation) -> Slot:
    return Slot(one.start, one.end, one.resource_ids)


def request(
    id_: int,
    steps: Sequence[str],
    slot: Slot,
    now: datetime = NOW,
    *,
    moves: bool = False,
    also: Sequence[str] = (),
    **rules: object,
) -> tuple[Request | None, ConfirmationAsked | None]:
    """A request for these steps, and the event that asks for it."""
    resources = [resource(one, *steps, **rules) for one in slot.resource_ids]
    made = request_for(id_, resources, slot, caller_id=OWNER, administrators=(CHIEF,), now=now, moves=moves, also=also)
    if made is None:
        return None, None
    return made, asked(made, resources, slot, reservation_id=1, owner_id=OWNER, owner_role="user")


def waiting(*steps: str, no_show_minutes: int | None = None, **rules: object) -> Life:
    """A life that waits for these steps, asked for at ``NOW``."""
    one = reservation()
    made, _ = request(1, steps, slot_of(one), **rules)
    return Life(one, 15, no_show_minutes, (made,) if made else ())


def ready(*steps: str, no_show_minutes: int | None = None) -> Life:
    """A life that these steps have confirmed."""
    if not steps:
        return Life(reservation(State.READY), 15, no_show_minutes)
    life = waiting(*steps, no_show_minutes=no_show_minutes)
    for step in steps:
        life = say(life, step, Said.GIVEN).life
    return life


def moving(life: Life, id_: int, *steps: str, hours: int = 5, now: datetime = NOW) -> Life:
    """The life with a move under way, some hours on."""
    one = life.reservation
    wanted = Slot(one.start + hours * HOUR, one.end + hours * HOUR, one.resource_ids)
    made, _ = request(id_, steps, wanted, now, moves=True)
    assert made
    return life.with_request(made)


def say(life: Life, step: str, said: Said, request_id: int | None = None, now: datetime = NOW) -> Turn:
    """The turn of an answer, to the request of the making if none is named."""
    return answered(life, Answered(request_id or 1, step, said, "no" if said is Said.REFUSED else None), now)


def kinds(turn: Turn) -> list[str]:
    return [type(one).__name__ for one in turn.events]
