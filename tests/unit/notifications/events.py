"""An event of every kind, as it comes to notifications."""

from datetime import UTC, datetime, timedelta

from berth.contracts.booking import (
    ApprovalAsked,
    ApprovalDecided,
    ChangeRefused,
    ReservationCancelled,
    ReservationChanged,
    ReservationCreated,
    ReservationMissed,
    ReservationReady,
    SeriesCancelled,
    SeriesChanged,
    SeriesCreated,
)
from berth.contracts.closing import Affected, ClosingNotice
from berth.contracts.payments import PaymentAsked, PaymentReturned, PaymentTaken
from berth.contracts.waitlist import WaitlistEnded, WaitlistOffered
from berth.kit.outbox.event import Envelope, Event

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
TEN = datetime(2027, 3, 1, 10, tzinfo=UTC)
OWNER, ADMINISTRATOR, SYSTEM = 7, 8, 0
HOUR = timedelta(hours=1)


def told(event: Event, number: int = 1, time: datetime = NINE) -> Envelope:
    return Envelope("booking", number, event.type, event.subject, time, event.data(), "00-a-b-01", "192.0.2.1")


def every_event(actor_id: int) -> list[Event]:
    """An event of every sort that is told differently."""
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
    ]
