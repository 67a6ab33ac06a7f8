"""A reservation, those who confirm it, and a network between them that does what it is told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from berth.contracts.booking.reservation import (
    ConfirmationEvent,
    ConfirmationSettled,
    ReservationCancelled,
    ReservationFinished,
    ReservationMissed,
    ReservationReady,
)
from berth.kit.outbox.event import Event
from berth.modules.booking.domain.life.asking import asked
from berth.modules.booking.domain.life.confirming import Answered, Said, answered, cancelled
from berth.modules.booking.domain.life.passing import next_due, passed
from berth.modules.booking.domain.life.relocating import relocated, request_to_relocate
from berth.modules.booking.domain.life.value import APPROVAL, Life, NotNow, Request, Slot, Standing, Turn
from berth.modules.booking.domain.life.visiting import checked_in, checked_out, extends
from berth.modules.booking.domain.reservation import CHANGEABLE, ENDS, State
from tests.unit.booking.life.confirmers import (
    CHIEF,
    HOUR,
    MINUTE,
    NOW,
    OTHERS,
    OWNER,
    Confirmer,
    request,
    reservation,
    resource,
    slot_of,
)

TURNS_MAX = 400
AWAITED = (Standing.ASKED, Standing.WITHDRAWN, Standing.CLOSING)
NEXT = {
    State.PENDING: {State.READY, State.CANCELLED},
    State.READY: {State.IN_USE, State.FINISHED, State.CANCELLED, State.NO_SHOW},
    State.IN_USE: {State.FINISHED},
}

Message = tuple[str, ConfirmationEvent] | Answered


class World:
    """What people, the clock and the network do to one reservation; every step is checked as it is taken."""

    def __init__(self) -> None:
        self.now: datetime = NOW
        self.confirmers = {name: Confirmer(name) for name in OTHERS}
        self.messages: list[Message] = []
        self.told: list[Event] = []
        self.settling_lost = False
        self.last_id = 1
        self.relocations = 0
        self.settled: Request | None = None
        self.life = Life(reservation(State.READY), 15, None)

    def make(
        self,
        steps: Iterable[str],
        *,
        no_show_minutes: int | None = None,
        refuse: Iterable[str] = (),
        silent: Iterable[str] = (),
    ) -> None:
        made, event = request(1, list(steps), slot_of(self.life.reservation))
        state = State.PENDING if made else State.READY
        self.life = Life(reservation(state), 15, no_show_minutes, (made,) if made else ())
        self._dispositions(refuse, silent)
        self._send([event] if event else [])

    def deliver(self, place: int = 0) -> None:
        self._receive(self.messages.pop(place))

    def deliver_all(self) -> None:
        while self.messages:
            self.deliver()

    def duplicate(self, place: int) -> None:
        self._receive(self.messages[place])

    def lose(self, place: int) -> None:
        lost = self.messages.pop(place)
        if isinstance(lost, tuple) and isinstance(lost[1], ConfirmationSettled):
            self.settling_lost = True

    def strike(self) -> None:
        """Let time pass until something is due, and do it."""
        due = next_due(self.life)
        assert due is not None
        self.now = max(self.now, due)
        turn = passed(self.life, self.now)
        assert turn.life != self.life, "the clock struck for nothing, and would forever"
        self._take(turn)

    def wait(self, minutes: int) -> None:
        """Let time pass, the clock being late."""
        self.now += minutes * MINUTE
        due = next_due(self.life)
        if due is None or self.now < due:
            assert passed(self.life, self.now) == Turn(self.life)

    def decide(self, approves: bool) -> None:
        undecided = self.life.undecided
        approval = undecided.step(APPROVAL) if undecided else None
        if undecided and approval and approval.standing is Standing.ASKED:
            said = Said.GIVEN if approves else Said.REFUSED
            reason = None if approves else "too loud"
            self._take(answered(self.life, Answered(undecided.id, APPROVAL, said, reason, CHIEF), self.now))

    def cancel(self, by: str = "owner") -> None:
        if self.life.reservation.state in CHANGEABLE and self.life.reservation.end > self.now:
            self._take(cancelled(self.life, by=by, actor_id=OWNER, reason=None, now=self.now))

    def check_in(self) -> None:
        try:
            turn = checked_in(self.life, OWNER, self.now)
        except NotNow:
            return
        self._take(turn)
        assert checked_in(self.life, OWNER, self.now) == Turn(self.life)

    def check_out(self) -> None:
        try:
            turn = checked_out(self.life, OWNER, self.now)
        except NotNow:
            return
        self._take(turn)
        assert checked_out(self.life, OWNER, self.now) == Turn(self.life)

    def move(
        self,
        steps: Iterable[str],
        *,
        hours: int = 1,
        longer: int = 0,
        rooms: tuple[int, ...] = (1,),
        refuse: Iterable[str] = (),
        silent: Iterable[str] = (),
    ) -> None:
        one = self.life.reservation
        wanted = Slot(one.start + hours * HOUR, one.end + (hours + longer) * HOUR, rooms)
        if not self._movable(wanted):
            return
        self.last_id += 2
        also = self.life.settled.steps if self.life.settled else ()
        made, event = request(self.last_id, list(steps), wanted, self.now, moves=True, also=also)
        if made is None:
            moved = replace(one, start=wanted.start, end=wanted.end, resource_ids=rooms, version=one.version + 1)
            self._take(Turn(replace(self.life, reservation=moved), (), "changed"))
            return
        self._dispositions(refuse, silent)
        self._take(Turn(self.life.with_request(made), (event,) if event else ()))

    def relocate(
        self, steps: Iterable[str], *, room: int, refuse: Iterable[str] = (), silent: Iterable[str] = ()
    ) -> None:
        """Close the resource, so that the reservation is on another one from now on."""
        one = self.life.reservation
        if one.state not in CHANGEABLE or one.end <= self.now or one.resource_ids == (room,):
            return
        self.last_id += 2
        self.relocations += 1
        resources = [resource(room, *steps)]
        made = request_to_relocate(
            self.last_id, self.life, resources, caller_id=CHIEF, administrators=(CHIEF,), now=self.now
        )
        slot = Slot(one.start, one.end, (room,))
        event = made and asked(made, resources, slot, reservation_id=1, owner_id=OWNER, owner_role="user")
        self._dispositions(refuse, silent)
        turn = relocated(
            self.life,
            (room,),
            made,
            [event] if event else [],
            actor_id=CHIEF,
            reason="Painting",
            closing_id=5,
            now=self.now,
        )
        assert (turn.life.reservation.state == State.PENDING) == (made is not None)
        assert turn.life.reservation.resource_ids == (room,)
        self._take(turn, relocating=True)

    def finish(self) -> None:
        """Let the network become quiet and all time pass: everything has to end, and clean."""
        for _ in range(TURNS_MAX):
            while self.messages:
                self.deliver()
                self.check()
            if next_due(self.life) is None:
                break
            self.strike()
            self.check()
        assert next_due(self.life) is None
        assert self.life.reservation.state in ENDS
        assert self.settled_down()
        self.check()
        assert passed(self.life, self.now + 1000 * HOUR) == Turn(self.life)

    def settled_down(self) -> bool:
        """Tell whether no message is on its way, and no answer awaited."""
        return not self.messages and not any(one.has(standing) for one in self.life.requests for standing in AWAITED)

    def check(self) -> None:
        """Assert what always holds, and what holds between all once they have settled down."""
        assert sum(one.awaits_answers for one in self.life.requests) <= 1
        waits = any(one.standing in AWAITED for request in self.life.requests for one in request.confirmations)
        if waits or self.life.reservation.state not in ENDS:
            assert next_due(self.life) is not None
        if self.settled_down():
            for confirmer in self.confirmers.values():
                self._agrees(confirmer)

    def _agrees(self, confirmer: Confirmer) -> None:
        one = self.life.reservation
        due = [self.settled.id] if self.settled and confirmer.step in self.settled.steps else []
        if one.state in {State.READY, State.IN_USE}:
            held = sorted(confirmer.held)
            assert held[-len(due) :] == due if self.settling_lost and due else held == due
            assert all(confirmer.held[id_] == slot_of(one) for id_ in due)
        else:
            assert not confirmer.held, f"{confirmer.step} holds what is nobody's"
        used_up = one.state in {State.FINISHED, State.NO_SHOW}
        assert confirmer.committed == (due if used_up else [])

    def _take(self, turn: Turn, *, relocating: bool = False) -> None:
        before, after = self.life.reservation, turn.life.reservation
        assert after.version == before.version + (before != after)
        assert bool(turn.what) == (before != after)
        known = after.state == before.state or after.state in NEXT[State(before.state)]
        assert known or (relocating and after.state == State.PENDING)
        if after.state == State.CANCELLED:
            assert after.cancel_reason or turn.life.cancelled_by in {"owner", "staff"}
            assert turn.life.cancelled_by
            assert turn.life.cancelled_at
        self.life = turn.life
        self.told += turn.events
        assert sum(isinstance(event, ReservationReady) for event in self.told) <= 1 + self.relocations
        for kind in (ReservationCancelled, ReservationFinished, ReservationMissed):
            assert sum(isinstance(event, kind) for event in self.told) <= 1
        if self.life.settled:
            self.settled = self.life.settled
        self._send(turn.events)

    def _send(self, events: Iterable[Event]) -> None:
        for event in events:
            if isinstance(event, ConfirmationEvent):
                assert event.steps
                self.messages += [(name, event) for name in event.steps]

    def _receive(self, message: Message) -> None:
        if isinstance(message, Answered):
            self._take(answered(self.life, message, self.now))
            assert answered(self.life, message, self.now) == Turn(self.life), "an answer counted twice"
        else:
            name, event = message
            self.messages += self.confirmers[name].hear(event)

    def _dispositions(self, refuse: Iterable[str], silent: Iterable[str]) -> None:
        for name, one in self.confirmers.items():
            one.refuses, one.silent = name in refuse, name in silent

    def _movable(self, wanted: Slot) -> bool:
        one = self.life.reservation
        if self.life.undecided or one.end <= self.now or wanted == slot_of(one):
            return False
        return one.state == State.READY or (one.state == State.IN_USE and extends(one, wanted))
