"""SQL that reads the whole catalogue as of one moment."""

from collections.abc import Sequence

from berth.contracts.catalog import Holiday, Term
from berth.kit.db import Database
from berth.modules.catalog.domain.resources import Record
from berth.modules.catalog.domain.sites import Site
from berth.modules.catalog.store import holidays, resources, sites, terms


async def read_all(database: Database) -> tuple[list[Site], list[Record], Sequence[Term], Sequence[Holiday]]:
    """Answer every site, resource, term and holiday, none newer or older than another."""
    async with (
        database.connection() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        return (
            await sites.all_sites(connection),
            await resources.all_records(connection),
            await terms.all_terms(connection),
            await holidays.all_holidays(connection),
        )
