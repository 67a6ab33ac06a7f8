"""What those who confirm say, as the events in which it comes."""

from collections.abc import Callable
from datetime import UTC, datetime

from berth.contracts.access import CodeExpired, CodeIssued, CodeRefused, CodeRevoked
from berth.contracts.booking.reservation import Answer
from berth.contracts.payments import PaymentAuthorised, PaymentClosed, PaymentDeclined, PaymentReturned
from berth.contracts.quota import QuotaCommitted, QuotaDenied, QuotaHeld, QuotaReleased
from berth.kit.outbox.event import Envelope
from berth.modules.booking.domain.life.confirming import Answered, Said
from tests.database.booking.calendar import HOUR

NINE = datetime(2027, 3, 1, 9, tzinfo=UTC)
TEN = NINE + HOUR


def answer_of(one: Answered, reservation_id: int) -> Answer:
    """The event by which a step says this."""
    ids = (reservation_id, one.request_id)
    payment = (*ids, 7, "EUR")
    made: dict[tuple[str, Said], Callable[[], Answer]] = {
        ("quota", Said.GIVEN): lambda: QuotaHeld(*ids, ()),
        ("quota", Said.REFUSED): lambda: QuotaDenied(*ids, 1, "Hours", "minutes", 60, 0, None, one.reason or ""),
        ("quota", Said.UNDONE): lambda: QuotaReleased(*ids),
        ("quota", Said.CLOSED): lambda: QuotaCommitted(*ids),
        ("access", Said.GIVEN): lambda: CodeIssued(*ids, NINE, TEN),
        ("access", Said.REFUSED): lambda: CodeRefused(*ids, one.reason or ""),
        ("access", Said.UNDONE): lambda: CodeRevoked(*ids),
        ("access", Said.CLOSED): lambda: CodeExpired(*ids),
        ("payment", Said.GIVEN): lambda: PaymentAuthorised(*payment, 100),
        ("payment", Said.REFUSED): lambda: PaymentDeclined(*payment, 100, one.reason or ""),
        ("payment", Said.UNDONE): lambda: PaymentReturned(*payment, 0, 100),
        ("payment", Said.CLOSED): lambda: PaymentClosed(*payment, 100),
    }
    return made[one.step, one.said]()


def enveloped(answer: Answer) -> Envelope:
    return Envelope("confirmer", 1, answer.type, answer.subject, NINE, answer.data(), None, None)
