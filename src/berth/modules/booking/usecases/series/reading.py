"""Series as their owners and administrators may read them."""

from collections.abc import Sequence

from berth.contracts.catalog import Catalog, Resource
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.domain.series.value import Series
from berth.modules.booking.store.series import series as store


class SeriesReading:
    """The questions about series."""

    def __init__(self, database: Database, catalog: Catalog, identity: Identity) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity

    async def one(self, caller: Principal, id_: int) -> Series:
        """Answer a series; raise 404 if there is none, 403 if it is somebody else's."""
        return own(caller, await store.one(self._database, id_))

    async def occurrences(self, series: Series) -> list[Reservation]:
        """Answer the occurrences of a series that were placed."""
        return await store.reservations(self._database, series.id)

    async def listed(self, owner_id: int | None, before: int | None, limit: int) -> list[Series]:
        """Answer series of one person, or of all, the newest first."""
        return await store.listed(self._database, owner_id, before, limit)

    async def resources_of(self, series: Sequence[Series]) -> dict[int, Resource]:
        """Answer the resources that these series name, by id."""
        return dict(await self._catalog.resources(ids=sorted({id_ for one in series for id_ in one.resource_ids})))

    async def owners_of(self, series: Sequence[Series]) -> dict[int, Person]:
        """Answer the owners of these series, by id."""
        return dict(await self._identity.people(ids=sorted({one.owner_id for one in series})))


def own(caller: Principal, series: Series | None) -> Series:
    """Answer the series; raise 404 if there is none, 403 if it is somebody else's."""
    if series is None:
        raise Problem(404, "unknown-series", "There is no such series.")
    if series.owner_id != caller.id and not caller.is_admin:
        raise Problem(403, "not-allowed", "This series is somebody else's.")
    return series


async def occurrence_of(database: Connection | Database, series: Series, reservation_id: int) -> Reservation:
    """Answer an occurrence of the series; raise 404 if the reservation is none."""
    found = await store.reservation(database, series.id, reservation_id)
    if found is None:
        raise Problem(
            404,
            "unknown-occurrence",
            f"The reservation {reservation_id} is no occurrence of this series; read the series again.",
        )
    return found
