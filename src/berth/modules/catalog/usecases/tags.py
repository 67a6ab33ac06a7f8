"""Rename and delete tags over all resources, retired ones too."""

from berth.contracts.catalog import ResourceChanged
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.catalog.store import tags
from berth.modules.catalog.store.tags import Retagged
from berth.modules.catalog.usecases.directory import LiveDirectory


class Tags:
    """The verbs of tags; each is one transaction with one event per changed resource."""

    def __init__(self, database: Database, outbox: Outbox, live: LiveDirectory) -> None:
        self._database = database
        self._outbox = outbox
        self._live = live

    async def rename(self, actor: Principal, tag: str, name: str) -> int:
        """Replace a tag by another, which may be in use already; answer how many resources bear the new one."""
        if tag != name:
            async with self._database.transaction() as connection:
                changed = await tags.rename(connection, tag, name)
                await self._tell(connection, actor, tag, changed)
            self._live.changed(_ids(changed))
        bearing = dict((await self._live.now()).tags()).get(name)
        if bearing is None:
            raise _no_tag(tag)
        return bearing

    async def delete(self, actor: Principal, tag: str) -> None:
        """Take a tag away from all resources."""
        async with self._database.transaction() as connection:
            changed = await tags.delete(connection, tag)
            await self._tell(connection, actor, tag, changed)
        self._live.changed(_ids(changed))

    async def _tell(self, connection: Connection, actor: Principal, tag: str, changed: list[Retagged]) -> None:
        if not changed:
            raise _no_tag(tag)
        events = [
            ResourceChanged(one.resource_id, actor.id, ("tags",), {"tags": one.before}, {"tags": one.after})
            for one in changed
        ]
        await self._outbox.write(connection, events)
        await self._live.announce(connection, _ids(changed))


def _ids(changed: list[Retagged]) -> list[int]:
    return [one.resource_id for one in changed]


def _no_tag(tag: str) -> Problem:
    return Problem(404, "unknown-tag", f"No resource has the tag {tag}; GET /api/v1/tags lists those in use.")
