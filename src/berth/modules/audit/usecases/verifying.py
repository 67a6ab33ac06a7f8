"""Verifying the record."""

from dataclasses import dataclass

from berth.kit.db import Connection, Database
from berth.modules.audit.domain.entry import Head
from berth.modules.audit.domain.verifying import Break, Chain
from berth.modules.audit.store import verifying
from berth.modules.audit.store.verifying import Checkpoint

BEGINNING = Head(0, bytes(32))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verifying found: how many entries fit, up to which head, and where the chain breaks, if it does."""

    entries: int
    head: Head
    checkpoint: Checkpoint | None
    noted_was_removed: bool
    broken: Break | None


class Verifying:
    """The verb that computes the chain anew."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def verify(self, noted: Head | None) -> Verdict:
        """Follow the chain to its end, or to the first entry that does not fit; all as it is at one moment."""
        async with (
            self._database.connection() as connection,
            connection.transaction(isolation="repeatable_read", readonly=True),
        ):
            checkpoint = await verifying.checkpoint(connection)
            chain = Chain(checkpoint.head if checkpoint else BEGINNING, noted)
            broken = await _first_break(connection, chain)
        return Verdict(chain.entries, chain.head, checkpoint, chain.noted_was_removed, broken)


async def _first_break(connection: Connection, chain: Chain) -> Break | None:
    if broken := chain.begin():
        return broken
    async for entries in verifying.chunks(connection):
        for entry in entries:
            if broken := chain.follow(entry):
                return broken
    return chain.end(await verifying.head(connection))
