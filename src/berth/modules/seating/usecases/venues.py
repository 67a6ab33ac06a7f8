"""Venues and their seat maps: added, renamed, drawn and removed by administrators, read by everybody."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

import asyncpg

from berth.contracts.catalog import Catalog
from berth.contracts.seating.venues import SeatMapSaved, VenueAdded, VenueRemoved, VenueRenamed
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.seating.domain.seat_map.checking import faults
from berth.modules.seating.domain.seat_map.value import SeatMap
from berth.modules.seating.domain.venues import MapVersion, SavedMap, Venue
from berth.modules.seating.store import seat_maps
from berth.modules.seating.store import venues as store

INTEGER_MAX = 2**31 - 1


class Venues:
    """The verbs of venues; every change is told as an event."""

    def __init__(self, database: Database, outbox: Outbox, catalog: Catalog, clock: Clock) -> None:
        self._database = database
        self._outbox = outbox
        self._catalog = catalog
        self._clock = clock

    async def listed(self, after: tuple[str, int] | None, limit: int) -> Sequence[Venue]:
        """Answer venues by name."""
        return await store.listed(self._database, after, limit)

    async def one(self, id_: int) -> Venue:
        """Answer a venue; raises 404."""
        found = await store.find(self._database, id_)
        if found is None:
            raise unknown(id_)
        return found

    async def add(self, actor: Principal, name: str, resource_id: int) -> Venue:
        """Make a venue of a resource.

        Raises 409 if there is one of this name or on this resource, 422 if there is no such resource or it is retired.
        """
        found = (await self._catalog.resources(ids=[resource_id])).get(resource_id)
        if found is None or found.retired:
            raise Problem(422, "unknown-resource", f"There is no resource {resource_id} that can be reserved.")
        with _once():
            async with self._database.transaction() as connection:
                made = await store.add(connection, name, resource_id, self._clock())
                await self._outbox.write(connection, [VenueAdded(made.id, actor.id, name, resource_id)])
        return made

    async def rename(self, actor: Principal, id_: int, name: str) -> Venue:
        """Name a venue; raises 404, 409 if the name is another's."""
        with _once():
            async with self._database.transaction() as connection:
                venue = await _locked(connection, id_)
                if venue.name == name:
                    return venue
                await store.rename(connection, id_, name)
                told = VenueRenamed(id_, actor.id, name, venue.resource_id, venue.name)
                await self._outbox.write(connection, [told])
        return replace(venue, name=name)

    async def remove(self, actor: Principal, id_: int) -> None:
        """Let a venue be no more; raises 404, 409 while something is on there."""
        async with self._database.transaction() as connection:
            venue = await _locked(connection, id_)
            if await store.is_used(connection, id_, self._clock()):
                raise Problem(
                    409, "venue-in-use", f"Something is on in {venue.name}; cancel it or wait until it is over."
                )
            await store.remove(connection, id_, self._clock())
            await self._outbox.write(connection, [VenueRemoved(id_, actor.id, venue.name, venue.resource_id)])

    async def map_of(self, id_: int, version: int | None) -> SavedMap:
        """Answer a version of a venue's map, or the present one; raises 404."""
        venue = await self.one(id_)
        known = version is None or 1 <= version <= INTEGER_MAX
        found = await seat_maps.find(self._database, id_, version) if known else None
        if found is None and version is not None:
            raise Problem(404, "unknown-seat-map", f"{venue.name} has no seat map of version {version}.")
        if found is None:
            raise Problem(404, "unknown-seat-map", f"{venue.name} has no seat map yet; PUT one here.")
        return found

    async def versions_of(self, id_: int, before: int | None, limit: int) -> Sequence[MapVersion]:
        """Answer the versions of a venue's map, the newest first; raises 404."""
        await self.one(id_)
        return await seat_maps.versions(self._database, id_, before, limit)

    async def save_map(self, actor: Principal, id_: int, content: SeatMap, versions: Sequence[int] | None) -> SavedMap:
        """Keep a new version of a venue's map; the same map again is no new version.

        ``versions`` are those of which one must be the present one. Raises 404, 412 if none is, 422 with all that is
        wrong with the map.
        """
        found = faults(content)
        if found:
            raise Problem(422, "seat-map-faulty", " ".join(found[:3]), more={"faults": found})
        async with self._database.transaction() as connection:
            venue = await _locked(connection, id_)
            if versions is not None and venue.map_version not in versions:
                raise Problem(
                    412,
                    "changed-meanwhile",
                    f"The map is at version {venue.map_version} now; read it again and decide anew.",
                )
            present = await seat_maps.find(connection, id_, None)
            if present is not None and present.content == content:
                return present
            saved = SavedMap(venue.map_version + 1, content, actor.id, self._clock())
            await seat_maps.save(connection, id_, saved)
            told = SeatMapSaved(
                id_, actor.id, venue.name, venue.resource_id, saved.version, content.seat_count, content.capacity
            )
            await self._outbox.write(connection, [told])
            return saved


def unknown(id_: int) -> Problem:
    """Answer the problem of an id that no venue has."""
    return Problem(404, "unknown-venue", f"There is no venue {id_}; GET /api/v1/venues lists them.")


async def _locked(connection: Connection, id_: int) -> Venue:
    found = await store.lock(connection, id_)
    if found is None:
        raise unknown(id_)
    return found


@contextlib.contextmanager
def _once() -> Iterator[None]:
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        if error.constraint_name == "venue_resource_once":
            raise Problem(409, "resource-taken", "This resource is a venue already; one is one venue.") from error
        raise Problem(409, "name-taken", "There is a venue of this name; names are unique, choose another.") from error
