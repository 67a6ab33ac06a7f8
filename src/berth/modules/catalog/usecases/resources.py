"""Create, edit, retire and restore resources."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from berth.contracts.catalog import ResourceChanged, ResourceCreated
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.catalog.domain.directory import Entry
from berth.modules.catalog.domain.resources import Particulars, Record, changed_members, values
from berth.modules.catalog.store import resources, sites
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import explained, no_resource, refuse_faults


class Resources:
    """The verbs of one resource; each answers it as it stands afterwards."""

    def __init__(self, database: Database, outbox: Outbox, live: LiveDirectory) -> None:
        self._database = database
        self._outbox = outbox
        self._live = live

    async def create(self, actor: Principal, stated: Particulars) -> Entry:
        """Add a resource."""
        with explained():
            async with self._database.transaction() as connection:
                await sites.hold_still(connection)
                resource_id = await resources.insert(connection, stated)
                await refuse_faults(connection, await resources.records(connection, [resource_id]))
                event = ResourceCreated(resource_id, stated.name, stated.kind, actor.id)
                await self._outbox.write(connection, [event])
                await self._live.announce(connection, [resource_id])
        return await self._after(resource_id)

    async def edit(
        self, actor: Principal, resource_id: int, members: Mapping[str, Any], *, versions: Sequence[int] | None
    ) -> Entry:
        """Change the members that are given, if the resource has one of ``versions`` (``None``: any)."""
        with explained():
            async with self._database.transaction() as connection:
                await sites.hold_still(connection)
                record = await self._record(connection, resource_id)
                if versions is not None and record.version not in versions:
                    raise Problem(
                        412,
                        "changed-meanwhile",
                        f"The resource was changed since you read it and has version {record.version}; read it again.",
                    )
                stated = replace(record.stated, **members)
                changes = changed_members(record.stated, stated)
                if changes:
                    await resources.update(connection, resource_id, stated)
                    await refuse_faults(connection, [replace(record, stated=stated)])
                    old, new = values(record.stated, changes), values(stated, changes)
                    await self._tell(connection, actor, resource_id, old, new)
        return await self._after(resource_id)

    async def retire(self, actor: Principal, resource_id: int) -> Entry:
        """Take a resource out of use; its history stays. Retiring it again changes nothing."""
        return await self._set_retired(actor, resource_id, retired=True)

    async def restore(self, actor: Principal, resource_id: int) -> Entry:
        """Bring a retired resource back into use."""
        return await self._set_retired(actor, resource_id, retired=False)

    async def _set_retired(self, actor: Principal, resource_id: int, *, retired: bool) -> Entry:
        async with self._database.transaction() as connection:
            record = await self._record(connection, resource_id)
            if record.retired is not retired:
                await resources.set_retired(connection, resource_id, retired=retired)
                await self._tell(connection, actor, resource_id, {"retired": not retired}, {"retired": retired})
        return await self._after(resource_id)

    async def _record(self, connection: Connection, resource_id: int) -> Record:
        record = await resources.record_for_update(connection, resource_id)
        if record is None:
            raise no_resource(resource_id)
        return record

    async def _tell(
        self,
        connection: Connection,
        actor: Principal,
        resource_id: int,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        event = ResourceChanged(resource_id, actor.id, tuple(after), before, after)
        await self._outbox.write(connection, [event])
        await self._live.announce(connection, [resource_id])

    async def _after(self, resource_id: int) -> Entry:
        self._live.changed([resource_id])
        entry = await self._live.entry(resource_id)
        if entry is None:
            raise no_resource(resource_id)
        return entry
