"""Making receipts."""

import asyncio

from berth.contracts.identity import Identity
from berth.kit.auth import Principal
from berth.modules.payments.domain.receipt import Language, Paid, receipt
from berth.modules.payments.providers.printing import pdf
from berth.modules.payments.usecases.reading import Reading


class Receipts:
    """The verb of printing a receipt, for whoever may see the payment."""

    def __init__(self, reading: Reading, identity: Identity) -> None:
        self._reading = reading
        self._identity = identity

    async def print(self, caller: Principal, id_: int, language: Language) -> bytes:
        """Answer the receipt of a payment as a PDF; raise 404 for another's."""
        found = await self._reading.one(caller, id_)
        people = await self._identity.people(ids=[found.payer_id])
        payer = people[found.payer_id].name if found.payer_id in people else str(found.payer_id)
        paid = Paid(
            id=found.id,
            reservation_id=found.reservation_id,
            payer=payer,
            intent=found.intent,
            state=found.state,
            agreement=found.agreement,
            date=found.changed_at,
            of=found.of,
        )
        # Drawing takes some milliseconds of computing, in which nobody else should have to wait.
        return await asyncio.to_thread(pdf, receipt(paid, language))
