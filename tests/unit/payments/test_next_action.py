"""From whatever is confirmed, the rule leads to the goal, also when answers are lost and things are done twice."""

from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from berth.modules.payments.domain.intent import (
    Capture,
    Confirmed,
    Goal,
    Intent,
    Open,
    PaymentState,
    Refund,
    Standing,
    Void,
    is_reached,
    next_action,
    state_of,
)

AMOUNT = 1000
goals = st.builds(Goal, st.integers(0, AMOUNT), st.booleans())


@dataclass
class World:
    """The provider's own books, which are never lost."""

    books: Confirmed = field(default_factory=Confirmed)

    def do(self, action: object) -> Confirmed:
        """Do it as a provider does: what is done already, or cannot be done, changes nothing."""
        found = self.books
        if isinstance(action, Open) and found.standing is Standing.NONE:
            self.books = Confirmed(Standing.PENDING)
        elif isinstance(action, Void) and found.standing in (Standing.PENDING, Standing.AUTHORISED):
            self.books = replace(found, standing=Standing.VOIDED)
        elif isinstance(action, Capture) and found.standing is Standing.AUTHORISED:
            self.books = replace(found, standing=Standing.CAPTURED, captured_minor=action.amount_minor)
        elif isinstance(action, Refund) and found.net_minor - action.amount_minor == action.target_minor:
            self.books = replace(found, refunded_minor=found.refunded_minor + action.amount_minor)
        return self.books

    def pay(self) -> None:
        """Have somebody pay, if that is possible."""
        if self.books.standing is Standing.PENDING:
            self.books = Confirmed(Standing.AUTHORISED, authorised_minor=AMOUNT)

    def expire(self) -> None:
        """Let a hold go, as providers do in time."""
        if self.books.standing is Standing.AUTHORISED:
            self.books = replace(self.books, standing=Standing.VOIDED)


def look(known: Confirmed, world: World) -> Confirmed:
    """What a look at the provider's books tells somebody who knows this much; without a name there is no look."""
    return known if known.standing in (Standing.NONE, Standing.BEGUN) else world.books


def bring(world: World, known: Confirmed, goal: Goal, lost: list[bool]) -> Confirmed:
    """Follow the rule until it says that nothing is left; of each try the answer may be lost."""
    for _ in range(30):
        known = look(known, world)
        action = next_action(goal, known)
        if action is None:
            return known
        if known.standing is Standing.NONE:
            known = Confirmed(Standing.BEGUN)
        answer = world.do(action)
        if not (lost and lost.pop()):
            known = answer
    raise AssertionError(f"no end at {known} for {goal}")


happenings = st.lists(st.one_of(goals, st.sampled_from(["pay", "pay", "expire", "repeat"])), min_size=1, max_size=12)


@given(happenings, st.integers(0, AMOUNT), st.booleans(), st.lists(st.booleans(), max_size=20))
def test_whatever_happened_the_money_ends_where_the_goal_wants_it(story, target, take, lost):
    world, known, goal = World(), Confirmed(), Goal(AMOUNT)
    known = bring(world, known, goal, lost)
    lowest = AMOUNT
    for one in story:
        if isinstance(one, Goal):
            # A goal never grows again over what was let go: the share of a payment is bounded by what it still has.
            lowest = min(lowest, one.target_minor)
            goal = Goal(lowest, one.take)
            known = bring(world, known, goal, lost)
        elif one == "repeat":
            known = bring(world, known, goal, lost)
        else:
            getattr(world, one)()
    last = Goal(min(lowest, target), take)
    known = bring(world, known, last, lost)
    intent = Intent("k", AMOUNT, "EUR", "stripe", last, known)
    assert known == world.books or world.books == Confirmed()
    assert world.books.net_minor <= last.target_minor
    if last.target_minor == 0:
        assert world.books.standing not in (Standing.PENDING, Standing.AUTHORISED)
        assert world.books.net_minor == 0
        assert is_reached(intent)
    if take:
        assert world.books.standing is not Standing.AUTHORISED
        assert is_reached(intent)


@given(st.integers(1, AMOUNT))
def test_what_is_held_is_taken_once_and_only_as_much_as_is_wanted(target):
    held = Confirmed(Standing.AUTHORISED, authorised_minor=AMOUNT)
    assert next_action(Goal(target), held) is None
    assert next_action(Goal(target, take=True), held) == Capture(target)
    taken = replace(held, standing=Standing.CAPTURED, captured_minor=target)
    assert next_action(Goal(target, take=True), taken) is None


def test_a_payment_that_may_have_been_opened_is_found_again_before_it_is_let_go():
    assert next_action(Goal(0), Confirmed(Standing.BEGUN)) == Open()
    assert next_action(Goal(0), Confirmed(Standing.PENDING)) == Void()
    assert next_action(Goal(0), Confirmed()) is None


def test_whoever_is_still_to_pay_is_waited_for():
    intent = Intent("k", AMOUNT, "EUR", "stripe", Goal(AMOUNT), Confirmed(Standing.PENDING))
    assert next_action(intent.goal, intent.confirmed) is None
    assert not is_reached(intent)


def test_people_read_in_one_word_how_a_payment_stands():
    def word(standing: Standing, target: int = AMOUNT, **more: int) -> PaymentState:
        return state_of(Intent("k", AMOUNT, "EUR", "manual", Goal(target), Confirmed(standing, **more)))

    assert word(Standing.NONE) is PaymentState.OPENING
    assert word(Standing.PENDING) is PaymentState.AWAITING
    assert word(Standing.PENDING, 0) is word(Standing.REFUSED) is PaymentState.DECLINED
    assert word(Standing.AUTHORISED, authorised_minor=AMOUNT) is PaymentState.AUTHORISED
    assert word(Standing.CAPTURED, captured_minor=5) is PaymentState.TAKEN
    assert word(Standing.CAPTURED, captured_minor=5, refunded_minor=2) is PaymentState.PART_RETURNED
    assert word(Standing.CAPTURED, captured_minor=5, refunded_minor=5) is PaymentState.RETURNED
    assert word(Standing.VOIDED, 0, authorised_minor=5) is PaymentState.RETURNED
