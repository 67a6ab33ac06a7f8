"""Removing the oldest entries."""

from datetime import datetime

from berth.kit.db import Database


async def remove_before(database: Database, before: datetime, most: int) -> int:
    """Remove some of the oldest entries that were recorded before this instant; answer how many."""
    return int(await database.fetch_value("select audit.remove_before($1, $2)", before, most))
