"""Who is told of what, and what can be switched off."""

from datetime import UTC, datetime

import pytest

from berth.contracts.booking import ReservationCancelled, ReservationChanged, ReservationCreated
from berth.kit.outbox.event import Envelope, Event
from berth.modules.notifications.domain import SWITCHES, Channel, Kind, Switch, news_of, settled

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
TEN = datetime(2027, 3, 1, 10, tzinfo=UTC)
OWNER, ADMINISTRATOR = 7, 8


def told(event: Event) -> Envelope:
    return Envelope("booking", 1, event.type, event.subject, NINE, event.data(), "00-a-b-01", "192.0.2.1")


def created(actor_id: int) -> Event:
    return ReservationCreated(42, "ready", OWNER, actor_id, "Seminar", (1,), NINE, TEN)


def changed(actor_id: int) -> Event:
    return ReservationChanged(42, "ready", OWNER, actor_id, "Seminar", (1,), NINE, TEN, ("title",))


def cancelled(actor_id: int) -> Event:
    return ReservationCancelled(42, "cancelled", OWNER, actor_id, "Seminar", (1,), NINE, TEN, None)


@pytest.mark.parametrize(
    ("event_of", "kind"),
    [
        (created, Kind.RESERVATION_CREATED),
        (changed, Kind.RESERVATION_CHANGED),
        (cancelled, Kind.RESERVATION_CANCELLED),
    ],
)
@pytest.mark.parametrize("actor_id", [OWNER, ADMINISTRATOR])
def test_the_owner_is_told_whoever_did_it(event_of, kind: Kind, actor_id: int) -> None:
    news = news_of(told(event_of(actor_id)))
    assert (news.person_id, news.switch) == (OWNER, Switch(kind, actor_id == OWNER))
    assert (news.subject, news.happened_at) == ("reservation/42", NINE)
    assert (news.trace_parent, news.address) == ("00-a-b-01", "192.0.2.1")


def test_every_kind_can_be_switched_off_apart_for_oneself_and_for_others() -> None:
    assert len(set(SWITCHES)) == len(SWITCHES) == len(Kind) * 2 * len(Channel)


def test_in_the_app_everything_is_on_until_it_is_switched_off() -> None:
    off = Switch(Kind.RESERVATION_CREATED, by_self=True)
    assert set(settled({}).values()) == {True}
    assert settled({off: False}) == {one: one != off for one in SWITCHES}
