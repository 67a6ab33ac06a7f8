"""SQL that reads the whole catalogue as of one moment."""

from berth.contracts.catalog import SiteDays
from berth.kit.db import Database
from berth.modules.catalog.domain.days import KINDS
from berth.modules.catalog.domain.resources import Record
from berth.modules.catalog.domain.sites import Site
from berth.modules.catalog.store import days, resources, sites


async def read_all(database: Database) -> tuple[list[Site], list[Record], list[SiteDays]]:
    """Answer every site, resource, term and holiday, none newer or older than another."""
    async with (
        database.connection() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        return (
            await sites.all_sites(connection),
            await resources.all_records(connection),
            [one for kind in KINDS for one in await days.everywhere(connection, kind)],
        )
