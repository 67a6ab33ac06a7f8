"""Whatever the network does and whenever people act, a reservation and those who confirm it come to agree."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from berth.modules.booking.domain.life.passing import next_due
from berth.modules.booking.domain.reservation import ENDS
from tests.scale import SCALE
from tests.unit.booking.life.confirmers import EVERYBODY, OTHERS
from tests.unit.booking.life.world import World

LOSSES_MAX = 4

some_steps = st.sets(st.sampled_from(EVERYBODY)).map(sorted)
some_others = st.one_of(st.just(frozenset()), st.frozensets(st.sampled_from(OTHERS)))
places = st.integers(0, 30)
in_flight = precondition(lambda self: self.world.messages)
losable = precondition(lambda self: self.world.messages and self.losses < LOSSES_MAX)


class AnyOrder(RuleBasedStateMachine):
    """Messages come in any order, twice or never, while people come and go and change their minds."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.losses = 0

    @initialize(steps=some_steps, no_show=st.sampled_from([None, 0, 10, 90]), refuse=some_others, silent=some_others)
    def made(self, steps: list[str], no_show: int | None, refuse: frozenset[str], silent: frozenset[str]) -> None:
        self.world.make(steps, no_show_minutes=no_show, refuse=refuse, silent=silent)

    @rule(place=places)
    @in_flight
    def a_message_arrives(self, place: int) -> None:
        self.world.deliver(place % len(self.world.messages))

    @rule()
    @in_flight
    def the_network_becomes_quiet(self) -> None:
        self.world.deliver_all()

    @rule(place=places)
    @in_flight
    def a_message_arrives_and_will_again(self, place: int) -> None:
        self.world.duplicate(place % len(self.world.messages))

    @rule(place=places)
    @losable
    def a_message_is_lost(self, place: int) -> None:
        self.losses += 1
        self.world.lose(place % len(self.world.messages))

    @rule()
    @precondition(lambda self: next_due(self.world.life))
    def the_clock_strikes(self) -> None:
        self.world.strike()

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes: int) -> None:
        self.world.wait(minutes)

    @rule(approves=st.booleans())
    def an_approver_decides(self, approves: bool) -> None:
        self.world.decide(approves)

    @rule(by=st.sampled_from(["owner", "staff"]))
    def somebody_cancels(self, by: str) -> None:
        self.world.cancel(by)

    @rule()
    def somebody_checks_in(self) -> None:
        self.world.check_in()

    @rule()
    def somebody_checks_out(self) -> None:
        self.world.check_out()

    @rule(
        steps=some_steps,
        hours=st.integers(0, 4),
        longer=st.integers(0, 3),
        rooms=st.sampled_from([(1,), (2,), (1, 2)]),
        refuse=some_others,
        silent=some_others,
    )
    def somebody_moves_it(
        self,
        steps: list[str],
        hours: int,
        longer: int,
        rooms: tuple[int, ...],
        refuse: frozenset[str],
        silent: frozenset[str],
    ) -> None:
        self.world.move(steps, hours=hours, longer=longer, rooms=rooms, refuse=refuse, silent=silent)

    @rule(steps=some_steps, room=st.integers(1, 3), refuse=some_others, silent=some_others)
    def its_room_is_closed(self, steps: list[str], room: int, refuse: frozenset[str], silent: frozenset[str]) -> None:
        self.world.relocate(steps, room=room, refuse=refuse, silent=silent)

    @invariant()
    def all_is_as_it_should_be(self) -> None:
        self.world.check()

    def teardown(self) -> None:
        self.world.finish()
        assert self.world.life.reservation.state in ENDS
        assert not any(one.held for one in self.world.confirmers.values())


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=75 * SCALE, stateful_step_count=40, suppress_health_check=list(HealthCheck)
)
