"""An order of seats is paid once: whatever seating says in whatever order, the money ends where it should be."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.payments import PaymentEvent, PaymentReturned, PaymentTaken
from berth.contracts.seating.orders import REQUEST_ID, OrderCancelled, OrderEvent, OrderLine, OrderPaid, OrderPlaced
from berth.modules.payments.domain.account import Account, Of, RequestState
from berth.modules.payments.domain.answers import answered
from berth.modules.payments.domain.intent import Standing, next_action
from berth.modules.payments.domain.orders import agreement_of, heard
from berth.modules.payments.domain.pricing import PriceUnit
from berth.modules.payments.domain.reacting import begun, confirmed, overdue
from tests.unit.payments.test_next_action import AMOUNT, World, bring

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
START = NOW + timedelta(days=2)
HOUR = timedelta(hours=1)
KEPT = AMOUNT // 2
NUMBER, ADA = 43, 7

OF_ORDER = (NUMBER, 5, ADA, ADA, "Chamber music", START, START + 2 * HOUR, "Europe/Rome", AMOUNT, "EUR")
LINES = (
    OrderLine("Stalls, row A, seats 1 and 2", 2, AMOUNT // 4, AMOUNT // 2),
    OrderLine("Balcony, 1", 1, AMOUNT // 2, AMOUNT // 2),
)
PLACED = OrderPlaced(*OF_ORDER, LINES, NOW + HOUR, 24, 50)
PAID = OrderPaid(*OF_ORDER, 3)


def cancelled(by: str, at: datetime = START) -> OrderCancelled:
    return OrderCancelled(*OF_ORDER, by, "Given up", at)


@dataclass
class Shop:
    """The account of an order, the provider behind it, and all that was answered."""

    account: Account = field(default_factory=lambda: Account(NUMBER, of=Of.ORDER))
    world: World = field(default_factory=World)
    said: list[PaymentEvent] = field(default_factory=list)

    def hear(self, event: OrderEvent) -> None:
        self._now(heard(self.account, event, key="k", provider="stripe"))

    def work(self, lost: list[bool] | None = None) -> None:
        """Bring the payment to its goal, until nothing is left to do; answers of the provider may be lost."""
        while intent := self.account.intent_of(REQUEST_ID):
            if intent.confirmed.standing is Standing.NONE:
                if next_action(intent.goal, intent.confirmed) is None:
                    return
                self._now(begun(self.account, REQUEST_ID))
                continue
            found = bring(self.world, intent.confirmed, intent.goal, lost or [])
            if found == intent.confirmed:
                return
            self._now(confirmed(self.account, REQUEST_ID, found))

    def do(self, step: object) -> None:
        if isinstance(step, OrderEvent):
            self.hear(step)
        elif step == "pay":
            self.world.pay()
        elif step == "due":
            self._now(overdue(self.account, REQUEST_ID, NOW + 2 * HOUR))
        else:
            self.work([True, False])

    def _now(self, account: Account) -> None:
        self.account, events = answered(account)
        self.said += events


def told(story: list[object], *events: OrderEvent) -> Shop:
    """What comes of a story, by whose end each of these events was heard, and the buyer has paid if one can."""
    shop = Shop()
    for step in [*story, *(one for one in events if one not in story)]:
        shop.do(step)
    shop.work()
    shop.world.pay()
    shop.work()
    return shop


def stories(*events: OrderEvent, due: bool = False) -> st.SearchStrategy[list[object]]:
    """Everything in any order and any number, or not at all."""
    return st.lists(st.sampled_from([*events, "pay", "work", *(["due"] if due else [])]), max_size=12)


@given(stories(PLACED, PAID))
def test_an_order_that_is_sold_and_paid_for_is_charged_whole(story):
    shop = told(story, PLACED, PAID)
    assert (shop.world.books.standing, shop.world.books.net_minor) == (Standing.CAPTURED, AMOUNT)
    assert shop.account.find(REQUEST_ID).state is RequestState.SETTLED
    assert PaymentTaken(NUMBER, 1, ADA, "EUR", AMOUNT, of="order", performance="Chamber music") in shop.said


@given(st.sampled_from(["system", "staff"]).flatmap(lambda by: stories(PLACED, PAID, cancelled(by), due=True)))
def test_an_order_that_is_cancelled_by_others_costs_nothing(story):
    by_others = next((one for one in story if isinstance(one, OrderCancelled)), cancelled("system"))
    shop = told(story, by_others)
    assert shop.world.books.standing not in (Standing.PENDING, Standing.AUTHORISED)
    assert shop.world.books.net_minor == 0
    [last] = [one for one in shop.said if isinstance(one, PaymentReturned)][-1:]
    assert (last.kept_minor, last.of) == (0, "order")


@given(stories(PLACED, PAID, cancelled("owner"), due=True))
def test_an_order_that_its_buyer_gives_up_never_costs_more_than_the_terms_keep(story):
    shop = told(story, cancelled("owner"))
    assert shop.world.books.standing not in (Standing.PENDING, Standing.AUTHORISED)
    assert shop.world.books.net_minor in (0, KEPT)
    assert shop.world.books.net_minor == shop.account.net_minor


@pytest.mark.parametrize(("before", "kept"), [(24 * HOUR, 0), (24 * HOUR - timedelta(seconds=1), KEPT)])
@given(noise=st.lists(st.sampled_from(["work", "pay"]), max_size=5), again=st.lists(st.sampled_from([PLACED, PAID])))
def test_a_buyer_who_gives_up_what_is_paid_loses_what_the_terms_keep(before, kept, noise, again):
    shop = told([PLACED, "work", "pay", "work", PAID, *noise, cancelled("owner", START - before), *again, *noise])
    assert shop.world.books.net_minor == kept
    assert (
        PaymentReturned(NUMBER, 1, ADA, "EUR", kept, AMOUNT - kept, of="order", performance="Chamber music")
        in shop.said
    )


def test_what_is_not_sold_yet_is_held_and_returned_whole_to_its_buyer_too():
    shop = told([PLACED, "work", "pay", "work"])
    assert shop.world.books.standing is Standing.AUTHORISED
    shop.hear(cancelled("owner"))
    shop.work()
    assert (shop.world.books.standing, shop.world.books.net_minor) == (Standing.VOIDED, 0)


def test_an_order_that_nobody_pays_in_time_is_declined_and_cannot_be_paid_any_more():
    shop = told([PLACED, "work", "due"])
    assert shop.account.find(REQUEST_ID).state is RequestState.DECLINED
    assert shop.world.books.standing is Standing.VOIDED


@given(st.permutations([PLACED, PAID, PLACED, PAID]))
def test_an_order_that_costs_nothing_is_given_at_once_and_has_no_payment(story):
    free = [replace(one, amount_minor=0) for one in story]
    shop = told([replace(one, lines=()) if isinstance(one, OrderPlaced) else one for one in free])
    assert [type(one).__name__ for one in shop.said[:1]] == ["PaymentAuthorised"]
    assert (list(shop.account.intents()), shop.account.net_minor) == ([], 0)


def test_the_agreement_is_as_seating_reckoned_it():
    agreement = agreement_of(PLACED)
    assert (agreement.amount_minor, agreement.currency, agreement.timezone) == (AMOUNT, "EUR", "Europe/Rome")
    assert [(one.what, one.unit, one.unit_minor, one.amount_minor) for one in agreement.lines] == [
        ("Stalls, row A, seats 1 and 2", PriceUnit.SEAT, AMOUNT // 4, AMOUNT // 2),
        ("Balcony, 1", PriceUnit.SEAT, AMOUNT // 2, AMOUNT // 2),
    ]
    assert agreement.kept(at=START, start=START) == KEPT
