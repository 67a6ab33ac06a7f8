"""How the seats of a performance stand: for people, for other modules, and for staff who block some."""

import base64
from collections.abc import Sequence
from typing import Any

from berth.contracts.seating.performances import SeatsNow
from berth.kit.auth import Principal
from berth.kit.db import Database
from berth.modules.seating.domain.seat_map.value import SeatMap
from berth.modules.seating.store import orders, tickets
from berth.modules.seating.store.seats import reading, turning
from berth.modules.seating.usecases.halls import Halls, places_of
from berth.modules.seating.usecases.performances import standing
from berth.modules.seating.usecases.printing import Printing
from berth.modules.seating.usecases.selling import Bought


class Watching:
    """Fulfils the contract ``Seating``."""

    def __init__(self, database: Database, halls: Halls, printing: Printing) -> None:
        self._database = database
        self._halls = halls
        self._printing = printing

    async def seats(self, *, performance_id: int) -> SeatsNow | None:
        """Answer how the seats of a performance stand; none if there is no such performance."""
        return await reading.now(self._database, performance_id)

    async def tickets(self, *, order_id: int) -> str | None:
        """Answer the tickets of an order as a PDF in base64; none while it has no good ones."""
        order = await orders.find(self._database, order_id)
        found = (await tickets.of_orders(self._database, [order_id])).get(order_id, [])
        if order is None or all(one.void for one in found):
            return None
        bought = Bought(order, await self._halls.of(order.performance_id), found)
        return base64.b64encode(await self._printing.tickets(bought)).decode()

    async def seat_map(self, performance_id: int) -> SeatMap:
        """Answer the map that a performance is sold by; raises 404."""
        return (await self._halls.of(performance_id)).layout.seat_map

    async def seats_for(self, caller: Principal, performance_id: int) -> dict[str, Any]:
        """Answer how all places stand, and which of them the caller holds or bought; raises 404."""
        await self._halls.of(performance_id)
        found = await reading.now(self._database, performance_id)
        mine = await orders.places_of(self._database, performance_id, caller.id)
        areas = found.areas if found else ()
        return {
            "states": found.states if found else "",
            "areas": [{"key": one.key, "capacity": one.capacity, "taken": one.taken} for one in areas],
            "mine": mine,
        }

    async def block(
        self, caller: Principal, performance_id: int, ids: Sequence[str], *, blocked: bool
    ) -> Sequence[str]:
        """Block those of the seats that are free, or free those that are blocked; answer which.

        Raises 404, 409 if the performance is cancelled, 422 for what is not in the map.
        """
        hall = await self._halls.of(performance_id)
        standing(hall.performance)
        layout = hall.layout
        places = places_of(layout, ids)
        async with self._database.transaction() as connection:
            changed = await turning.block(connection, performance_id, caller.id, places, blocked=blocked)
        return [layout.seats[place][0] for place in sorted(changed)]
