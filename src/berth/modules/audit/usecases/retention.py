"""Forgetting what is older than the operator wants to keep."""

from datetime import datetime

from berth.kit.db import Database
from berth.modules.audit.store import retention

REMOVED_AT_ONCE = 10_000


async def remove_before(database: Database, before: datetime) -> int:
    """Remove all entries that were recorded before this instant, and answer how many; the chain goes on behind them."""
    removed = 0
    while count := await retention.remove_before(database, before, REMOVED_AT_ONCE):
        removed += count
    return removed
