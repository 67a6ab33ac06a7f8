"""Who is told of what, and what can be switched off."""

import pytest

from berth.contracts.booking.closing import ClosingNotice
from berth.contracts.booking.reservation import ApprovalAsked, ReservationFinished
from berth.contracts.payments import PaymentAsked, PaymentReturned
from berth.kit.outbox.event import Event
from berth.modules.notifications.domain.kinds import OF_ONESELF, OF_WAITLIST, SWITCHES, Channel, Kind, Switch, settled
from berth.modules.notifications.domain.news import EVENTS, news_of
from tests.unit.notifications.events import ADMINISTRATOR, NINE, OWNER, SYSTEM, TEN, every_event, told


@pytest.mark.parametrize("actor_id", [OWNER, ADMINISTRATOR, SYSTEM])
def test_the_owner_is_told_whoever_did_it(actor_id: int) -> None:
    for event in every_event(actor_id):
        if isinstance(event, ApprovalAsked):
            continue
        [news] = news_of([told(event)])
        kind, _ = EVENTS[event.type]
        assert (news.person_id, news.kind) == (OWNER, kind)
        assert news.by_self == (kind in OF_ONESELF and actor_id == OWNER)
        about = ("waitlist/5", None) if kind in OF_WAITLIST else ("reservation/42", 42)
        if isinstance(event, ClosingNotice) and len(event.affected) > 1:
            about = ("blackout/9", None)
        about = ("search/5", None) if kind is Kind.SEARCH_MATCHED else about
        assert (news.subject, news.reservation_id, news.happened_at) == (*about, NINE)
        assert (news.trace_parent, news.address) == ("00-a-b-01", "192.0.2.1")


def test_each_approver_is_asked_once() -> None:
    event = ApprovalAsked(42, "pending", OWNER, OWNER, "Seminar", (1,), NINE, TEN, 1, (3, 4, 3), "asked", TEN)
    assert [(one.person_id, one.by_self, one.mail_key) for one in news_of([told(event)])] == [
        (3, False, "mail/booking/1/3"),
        (4, False, "mail/booking/1/4"),
    ]


@pytest.mark.parametrize(
    "event",
    [
        PaymentAsked(42, 1, OWNER, "EUR", 0),
        PaymentReturned(42, 1, OWNER, "EUR", 0, 0),
        ReservationFinished(42, "finished", OWNER, SYSTEM, "Seminar", (1,), NINE, TEN),
    ],
)
def test_of_a_payment_of_nothing_and_of_a_usual_end_nobody_is_told(event: Event) -> None:
    assert news_of([told(event)]) == []


def test_every_kind_can_be_switched_off_by_channel_and_where_it_makes_sense_for_oneself() -> None:
    assert len(set(SWITCHES)) == len(SWITCHES) == (len(Kind) + len(OF_ONESELF)) * len(Channel)


def test_in_the_app_everything_is_on_until_it_is_switched_off() -> None:
    off = Switch(Kind.RESERVATION_CREATED, by_self=True)
    in_app = [one for one in SWITCHES if one.channel is Channel.IN_APP]
    assert {settled({})[one] for one in in_app} == {True}
    assert settled({off: False}) == settled({}) | {off: False}


def test_by_mail_one_is_told_what_one_did_not_do_oneself() -> None:
    mailed = {(one.kind, one.by_self) for one, on in settled({}).items() if on and one.channel is Channel.EMAIL}
    assert mailed == {(kind, False) for kind in Kind if kind is not Kind.PAYMENT_TAKEN}
