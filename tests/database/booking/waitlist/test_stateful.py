"""Whatever is reserved, held, waited for and given up in whatever order, Berth does as a plain model does.

Derandomised, so that every run does the same; ``BERTH_PROOF_SCALE`` above 1 searches at random, and longer.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.contracts.catalog import ResourceQuery
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.waitlist.entry import Wanted
from berth.modules.booking.usecases.holds.holding import Holding
from berth.modules.booking.usecases.waitlist.joining import Joining
from tests.conftest import DatabaseFor
from tests.database.booking.calendar import MINUTE
from tests.database.booking.life.answering import NINE
from tests.database.booking.waitlist.conftest import PEOPLE, Desk, desk_on
from tests.database.booking.waitlist.model import HOLD_MINUTES, HOLDS_MAX, Model, Place, Taken
from tests.database.machine import Answer, Machine, emptying, search
from tests.scale import SCALE

DAY = NINE + timedelta(days=2)
who = st.integers(0, len(PEOPLE) - 1)
which = st.integers(0, 30)
start = st.integers(0, 2).map(lambda number: number * 30)  # few, so that people meet
hours = st.integers(1, 2)
rooms = st.sampled_from(((1,), (1,), (2,), (3,), (1, 2), (1, 3)))
EMPTY = emptying("reservation", "allocation", "reservation_change", "hold", "waitlist_entry", "outbox", "timer")


def at(minute: int) -> datetime:
    return DAY + minute * MINUTE


class Waiting(Machine):
    """Each rule asks Berth and the model; then all places, and all that is taken, are compared."""

    def __init__(self, portal: BlockingPortal, desk: Desk) -> None:
        super().__init__(portal)
        self.desk = desk

    def expect(self, status: int | None, answer: Answer | Problem) -> Answer | None:
        """Check that it was refused with the status, or not at all; answer what was answered."""
        if isinstance(answer, Problem):
            assert answer.status == status, answer.detail
            return None
        assert status is None, f"it should have been refused with {status}"
        return answer

    def one_of(self, found: list[int], number: int) -> int | None:
        return found[number % len(found)] if found else None

    @initialize()
    def begin(self) -> None:
        self.model = Model()
        self.desk.clock.now = NINE
        self.do(self.desk.database.execute, EMPTY)

    @rule(who=who, rooms=rooms, start=start, hours=hours)
    def reserve(self, who: int, rooms: tuple[int, ...], start: int, hours: int) -> None:
        end = start + 60 * hours
        taken = None if self.model.all_free(rooms, start, end) else 409
        made = self.do(self.desk.reserve, PEOPLE[who], *rooms, start=at(start), hours=hours)
        id_ = self.expect(taken, made)
        if id_:
            self.model.taken[id_] = Taken("reservation", who, rooms, start, end)

    @rule(number=which)
    def cancel(self, number: int) -> None:
        id_ = self.one_of([id_ for id_, one in self.model.taken.items() if one.kind == "reservation"], number)
        if id_:
            self.expect(None, self.do(self.desk.cancel, PEOPLE[self.model.taken[id_].who], id_))
            self.model.give_back(id_)

    @rule(number=which, start=start, hours=hours)
    def move(self, number: int, start: int, hours: int) -> None:
        id_ = self.one_of([id_ for id_, one in self.model.taken.items() if one.kind == "reservation"], number)
        if id_:
            one, end = self.model.taken[id_], start + 60 * hours
            taken = None if self.model.all_free(one.rooms, start, end, ignoring=id_) else 409
            self.expect(taken, self.do(self.desk.move, PEOPLE[one.who], id_, at(start), hours))
            if not taken:
                one.start, one.end = start, end
                self.model.serve()

    @rule(who=who, rooms=rooms, start=start, hours=hours)
    def hold(self, who: int, rooms: tuple[int, ...], start: int, hours: int) -> None:
        end = start + 60 * hours
        good = self.model.all_free(rooms, start, end) and len(self.model.holds_of(who)) < HOLDS_MAX
        held = self.expect(
            None if good else 409, self.do(self.desk.hold, PEOPLE[who], *rooms, start=at(start), hours=hours)
        )
        if held:
            until = self.model.now + HOLD_MINUTES
            self.model.taken[held.id] = Taken("hold", who, rooms, start, end, until)

    @rule(number=which, stranger=st.booleans())
    def release(self, number: int, stranger: bool) -> None:
        id_ = self.one_of([id_ for id_, one in self.model.taken.items() if one.kind == "hold"], number)
        if id_:
            mine = self.model.taken[id_].who
            caller = PEOPLE[(mine + stranger) % len(PEOPLE)]
            self.expect(403 if stranger else None, self.do(self.desk.part(Holding).release, caller, id_))
            if not stranger:
                self.model.give_back(id_)

    @rule(number=which, stranger=st.booleans())
    def use(self, number: int, stranger: bool) -> None:
        id_ = self.one_of([id_ for id_, one in self.model.taken.items() if one.kind == "hold"], number)
        if id_:
            one = self.model.taken[id_]
            caller = PEOPLE[(one.who + stranger) % len(PEOPLE)]
            made = self.expect(403 if stranger else None, self.do(self.desk.use, caller, id_))
            if not stranger:
                assert made == id_
                one.kind, one.until = "reservation", None

    @rule(who=who, rooms=rooms, start=start, hours=hours, minutes=st.none() | st.sampled_from((30, 45)))
    def join(self, who: int, rooms: tuple[int, ...], start: int, hours: int, minutes: int | None) -> None:
        place = Place(0, who, rooms, False, start, start + 60 * hours, minutes)
        self._join(place, self.do(self.desk.join, PEOPLE[who], *rooms, start=at(start), hours=hours, minutes=minutes))

    @rule(who=who, start=start, hours=hours, minutes=st.none() | st.just(40))
    def join_any(self, who: int, start: int, hours: int, minutes: int | None) -> None:
        end = start + 60 * hours
        wish = Wanted((), ResourceQuery(kind="room"), at(start), at(end), minutes, 1, "Waited", None)
        joined = self.do(self.desk.part(Joining).join, PEOPLE[who], wish)
        self._join(Place(0, who, (1, 2, 3), True, start, end, minutes), joined)

    def _join(self, place: Place, joined: Any) -> None:
        entry = self.expect(None if self.model.may_join(place) else 409, joined)
        if entry:
            place.id = entry.id
            self.model.line.append(place)
            self.model.serve()

    @rule(number=which, answer=st.sampled_from(("accept", "decline", "leave")), stranger=st.booleans())
    def answer(self, number: int, answer: str, stranger: bool) -> None:
        offered = [one.id for one in self.model.line if one.state == "offered"]
        id_ = self.one_of(offered, number)
        if id_ is None:
            return
        place = next(one for one in self.model.line if one.id == id_)
        verb = {"accept": self.desk.accept, "decline": self.desk.decline, "leave": self.desk.leave}[answer]
        caller = PEOPLE[(place.who + stranger) % len(PEOPLE)]
        made = self.expect(403 if stranger else None, self.do(verb, caller, id_))
        assert place.offer is not None
        if stranger:
            return
        if answer == "accept":
            assert made == place.offer
            place.state = "accepted"
            self.model.taken[place.offer].kind, self.model.taken[place.offer].until = "reservation", None
        else:
            place.state = {"decline": "declined", "leave": "left"}[answer]
            self.model.give_back(place.offer)

    @rule(number=which)
    def leave_while_waiting(self, number: int) -> None:
        waiting = [one for one in self.model.line if one.state == "waiting"]
        if waiting:
            place = waiting[number % len(waiting)]
            assert isinstance(self.do(self.desk.accept, PEOPLE[place.who], place.id), Problem)
            self.expect(None, self.do(self.desk.leave, PEOPLE[place.who], place.id))
            place.state = "left"

    @rule(minutes=st.integers(1, 20))
    def pass_time(self, minutes: int) -> None:
        """Let the clock go on, and do what falls due on the way, one after the other."""
        until = self.model.now + minutes
        while (due := self.model.next_due()) and due[0] <= until:
            self.model.now = due[0]
            assert self.do(self.desk.strike) == due[1]
            kind, _, id_ = due[1].partition("/")
            if kind == "hold":
                self.model.give_back(int(id_))
            else:
                place = next(one for one in self.model.line if one.id == int(id_))
                place.state = "lapsed"
                assert place.offer is not None
                self.model.give_back(place.offer)
            self.agree()
        self.model.now = until
        self.desk.clock.now = NINE + until * MINUTE

    @invariant()
    def agree(self) -> None:
        """Hold every place, and all that is taken, against the model."""
        if not hasattr(self, "model"):
            return
        rows = self.do(
            self.desk.database.fetch,
            "select id, state, offer_id, offer_resource_ids, offer_starts, offer_ends from booking.waitlist_entry",
        )
        found = {row["id"]: row for row in rows}
        for place, (rooms, start, end) in self.model.offered:
            row = found[place.id]
            slot = tuple(row["offer_resource_ids"] or ()), row["offer_starts"], row["offer_ends"]
            assert slot == (rooms, at(start), at(end)), place
            if place.state == "offered":
                self.model.known_as(place, row["offer_id"])
        self.model.offered.clear()
        assert {id_: row["state"] for id_, row in found.items()} == {one.id: one.state for one in self.model.line}
        setup = {1: 0, 2: 0, 3: 30}
        expected = sorted(
            (room, one.kind, at(one.start - setup[room]), at(one.end))
            for one in self.model.taken.values()
            for room in one.rooms
        )
        assert sorted(self.do(self.desk.occupied)) == expected


@pytest.mark.proof
@pytest.mark.timeout(300 * SCALE)  # what it finds takes a while to be made small
def test_berth_holds_and_offers_as_a_plain_model_does(
    portal: BlockingPortal, newest_database: DatabaseFor, settings: Settings, secrets: Secrets
) -> None:
    with (
        portal.wrap_async_context_manager(newest_database()) as url,
        portal.wrap_async_context_manager(desk_on(url, settings, secrets)) as desk,
    ):
        search(lambda: Waiting(portal, desk), steps=40)
        assert portal.call(desk.states) is not None
