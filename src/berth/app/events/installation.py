"""The database of the installation, opened beside whatever serves it."""

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import asyncpg

from berth.app import database
from berth.app.data_dir import open_data_dir, read_secrets
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.db import LOST, Connection, DatabaseAway
from berth.kit.outbox.dead_letters import DeadLetter, dead_letters
from berth.kit.refusal import Refused
from berth.kit.telemetry import log

NOT_MADE = (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError, asyncpg.InvalidSchemaNameError)


@dataclass(frozen=True)
class Installation:
    """A connection that may read every module's schema, and the groups that each module states."""

    connection: Connection
    groups: Mapping[str, Sequence[str]]

    @property
    def schemas(self) -> list[str]:
        """Answer the modules' names, which are those of their schemas, sorted."""
        return sorted(self.groups)

    def schemas_of(self, source: str | None) -> list[str]:
        """Answer the schema of one module, or without one all; an unknown module is refused."""
        if source is None:
            return self.schemas
        if source not in self.groups:
            raise Refused(f"There is no module {source}; there are {', '.join(self.schemas)}.")
        return [source]

    @property
    def group_names(self) -> list[str]:
        """Answer the names of the groups of all modules."""
        return sorted({name for names in self.groups.values() for name in names})

    async def dead_letters(self) -> list[DeadLetter]:
        """Answer the dead letters of all modules, the latest first."""
        found = [one for schema in self.schemas for one in await dead_letters(self.connection, schema)]
        return sorted(found, key=lambda one: one.died_at, reverse=True)


@contextlib.asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Installation]:
    """Open the database, joining the embedded server of a Berth that runs."""
    log.configure(settings.log_level)
    data_dir = open_data_dir(settings.data_dir)
    secrets = read_secrets(data_dir)
    groups = {one.name: [group.name for group in one.groups] for one in modules(settings, secrets)}
    async with database.database_url(settings, data_dir, secrets, join=True) as url:
        connection = await database.connect(url)
        try:
            yield Installation(connection, groups)
        except NOT_MADE as error:
            raise Refused(f"This database is not at the newest schema ({error}): run `berth migrate`.") from error
        except BrokenPipeError:  # whoever read our output has gone, not the database
            raise
        except LOST as error:
            raise DatabaseAway(f"PostgreSQL went away: {error}") from error
        finally:
            connection.terminate()
