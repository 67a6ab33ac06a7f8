"""Whatever people, payments and the clock do to the seats of an evening, in any order, they are as a model says.

Derandomised, so that every run does the same; ``BERTH_PROOF_SCALE`` above 1 searches at random, and longer.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from anyio.from_thread import BlockingPortal
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from berth.kit.db import open_database
from berth.kit.http.problem import Problem
from berth.modules.seating.domain.seats.choosing import Wanted
from berth.modules.seating.usecases.admitting import Verdict
from berth.modules.seating.usecases.halls import Halls
from berth.modules.seating.usecases.holding import SeatWish
from berth.modules.seating.usecases.watching import Watching
from tests.conftest import DatabaseFor
from tests.database.machine import Machine, search
from tests.database.seating.conftest import PRICE_MINOR, Sale, hall_of, sale_of
from tests.database.seating.hall import NOW, ROOT, person
from tests.scale import SCALE

ROWS, SEATS, FLOOR = 2, 5, 3
MOST = 6
MINUTE = timedelta(minutes=1)
EMPTY = """
delete from seating.ticket;
delete from seating.seat_order;
delete from seating.seat_hold;
delete from seating.share;
delete from seating.timer;
delete from seating.outbox;
delete from seating.inbox;
update seating.seat set state = 'free', holder = null, version = 0;
update seating.area set taken = 0, version = 0;
"""

people = st.integers(1, 3)
places = st.lists(st.integers(0, ROWS * SEATS - 1), min_size=1, max_size=3, unique=True)
which = st.integers(0, 20)
twice = st.integers(1, 2)


@dataclass
class Taken:
    """What somebody has, from the hold on: ``state`` is of the order once there is one."""

    person: int
    places: list[int]
    people: int
    until: object
    extended: bool = False
    order_id: int | None = None
    state: str = "held"
    codes: list[str] = field(default_factory=list)
    admitted: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        return len(self.places) + self.people


class Evening(Machine):
    """Each rule asks Berth and the model, and holds all seats against the model."""

    def __init__(self, portal: BlockingPortal, sale: Sale) -> None:
        super().__init__(portal)
        self.sale = sale

    @initialize()
    def begin(self) -> None:
        self.do(self.sale.database.execute, EMPTY)
        self.sale.clock.now = NOW
        self.taken: dict[int, Taken] = {}
        self.blocked: set[int] = set()

    def letters(self) -> str:
        letters = ["b" if place in self.blocked else "f" for place in range(ROWS * SEATS)]
        for one in self.taken.values():
            for place in one.places:
                letters[place] = "s" if one.state == "paid" else "h"
        return "".join(letters)

    def on_floor(self) -> int:
        return sum(one.people for one in self.taken.values())

    def share(self, who: int) -> int:
        return sum(one.count for one in self.taken.values() if one.person == who)

    def ids(self, wanted: list[int]) -> tuple[str, ...]:
        return tuple(f"s/{place // SEATS + 1}/{place % SEATS + 1}" for place in wanted)

    def note(self, who: int, made: object, wanted: list[int], on_floor: int) -> None:
        hold, _ = made
        assert sorted(wanted) == list(hold.places)
        self.taken[hold.id] = Taken(who, sorted(wanted), on_floor, hold.expires_at)

    @rule(who=people, wanted=places, on_floor=st.integers(0, 2))
    def hold(self, who: int, wanted: list[int], on_floor: int) -> None:
        areas = {"floor": on_floor} if on_floor else {}
        free = all(self.letters()[place] == "f" for place in wanted) and self.on_floor() + on_floor <= FLOOR
        fits = self.share(who) + len(wanted) + on_floor <= MOST
        wish = SeatWish(self.sale.performance.id, self.ids(wanted), None, areas)
        made = self.do(self.sale.holding.hold, person(who), wish)
        if free and fits:
            self.note(who, made, wanted, on_floor)
        else:
            assert isinstance(made, Problem)
            assert made.kind == ("seats-taken" if not free else "too-many-seats")

    @rule(who=people, count=st.integers(1, 4))
    def hold_best(self, who: int, count: int) -> None:
        letters = self.letters()
        rows = [letters[at : at + SEATS] for at in range(0, len(letters), SEATS)]
        made = self.do(self.sale.holding.hold, person(who), SeatWish(self.sale.performance.id, best=Wanted(count)))
        if not any("f" * count in row for row in rows) or self.share(who) + count > MOST:
            assert isinstance(made, Problem)
            return
        hold, _ = made
        assert list(hold.places) == list(range(hold.places[0], hold.places[0] + count))
        assert all(letters[place] == "f" for place in hold.places)
        self.note(who, made, list(hold.places), 0)

    @precondition(lambda self: self.taken)
    @rule(at=which)
    def release(self, at: int) -> None:
        id_, one = self.pick(at)
        answer = self.do(self.sale.holding.release, person(one.person), id_)
        assert isinstance(answer, Problem) == (one.order_id is not None)
        if one.order_id is None:
            del self.taken[id_]

    @precondition(lambda self: self.taken)
    @rule(at=which)
    def extend(self, at: int) -> None:
        id_, one = self.pick(at)
        answer = self.do(self.sale.holding.extend, person(one.person), id_)
        assert isinstance(answer, Problem) == (one.order_id is not None or one.extended)
        if not isinstance(answer, Problem):
            one.until, one.extended = answer[0].expires_at, True

    @precondition(lambda self: self.taken)
    @rule(at=which)
    def buy(self, at: int) -> None:
        id_, one = self.pick(at)
        answer = self.do(self.sale.ordering.order, person(one.person), id_)
        assert not isinstance(answer, Problem)
        order = answer.order
        assert one.order_id in (None, order.id)
        assert order.amount_minor == one.count * PRICE_MINOR
        if one.order_id is None:
            one.order_id, one.state, one.until = order.id, "pending", order.due_at + MINUTE

    @precondition(lambda self: self.ordered())
    @rule(at=which, times=twice)
    def authorise(self, at: int, times: int) -> None:
        one = self.ordered()[at % len(self.ordered())]
        self.do(self.sale.authorise, one.order_id, one.count * PRICE_MINOR, times)
        one.state = "paid"
        one.codes = self.codes(one.order_id)
        assert len(one.codes) == one.count

    @precondition(lambda self: self.ordered())
    @rule(at=which, times=twice)
    def decline(self, at: int, times: int) -> None:
        one = self.ordered()[at % len(self.ordered())]
        self.do(self.sale.decline, one.order_id, times)
        if one.state == "pending":
            self.forget(one)

    @precondition(lambda self: self.ordered())
    @rule(at=which, staff=st.booleans())
    def cancel(self, at: int, staff: bool) -> None:
        one = self.ordered()[at % len(self.ordered())]
        caller = ROOT if staff else person(one.person)
        answer = self.do(self.sale.ordering.cancel, caller, one.order_id, "Given up.")
        assert isinstance(answer, Problem) == bool(one.admitted)
        if not one.admitted:
            self.forget(one)

    @precondition(lambda self: any(one.codes for one in self.taken.values()))
    @rule(at=which)
    def come_in(self, at: int) -> None:
        ways = [(one, code) for one in self.taken.values() for code in one.codes]
        one, code = ways[at % len(ways)]
        judged = self.do(self.sale.admitting.admit, ROOT, self.sale.performance.id, code)
        assert not isinstance(judged, Problem)
        again = code in one.admitted
        # The clock may stand still: the same scan at the same time is the same scan.
        assert judged.verdict in ((Verdict.ADMITTED, Verdict.ADMITTED_ALREADY) if again else (Verdict.ADMITTED,))
        one.admitted.add(code)

    @rule(wanted=places, blocked=st.booleans())
    def block(self, wanted: list[int], blocked: bool) -> None:
        letters = self.letters()
        could = {place for place in wanted if letters[place] == ("f" if blocked else "b")}
        self.do(self.turn_blocked, wanted, blocked)
        self.blocked = self.blocked | could if blocked else self.blocked - could

    async def turn_blocked(self, wanted: list[int], blocked: bool) -> None:
        watching = Watching(self.sale.database, Halls(self.sale.database), None)
        await watching.block(ROOT, self.sale.performance.id, self.ids(wanted), blocked=blocked)

    @rule(minutes=st.sampled_from([1, 6, 11, 32]))
    def wait(self, minutes: int) -> None:
        self.do(self.sale.pass_time, minutes * MINUTE)
        now = self.sale.clock.now
        for id_, one in list(self.taken.items()):
            if one.state in ("held", "pending") and one.until <= now:
                del self.taken[id_]

    @invariant()
    def seats_are_as_the_model_says(self) -> None:
        if not hasattr(self, "taken"):
            return
        assert self.do(self.sale.states) == self.letters()
        assert self.do(self.sale.area_taken) == self.on_floor()
        shares = {who: self.share(who) for who in (1, 2, 3) if self.share(who)}
        assert self.do(self.sale.shares) == shares
        assert self.do(self.sale.told) == (self.letters(), self.on_floor())

    def pick(self, at: int) -> tuple[int, Taken]:
        return list(self.taken.items())[at % len(self.taken)]

    def ordered(self) -> list[Taken]:
        return [one for one in self.taken.values() if one.order_id is not None]

    def forget(self, one: Taken) -> None:
        self.taken = {id_: each for id_, each in self.taken.items() if each is not one}

    def codes(self, order_id: int | None) -> list[str]:
        rows = self.do(
            self.sale.database.fetch, "select code from seating.ticket where order_id = $1 and not void", order_id
        )
        return [row["code"] for row in rows]


@pytest.mark.proof
@pytest.mark.timeout(300 * SCALE)
def test_seats_holds_and_orders_are_as_the_model_says(portal: BlockingPortal, newest_database: DatabaseFor) -> None:
    with (
        portal.wrap_async_context_manager(newest_database()) as url,
        portal.wrap_async_context_manager(open_database(url)) as database,
    ):
        sale = portal.call(sale_of, database, hall_of(ROWS, SEATS, people=FLOOR))
        search(lambda: Evening(portal, sale), steps=30)
        assert portal.call(sale.states)
