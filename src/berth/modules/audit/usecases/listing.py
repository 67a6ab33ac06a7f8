"""Showing the record to administrators, page by page or as a whole file."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Literal

from berth.contracts.identity import Identity, Person
from berth.kit.db import Database
from berth.modules.audit.domain.entry import Entry
from berth.modules.audit.domain.export import csv_header, csv_lines, json_line
from berth.modules.audit.store import listing
from berth.modules.audit.store.listing import EntryQuery

Format = Literal["csv", "json"]
CHUNK = 500


class Listing:
    """The questions about the record. Names are those of today: an entry holds an id."""

    def __init__(self, database: Database, identity: Identity) -> None:
        self._database = database
        self._identity = identity

    async def newest(self, query: EntryQuery, *, before: int | None, limit: int) -> Sequence[Entry]:
        """Answer the newest entries that fit, of those before a sequence."""
        return await listing.newest(self._database, query, before=before, limit=limit)

    async def actors(self, entries: Sequence[Entry]) -> Mapping[int, Person]:
        """Answer who did what these entries tell of."""
        ids = {one.actor_id for one in entries if one.actor_id is not None}
        return await self._identity.people(ids=sorted(ids)) if ids else {}

    async def export(self, query: EntryQuery, format_: Format) -> AsyncIterator[bytes]:
        """Answer the entries that fit, oldest first, as the parts of a file; those that come meanwhile are left out.

        The first part is there at once, so that a database that is away is told before the file begins.
        """
        until = await listing.last_sequence(self._database)
        return self._csv(query, until) if format_ == "csv" else self._json(query, until)

    async def _csv(self, query: EntryQuery, until: int) -> AsyncIterator[bytes]:
        yield csv_header().encode()
        async for entries in self._chunks(query, until):
            yield csv_lines(entries, await self.actors(entries)).encode()

    async def _json(self, query: EntryQuery, until: int) -> AsyncIterator[bytes]:
        mark = b"[\n"
        async for entries in self._chunks(query, until):
            yield mark + b",\n".join(json_line(one) for one in entries)
            mark = b",\n"
        yield b"[]\n" if mark == b"[\n" else b"\n]\n"

    async def _chunks(self, query: EntryQuery, until: int) -> AsyncIterator[Sequence[Entry]]:
        after = 0
        while entries := await listing.oldest(self._database, query, after=after, until=until, limit=CHUNK):
            yield entries
            after = entries[-1].sequence
