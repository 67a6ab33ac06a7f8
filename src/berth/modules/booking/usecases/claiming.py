"""Makes a reservation of what is kept already: of a hold by whoever decided, of an offer by who accepts it."""

from dataclasses import dataclass
from datetime import datetime

from berth.contracts.booking.reservation import ReservationCreated
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Person
from berth.kit.auth import Principal
from berth.kit.db import Connection
from berth.kit.http.reply import encode
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.value import Life, told
from berth.modules.booking.domain.policy import Attempt
from berth.modules.booking.domain.reservation import Request
from berth.modules.booking.store import living as lives
from berth.modules.booking.store.claiming import claim
from berth.modules.booking.store.placing import Placement
from berth.modules.booking.usecases.choosing import named_resources, refuse
from berth.modules.booking.usecases.creating import Creating, Show
from berth.modules.booking.usecases.idempotency import Answer
from berth.modules.booking.usecases.life.living import Living
from berth.modules.booking.usecases.reading import Reading


@dataclass(frozen=True, slots=True)
class Kept:
    """A slot that is kept under a number, as a ``kind`` of occupant, since somebody was told that he may have it."""

    id: int
    kind: str
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    since: datetime


class Claiming:
    """The verbs of reserving what is kept; the reservation has the number under which it was kept."""

    def __init__(
        self, *, catalog: Catalog, creating: Creating, reading: Reading, living: Living, outbox: Outbox
    ) -> None:
        self._catalog = catalog
        self._creating = creating
        self._reading = reading
        self._living = living
        self._outbox = outbox

    async def prepare(
        self, caller: Principal, kept: Kept, title: str, description: str | None, show: Show
    ) -> Placement:
        """Answer the reservation as it will be made, before there is a transaction: it asks others.

        Raises ``Problem`` with every rule that refuses. Those that look at the time of day were answered when the slot
        was promised.
        """
        resources = await named_resources(self._catalog, kept.resource_ids)
        refuse(caller, resources, Attempt(caller.role, kept.start, kept.end, kept.since))
        return await self._creating.placement(
            kept.id,
            caller=caller,
            owner=Person(caller.id, caller.username, caller.name, True, caller.role),
            request=Request(kept.resource_ids, None, kept.start, kept.end, title, description, None),
            resources=resources,
            key=None,
            show=show,
        )

    async def claim(self, connection: Connection, kept: Kept, placement: Placement) -> bool:
        """Make the reservation, ask for its confirmations and wind its clock; false if nothing is kept any more."""
        if await claim(connection, placement, kept.kind) < len(kept.resource_ids):
            return False
        one, request = placement.reservation, placement.request
        if request:
            await lives.save_requests(connection, [(one.id, request)])
        visit = placement.visit
        life = Life(one, visit.early_minutes, visit.no_show_minutes, (request,) if request else ())
        await self._living.remind(connection, [life])
        await self._outbox.write(connection, [told(ReservationCreated, one, one.created_by), *placement.asked])
        return True

    async def again(self, caller: Principal, id_: int, show: Show) -> Answer:
        """Answer the reservation that was made of a slot before, for who asks once more."""
        found = await self._reading.one(caller, id_)
        life, _ = await self._reading.life(found)
        resources = await self._reading.resources_of([found])
        people = await self._reading.people([found.owner_id])
        name = people[found.owner_id].name if found.owner_id in people else ""
        shown = show(life, [resources[id_] for id_ in found.resource_ids if id_ in resources], name)
        return Answer(encode(shown), replayed=True)
