"""Tickets on paper, in the language of whoever bought them."""

import asyncio
from zoneinfo import ZoneInfo

from berth.contracts.identity import Identity
from berth.kit.http.problem import Problem
from berth.modules.seating.providers.paper import Printed, pdf
from berth.modules.seating.usecases.selling import Bought

WORDS = {
    "en": ("Ticket", "When", "Where", "Seat", "Order"),
    "fr": ("Billet", "Quand", "Où", "Place", "Commande"),
    "es": ("Entrada", "Cuándo", "Dónde", "Asiento", "Pedido"),
}


class Printing:
    """The verb of printing tickets."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    async def tickets(self, bought: Bought) -> bytes:
        """Answer the PDF of an order's tickets; raises 409 while there are none, or if they let nobody in."""
        order, performance = bought.order, bought.hall.performance
        good = [one for one in bought.tickets if not one.void]
        if not good:
            raise Problem(409, "no-tickets", "There are no tickets of this order: it is not paid, or was cancelled.")
        buyer = (await self._identity.contacts(ids=[order.buyer_id])).get(order.buyer_id)
        language = buyer.language if buyer else "en"
        ticket, when, where, seat, number = WORDS[language]
        plan = performance.plan
        begins = plan.start.astimezone(ZoneInfo(performance.timezone))
        printed = [
            Printed(
                plan.name,
                (
                    (when, f"{begins:%Y-%m-%d %H:%M}"),
                    (where, performance.venue),
                    (seat, one.seat),
                    (number, str(order.id)),
                ),
                one.code,
            )
            for one in good
        ]
        # Many pages take long enough that others would notice.
        return await asyncio.to_thread(pdf, printed, title=f"{ticket} {plan.name}", language=language)
