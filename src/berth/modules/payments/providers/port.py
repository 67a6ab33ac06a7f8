"""What payments asks of whoever moves the money."""

from datetime import timedelta
from typing import Protocol

from berth.modules.payments.domain.intent import Action, Confirmed, Intent


class ProviderAway(Exception):
    """The provider did not answer, or not in a way that says what is: to be tried again. Holds no secret."""


class Provider(Protocol):
    """Somebody who moves money.

    Everything may be asked twice, and is then done once. ``looks_every`` is how often to ask whether somebody has
    paid, if the provider may forget to tell; ``holds_for`` how long it holds money without taking it.
    """

    name: str
    looks_every: timedelta | None
    holds_for: timedelta | None

    async def look(self, intent: Intent) -> Confirmed:
        """Answer how the payment stands in the provider's books; raise ``ProviderAway``."""
        ...

    async def do(self, intent: Intent, action: Action) -> Confirmed:
        """Do it and answer how the payment stands then; raise ``ProviderAway``."""
        ...
