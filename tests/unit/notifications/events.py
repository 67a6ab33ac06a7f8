"""An event of every kind, as it comes to notifications, and what is told of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from berth.contracts.booking.closing import Affected, ClosingNotice
from berth.contracts.booking.reservation import (
    ApprovalAsked,
    ApprovalDecided,
    ChangeRefused,
    ReservationCancelled,
    ReservationChanged,
    ReservationCreated,
    ReservationMissed,
    ReservationReady,
)
from berth.contracts.booking.searches import FreeSlot, SearchFor, SearchMatched
from berth.contracts.booking.series import SeriesCancelled, SeriesChanged, SeriesCreated, SeriesExtended
from berth.contracts.booking.waitlist import WaitlistEnded, WaitlistOffered
from berth.contracts.payments import PaymentAsked, PaymentReturned, PaymentTaken
from berth.contracts.seating.orders import OrderCancelled, OrderChanged, OrderPaid
from berth.kit.outbox.event import Envelope, Event
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.news import EVENTS, news_of
from berth.modules.notifications.domain.told.orders import orders_told
from berth.modules.notifications.domain.told.series import Outcome, Settled, missed_news, settled_news

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
TEN = datetime(2027, 3, 1, 10, tzinfo=UTC)
OWNER, ADMINISTRATOR, SYSTEM = 7, 8, 0
HOUR = timedelta(hours=1)
ANY = SearchFor(None, "room", (), None, None)


def told(event: Event, number: int = 1, time: datetime = NINE) -> Envelope:
    return Envelope("booking", number, event.type, event.subject, time, event.data(), "00-a-b-01", "192.0.2.1")


def every_event(actor_id: int) -> list[Event]:
    """An event of every sort that is told differently."""
    slot = FreeSlot(1, NINE, TEN)
    owned = (OWNER, actor_id, "Seminar", (1,), NINE, TEN)
    return [
        ReservationCreated(42, "ready", *owned),
        ReservationCreated(42, "pending", *owned),
        ReservationChanged(42, "ready", *owned, ("start", "title")),
        ReservationCancelled(42, "cancelled", *owned, None),
        ReservationCancelled(42, "cancelled", *owned, "Not enough hours are left"),
        *(
            contract(5, OWNER, actor_id, "Seminar", (1,), 12, 42, NINE, TEN, *more)
            for contract, *more in (
                (SeriesCreated, "FREQ=DAILY"),
                (SeriesCreated, "FREQ=DAILY", (42, 43)),
                (SeriesChanged, ("start",), None),
                (SeriesCancelled, "all", "Moved online"),
            )
        ),
        ReservationReady(42, "ready", *owned),
        ReservationMissed(42, "no_show", *owned),
        ChangeRefused(42, "ready", *owned, NINE + HOUR, TEN + HOUR, "Rejected"),
        *(ApprovalAsked(42, "pending", *owned, 1, (3, 4), why, TEN) for why in ("asked", "reminded", "escalated")),
        *(ApprovalDecided(42, "pending", *owned, 1, yes, said) for yes in (True, False) for said in (None, "Enjoy")),
        PaymentAsked(42, 1, OWNER, "EUR", 1250),
        PaymentTaken(42, 1, OWNER, "JPY", 1250),
        *(PaymentReturned(42, 1, OWNER, "EUR", kept, back) for kept, back in ((0, 500), (500, 0), (250, 250))),
        WaitlistOffered(5, OWNER, SYSTEM, "Seminar", (1,), NINE, TEN, 42, NINE),
        ClosingNotice(
            5,
            OWNER,
            ADMINISTRATOR,
            (1,),
            NINE,
            TEN,
            "Painting",
            (Affected("reservation", 42, "Seminar", NINE, TEN, "move", (2,), "ready"),),
        ),
        *(WaitlistEnded(5, OWNER, SYSTEM, "Seminar", (1,), NINE, TEN, how) for how in ("lapsed", "expired")),
        *(ClosingNotice(9, OWNER, actor_id, (1,), NINE, TEN, "Painting", affected) for affected in AFFECTED),
        *(SearchMatched(5, OWNER, SYSTEM, "Rooms", ANY, NINE, TEN, 30, (slot,), more) for more in (False, True)),
    ]


def of_payments_of_orders() -> list[tuple[Kind, dict[str, Any]]]:
    """What is told of the payments of orders of seats."""
    who = (43, 1, OWNER, "EUR")
    events = [
        PaymentAsked(*who, 1250, of="order"),
        PaymentTaken(*who, 1250, of="order"),
        *(PaymentReturned(*who, kept, back, of="order") for kept, back in ((0, 500), (500, 0), (250, 250))),
    ]
    return [(news.kind, orjson.loads(news.data)) for news in news_of([told(one) for one in events])]


def order(actor_id: int = OWNER, amount_minor: int = 3000) -> tuple[Any, ...]:
    """What all events of an order of seats carry."""
    return 43, 5, OWNER, actor_id, "The Tempest", NINE, TEN, "Europe/Rome", amount_minor, "EUR"


def of_orders(actor_id: int) -> list[tuple[Kind, dict[str, Any]]]:
    """What is told of orders of seats, each after it was paid, and of one that never was."""
    paid, placed = OrderPaid(*order(), 2, venue="Teatro"), order(actor_id)
    by = {OWNER: "owner", SYSTEM: "system"}.get(actor_id, "staff")
    stories = [
        [OrderCancelled(*placed, by, "Not paid.", NINE)],
        [paid, OrderCancelled(*placed, by, "Given up.", NINE, venue="Teatro")],
        [paid, OrderCancelled(*placed, by, "The singer is ill.", NINE, performance_cancelled=by == "staff")],
        [paid, *(OrderChanged(*placed, changes) for changes in (("name",), ("start", "end"), ("name", "start")))],
        [OrderPaid(*order(amount_minor=0), 1), OrderCancelled(*order(actor_id, 0), by, "It cost nothing.", NINE)],
    ]
    found = {}
    for story in stories:
        _, news = orders_told({}, [told(one, number) for number, one in enumerate(story, 1)])
        found |= {one.data: (one.kind, orjson.loads(one.data)) for one in news}
    return [one for one in found.values() if one[0] is not Kind.ORDER_PAID or one[1]["venue"]]


def affected(kind: str, outcome: str, state: str | None = None) -> Affected:
    """What became of one thing when a resource was closed."""
    return Affected(kind, 42, "Seminar", NINE, TEN, outcome, (1,), state)


AFFECTED = (
    (affected("reservation", "cancel", "cancelled"),),
    (affected("reservation", "move", "ready"), affected("hold", "cancel")),
    (affected("reservation", "move", "pending"), affected("move", "cancel", "ready"), affected("offer", "cancel")),
)


def outcome(id_: int, refusal: str | None = None, state: str = "ready") -> Outcome:
    """What became of an occurrence; each is a day after the one before."""
    start, end = NINE + id_ * 24 * HOUR, TEN + id_ * 24 * HOUR
    held = Outcome(id_, OWNER, state, "Seminar", (1,), start, end, None)
    return held if refusal is None else replace(held, state="cancelled", refusal=refusal)


def settled(*outcomes: Outcome) -> dict[str, Any]:
    """What is told of a series of which all is decided."""
    news = settled_news(Settled(1, 5, outcomes), NINE)
    assert news is not None
    members: dict[str, Any] = orjson.loads(news.data)
    return members


def missed(*reasons: str) -> dict[str, Any]:
    """What is told of a series that was extended, and of which a time each day could not be reserved."""
    starts = tuple(NINE + number * 24 * HOUR for number in range(len(reasons)))
    nothing = (5, OWNER, SYSTEM, "Seminar", (1,), 0, None, None, None)
    [news] = missed_news([told(SeriesExtended(*nothing, starts, reasons))])
    members: dict[str, Any] = orjson.loads(news.data)
    return members


def everything_told(actor_id: int) -> list[tuple[Kind, dict[str, Any]]]:
    """All that is told differently, with what it is made of."""
    of_series = [
        (Kind.SERIES_SETTLED, settled(outcome(1), outcome(2))),
        (Kind.SERIES_SETTLED, settled(outcome(1), outcome(2, "Rejected."))),
        (Kind.SERIES_SETTLED, settled(outcome(1, ""), outcome(2, "No hours are left"))),
        (Kind.SERIES_SETTLED, settled(outcome(3))),
        (Kind.SERIES_SETTLED, settled(outcome(3, "Rejected."))),
        (Kind.SERIES_MISSED, missed("busy", "refused")),
        (Kind.SERIES_MISSED, missed(*["busy"] * 12)),
    ]
    of_events = ((EVENTS[one.type][0], told(one).members()) for one in every_event(actor_id))
    return [*of_events, *of_payments_of_orders(), *of_orders(actor_id), *of_series]
