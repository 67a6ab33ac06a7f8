"""Money that changes hands outside of Berth: at a desk or by bank transfer, and an administrator says so."""

from dataclasses import replace
from datetime import timedelta

from berth.modules.payments.domain.intent import Action, Capture, Confirmed, Intent, Open, Refund, Standing

MANUAL = "manual"


class Manual:
    """The provider whose books are ours: what is asked of it is so."""

    name: str = MANUAL
    looks_every: timedelta | None = None
    holds_for: timedelta | None = None

    async def look(self, intent: Intent) -> Confirmed:
        """Answer what our books say."""
        return intent.confirmed

    async def do(self, intent: Intent, action: Action) -> Confirmed:
        """Write down what a person has to do, or has done."""
        found = intent.confirmed
        if isinstance(action, Open):
            return Confirmed(Standing.PENDING)
        if isinstance(action, Capture):
            return replace(found, standing=Standing.CAPTURED, captured_minor=action.amount_minor)
        if isinstance(action, Refund):
            return replace(found, refunded_minor=found.refunded_minor + action.amount_minor)
        return replace(found, standing=Standing.VOIDED)


def paid(intent: Intent, reference: str) -> Confirmed:
    """Answer how a payment stands that an administrator says was paid; ``reference`` says where to look it up."""
    return Confirmed(
        Standing.CAPTURED, authorised_minor=intent.amount_minor, captured_minor=intent.amount_minor, reference=reference
    )
