"""Create, edit, move and remove sites."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import asyncpg

from berth.contracts.catalog import SiteChanged
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.catalog.domain.sites import Place, Site, place
from berth.modules.catalog.store import resources, sites
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import explained, no_site, refuse_faults

MEMBERS = ("parent_id", "name", "kind", "timezone")


class Sites:
    """The verbs of the tree. One at a time changes it, and none may leave it or a resource unsound."""

    def __init__(self, database: Database, outbox: Outbox, live: LiveDirectory) -> None:
        self._database = database
        self._outbox = outbox
        self._live = live

    async def create(
        self, actor: Principal, *, parent_id: int | None, name: str, kind: str, timezone: str | None
    ) -> Place:
        """Add a site."""
        with explained():
            async with self._database.transaction() as connection:
                await sites.hold_alone(connection)
                site_id = await sites.insert(connection, parent_id=parent_id, name=name, kind=kind, timezone=timezone)
                stated = {"parent_id": parent_id, "name": name, "kind": kind, "timezone": timezone}
                await self._tell(connection, SiteChanged(site_id, actor.id, ("created",), None, stated))
        return await self._after(site_id)

    async def edit(self, actor: Principal, site_id: int, members: Mapping[str, Any]) -> Place:
        """Change the members that are given; a new parent moves the site with all that is in it."""
        with explained():
            async with self._database.transaction() as connection:
                await sites.hold_alone(connection)
                before = await sites.site(connection, site_id)
                if before is None:
                    raise no_site(site_id)
                after = replace(before, **members)
                changes = tuple(name for name in MEMBERS if getattr(before, name) != getattr(after, name))
                if changes:
                    await self._refuse_cycle(connection, after)
                    await sites.update(connection, after)
                    await refuse_faults(connection, await resources.records_inheriting(connection))
                    old, new = _values(before, changes), _values(after, changes)
                    await self._tell(connection, SiteChanged(site_id, actor.id, changes, old, new))
        return await self._after(site_id)

    async def remove(self, actor: Principal, site_id: int) -> None:
        """Remove an empty site."""
        try:
            async with self._database.transaction() as connection:
                await sites.hold_alone(connection)
                before = await sites.site(connection, site_id)
                if before is None:
                    raise no_site(site_id)
                await sites.delete(connection, site_id)
                event = SiteChanged(site_id, actor.id, ("removed",), _values(before, MEMBERS), None)
                await self._tell(connection, event)
        except asyncpg.ForeignKeyViolationError as error:
            raise await self._not_empty(site_id) from error
        self._live.changed(None)

    async def _refuse_cycle(self, connection: Connection, moved: Site) -> None:
        if moved.parent_id is None:
            return
        parent = place(await sites.all_sites(connection)).get(moved.parent_id)
        if parent and moved.id in parent.ids:
            raise Problem(
                409,
                "site-cycle",
                f"{'/'.join(parent.path)} is in the site itself; a site cannot be below itself, choose another parent.",
            )

    async def _not_empty(self, site_id: int) -> Problem:
        async with self._database.connection() as connection:
            found = await sites.contents(connection, site_id)
        names = ", ".join(found["names"] or ())
        return Problem(
            409,
            "site-not-empty",
            f"The site is not empty (sites: {found['sites']}, resources: {found['resources']}): {names}; "
            "move or remove them first.",
            more={"sites": found["sites"], "resources": found["resources"]},
        )

    async def _tell(self, connection: Connection, event: SiteChanged) -> None:
        await self._outbox.write(connection, [event])
        await self._live.announce(connection, None)

    async def _after(self, site_id: int) -> Place:
        self._live.changed(None)
        found = (await self._live.now()).places.get(site_id)
        if found is None:
            raise no_site(site_id)
        return found


def _values(site: Site, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(site, name) for name in names}
