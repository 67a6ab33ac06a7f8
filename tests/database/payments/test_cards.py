"""Payments by card against a payment server that loses, delays, repeats and fails: its books equal ours."""

import json
from datetime import timedelta
from typing import Any

import pytest
import stripe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from berth.kit.http.problem import Problem
from berth.kit.outbox.event import Event
from tests.database.payments.conftest import HOUR, NOW, START, Office, asked, closed, settled, started, withdrawn
from tests.payment_server.running import WEBHOOK_SECRET
from tests.scale import SCALE

FAULTY = {"lose": 0.3, "fail": 0.2, "repeat": 0.3, "delay_seconds": 0.002}


def theirs(office: Office, reference: str | None) -> tuple[str, int, int]:
    """How a payment stands at the server: its status, what was taken, and what of it was given back."""
    found = office.server.books()[reference]
    return found["status"], found["amount_received"], (found["latest_charge"] or {}).get("amount_refunded", 0)


async def reconcile(office: Office) -> None:
    """Our books say what theirs say, and nothing is held there that we do not know of."""
    books = office.server.books()
    ours = {one.intent.confirmed.reference: one.intent for one in await office.payments()}
    keys = {intent.key for intent in ours.values()}
    for reference, intent in ours.items():
        if reference:
            received, refunded = theirs(office, reference)[1:]
            assert (intent.confirmed.captured_minor, intent.confirmed.refunded_minor) == (received, refunded)
    for id_, one in books.items():
        if one["metadata"]["berth_key"] in keys and id_ not in ours:
            assert one["status"] in ("requires_payment_method", "canceled")


async def held(office: Office, hours: int = 2) -> str:
    """A reservation that is paid for by card and holds; answer the payment's name at the server."""
    await office.price()
    await office.hear_and_work(asked(hours=hours))
    await office.pay_by_card()
    await office.hear_and_work(settled())
    assert await office.said() == [("asked", 1, hours * 1000), ("authorised", 1, hours * 1000)]
    [one] = await office.payments()
    return one.intent.confirmed.reference


async def test_a_card_is_held_first_and_charged_at_the_check_in(card_office: Office) -> None:
    reference = await held(card_office)
    assert theirs(card_office, reference) == ("requires_capture", 0, 0)
    await card_office.hear_and_work(started())
    assert theirs(card_office, reference) == ("succeeded", 2000, 0)
    assert await card_office.said() == [("taken", 1, 2000)]
    await card_office.hear_and_work(closed())
    assert await card_office.said() == [("closed", 1, 2000)]
    await reconcile(card_office)


async def test_a_hold_is_let_go_or_a_share_is_kept(card_office: Office) -> None:
    reference = await held(card_office)
    await card_office.hear_and_work(withdrawn(at=START - HOUR))
    assert theirs(card_office, reference) == ("succeeded", 1000, 0)
    assert await card_office.said() == [("returned", 1, 1000, 1000)]
    await card_office.hear_and_work(asked(2))
    await card_office.pay_by_card()
    await card_office.hear_and_work(settled(2), withdrawn(2, by="staff"))
    assert theirs(card_office, (await card_office.payments())[-1].intent.confirmed.reference)[0] == "canceled"
    assert (await card_office.said())[-1] == ("returned", 1, 0, 1000)
    await reconcile(card_office)


async def test_a_declined_card_may_be_followed_by_another(card_office: Office) -> None:
    await card_office.price()
    await card_office.hear_and_work(asked())
    [one] = await card_office.payments()
    card_office.server.pay(one.intent.confirmed.reference, declined=True)
    card_office.clock.now += timedelta(minutes=1)
    await card_office.work()
    [one] = await card_office.payments()
    assert (one.state, one.intent.confirmed.error) == ("awaiting", "Your card was declined.")
    await card_office.pay_by_card()
    assert await card_office.said() == [("asked", 1, 1000), ("authorised", 1, 1000)]


async def test_a_card_that_stays_declined_is_said_when_the_payment_is_due(card_office: Office) -> None:
    await card_office.price()
    await card_office.hear_and_work(asked())
    [one] = await card_office.payments()
    card_office.server.pay(one.intent.confirmed.reference, declined=True)
    await card_office.come(NOW + timedelta(minutes=10))
    await card_office.come(NOW + timedelta(minutes=30))
    assert (await card_office.said())[-1] == ("declined", 1, 1000)
    assert "Your card was declined." in (await card_office.account()).requests[0].reason
    assert theirs(card_office, one.intent.confirmed.reference)[0] == "canceled"


async def test_what_the_server_refuses_to_charge_is_declined(card_office: Office) -> None:
    await card_office.price(amount=10)
    await card_office.hear_and_work(asked())
    assert await card_office.said() == [("declined", 1, 10)]
    assert "at least 50" in (await card_office.account()).requests[0].reason


async def test_a_hold_that_would_end_before_the_start_is_charged_in_time(card_office: Office) -> None:
    reference = await held(card_office)
    await card_office.come(NOW + timedelta(days=6, minutes=2))
    assert theirs(card_office, reference)[:2] == ("succeeded", 2000)
    await card_office.hear_and_work(withdrawn(by="staff"))
    assert theirs(card_office, reference) == ("succeeded", 2000, 2000)
    await reconcile(card_office)


async def test_a_hold_that_ended_by_itself_takes_nothing_and_says_so(card_office: Office) -> None:
    reference = await held(card_office)
    card_office.server.expire(reference)
    await card_office.hear_and_work(started(), closed())
    assert await card_office.said() == [("closed", 1, 0)]
    await reconcile(card_office)


async def test_a_share_that_cannot_be_charged_exactly_is_rounded_for_the_payer(card_office: Office) -> None:
    await card_office.price(1250, currency="KWD")
    await card_office.hear_and_work(asked(hours=1))
    await card_office.pay_by_card()
    await card_office.hear_and_work(settled(), withdrawn())
    assert (await card_office.said())[-1] == ("returned", 1, 620, 630)
    await card_office.hear_and_work(asked(2))
    await card_office.pay_by_card()
    await card_office.hear_and_work(settled(2), started(2), withdrawn(2))
    assert (await card_office.said())[-1] == ("returned", 1, 620, 630)
    await reconcile(card_office)


async def test_a_payment_that_the_server_forgot_is_asked_for_again_and_again(card_office: Office) -> None:
    await held(card_office)
    await card_office.database.execute("update payments.intent set reference = 'pi_forgotten'")
    with pytest.raises(AssertionError, match="without end"):
        await card_office.hear_and_work(started())
    assert await card_office.said() == []


async def test_a_webhook_has_the_payment_looked_at_and_repeats_do_no_harm(card_office: Office) -> None:
    await card_office.price()
    await card_office.hear_and_work(asked())
    [one] = await card_office.payments()
    card_office.server.pay(one.intent.confirmed.reference)
    await card_office.said()
    body = json.dumps({"data": {"object": {"object": "payment_intent", "id": one.intent.confirmed.reference}}})
    signature = stripe.WebhookSignature.generate_signature_header(body, WEBHOOK_SECRET)
    for _ in range(3):
        await card_office.desk.webhook(body.encode(), signature)
        await card_office.work()
    assert await card_office.said() == [("authorised", 1, 1000)]
    about_a_charge = json.dumps({"data": {"object": {"object": "charge", "payment_intent": "pi_unheard_of"}}})
    signed = stripe.WebhookSignature.generate_signature_header(about_a_charge, WEBHOOK_SECRET)
    await card_office.desk.webhook(about_a_charge.encode(), signed)


@pytest.mark.parametrize("signature", [None, "", "t=1,v1=00", "nonsense"])
async def test_a_webhook_that_is_not_signed_is_refused(card_office: Office, signature: str | None) -> None:
    with pytest.raises(Problem) as refused:
        await card_office.desk.webhook(b"{}", signature)
    assert refused.value.status == 401
    old = stripe.WebhookSignature.generate_signature_header("{}", WEBHOOK_SECRET, timestamp=1)
    with pytest.raises(Problem):
        await card_office.desk.webhook(b"{}", old)


async def test_a_server_that_is_away_is_asked_until_it_answers(card_office: Office) -> None:
    reference = await held(card_office)
    card_office.server.faults(fail=1.0)
    with pytest.raises(AssertionError, match="without end"):
        await card_office.hear_and_work(started())
    assert await card_office.said() == []
    card_office.server.faults()
    await card_office.work()
    assert await card_office.said() == [("taken", 1, 2000)]
    assert theirs(card_office, reference)[:2] == ("succeeded", 2000)


STORY = st.lists(
    st.one_of(
        st.sampled_from(["pay", "work", "start", "time"]),
        st.tuples(st.just("ask"), st.integers(1, 4), st.integers(1, 6)),
        st.tuples(st.just("settle"), st.integers(1, 4)),
        st.tuples(st.just("undo"), st.integers(1, 4)),
        st.tuples(st.just("end"), st.integers(1, 4), st.sampled_from(["owner", "staff"])),
        st.tuples(st.just("close"), st.integers(1, 4)),
    ),
    max_size=14,
)


async def tell(office: Office, id_: int, story: list[Any]) -> None:
    """Let a reservation live through a story."""
    for one in story:
        if one == "pay":
            await office.pay_by_card()
        elif one == "work":
            await office.work()
        elif one == "start":
            await office.hear(started(id_))
        elif one == "time":
            await office.come(office.clock.now + timedelta(hours=7))
        else:
            await office.hear(heard(id_, *one))


def heard(id_: int, what: str, request_id: int, more: Any = None) -> Event:
    """What booking says in one step of a story."""
    if what == "ask":
        return asked(id_, request_id, hours=more)
    if what == "end":
        return withdrawn(id_, request_id, by=more)
    if what == "undo":
        return withdrawn(id_, request_id, whole=False)
    return settled(id_, request_id) if what == "settle" else closed(id_, request_id)


@settings(max_examples=5 * SCALE, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(story=STORY, by=st.sampled_from(["owner", "staff"]), seed=st.integers(0, 10**6))
async def test_after_the_whole_is_withdrawn_nothing_is_held_and_only_what_the_terms_keep_is_taken(
    card_office: Office, story: list[Any], by: str, seed: int
) -> None:
    office, id_ = card_office, 1_000_000 + next(card_office.numbers)
    office.clock.now = NOW
    await office.price()
    office.server.faults(**FAULTY, seed=seed)
    await tell(office, id_, [("ask", 1, 2), "work", "pay", *story])
    await office.said()
    await office.hear(withdrawn(id_, 5, by=by))
    await office.work()
    office.server.faults()
    account = await office.account(id_)
    mine = {intent.key for intent in account.intents()}
    at_theirs = [one for one in office.server.books().values() if one["metadata"]["berth_key"] in mine]
    net = sum(one["amount_received"] - (one["latest_charge"] or {}).get("amount_refunded", 0) for one in at_theirs)
    assert not [one for one in at_theirs if one["status"] == "requires_capture"]
    assert net == account.net_minor <= account.ending.cost_minor
    said = [one for one in await office.said() if one[:2] == ("returned", 5)]
    assert said[-1][2] == net
    await reconcile(office)
