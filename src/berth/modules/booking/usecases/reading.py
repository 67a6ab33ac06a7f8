"""Reservations as their owners, those who decide on them, and administrators may read them."""

from collections.abc import Sequence
from datetime import datetime

from berth.contracts.catalog import Catalog, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.domain.reservation import Change, Reservation, State, history
from berth.modules.booking.store import approving, living
from berth.modules.booking.store import reservation as store
from berth.modules.booking.store.reservation import Filter

AHEAD = (State.HELD, State.PENDING, State.READY, State.IN_USE)


class Reading:
    """The questions about reservations."""

    def __init__(self, database: Database, catalog: Catalog, identity: Identity, clock: Clock) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity
        self._clock = clock

    async def one(self, caller: Principal, id_: int) -> Reservation:
        """Answer a reservation; raise 404 if there is none, 403 if it is somebody else's."""
        found = await store.one(self._database, id_)
        if found is None:
            raise Problem(404, "unknown-reservation", "There is no such reservation.")
        if (
            found.owner_id != caller.id
            and not caller.is_admin
            and not await approving.was_asked(self._database, id_, caller.id)
        ):
            raise Problem(403, "not-allowed", "This reservation is somebody else's.")
        return found

    async def life(self, reservation: Reservation) -> tuple[Life, dict[int, Resource]]:
        """Answer what is under way for a reservation, and the resources that its move names."""
        life = await living.one(self._database, reservation.id)
        wanted = [one.wanted for one in life.requests if one.wanted]
        ids = sorted({id_ for one in wanted for id_ in one.resource_ids})
        return life, dict(await self._catalog.resources(ids=ids)) if ids else {}

    async def undecided(self, id_: int) -> bool:
        """Tell whether something of a reservation waits for its confirmations."""
        lives = await living.read_all(self._database, [id_])
        return any(life.undecided for life in lives.values())

    async def resource_names(self, ids: Sequence[int]) -> dict[int, str]:
        """Answer the names of these resources, by id."""
        known = await self._catalog.resources(ids=sorted(set(ids))) if ids else {}
        return {id_: one.name for id_, one in known.items()}

    async def upcoming(self, caller: Principal, after: tuple[datetime, int] | None, limit: int) -> list[Reservation]:
        """Answer the caller's own reservations that are under way or ahead, the next first."""
        which = Filter(caller.id, states=AHEAD, start=self._clock(), after=after)
        return await self.listed(which, limit)

    async def listed(self, which: Filter, limit: int) -> list[Reservation]:
        """Answer reservations that pass the filter, by start and id."""
        return await store.listed(self._database, which, limit)

    async def history(self, caller: Principal, id_: int) -> list[Change]:
        """Answer all that happened to a reservation, oldest first."""
        found = await self.one(caller, id_)
        return history(found, await store.changes(self._database, id_))

    async def resources_of(self, reservations: Sequence[Reservation]) -> dict[int, Resource]:
        """Answer the resources that these reservations name, by id."""
        ids = {id_ for one in reservations for id_ in one.resource_ids}
        return dict(await self._catalog.resources(ids=sorted(ids)))

    async def people(self, ids: Sequence[int]) -> dict[int, Person]:
        """Answer the persons with these ids."""
        return dict(await self._identity.people(ids=sorted(set(ids))))
