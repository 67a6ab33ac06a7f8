"""What booking says, put into the ledger, and what it is answered."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from berth.contracts.access import CodeExpired, CodeIssued, CodeRefused, CodeRevoked
from berth.contracts.booking.reservation import (
    Answer,
    ConfirmationAsked,
    ConfirmationClosed,
    ConfirmationEvent,
    ConfirmationSettled,
    ConfirmationWithdrawn,
)
from berth.modules.access.domain import ledger as rules
from berth.modules.access.domain.ledger import Given, Ledger, Window

STEP = "access"
DUE_AFTER = timedelta(seconds=60)
"""When an answer is due of a request that does not say."""

KINDS: Mapping[str, type[ConfirmationEvent]] = {
    one.type: one for one in (ConfirmationAsked, ConfirmationSettled, ConfirmationWithdrawn, ConfirmationClosed)
}
"""What is listened to, by its type."""


def heard(ledger: Ledger, said: ConfirmationEvent, now: datetime, *, at_once: bool) -> Ledger:
    """Answer the ledger after booking said this; ``at_once`` gives codes without asking a lock."""
    if isinstance(said, ConfirmationAsked):
        return rules.asked(
            ledger,
            said.request_id,
            said.owner_id,
            Window(
                valid_from=said.start - timedelta(minutes=said.early_minutes),
                valid_until=said.end,
                resource_ids=tuple(sorted({one.resource_id for one in said.resources})),
            ),
            due_at=said.due_at.get(STEP, now + DUE_AFTER),
            at_once=at_once,
        )
    if isinstance(said, ConfirmationWithdrawn):
        return rules.withdrawn(ledger, said.request_id, whole=said.whole)
    if isinstance(said, ConfirmationClosed):
        return rules.closed(ledger)
    return rules.settled(ledger, said.request_id)


def answer(ledger: Ledger, said: ConfirmationEvent) -> Answer | None:
    """Answer what booking is told, given how the ledger stands; none if there is nothing to tell, or not yet."""
    if isinstance(said, ConfirmationAsked):
        return outcome(ledger, said.request_id)
    if isinstance(said, ConfirmationWithdrawn):
        return CodeRevoked(said.reservation_id, said.request_id)
    if isinstance(said, ConfirmationClosed):
        return CodeExpired(said.reservation_id, said.request_id)
    return None


def outcome(ledger: Ledger, request_id: int) -> Answer | None:
    """Answer what came of a request; none as long as the lock has not said."""
    known = ledger.permission(request_id)
    if ledger.ended or known.withdrawn:
        return CodeRevoked(ledger.reservation_id, request_id)
    if known.given is Given.REFUSED:
        return CodeRefused(ledger.reservation_id, request_id, known.reason or "")
    if known.given is Given.ISSUED and known.window:
        return CodeIssued(ledger.reservation_id, request_id, known.window.valid_from, known.window.valid_until)
    return None
