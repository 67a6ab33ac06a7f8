"""What audit does by the clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from berth.kit.clock import Clock
from berth.kit.db import Database, DatabaseAway
from berth.modules.audit.usecases.retention import remove_before

REMOVE_EVERY_SECONDS = 24 * 3600
AWAY_PAUSE_SECONDS = 60


def remove_old_entries(database: Database, clock: Clock, kept: timedelta) -> Callable[[], Awaitable[None]]:
    """Answer a task that removes, each day, the entries that are older than ``kept``."""

    async def run() -> None:
        while True:
            try:
                removed = await remove_before(database, clock() - kept)
            except DatabaseAway as away:
                structlog.get_logger().warning("audit_not_shortened", reason=str(away))
                await asyncio.sleep(AWAY_PAUSE_SECONDS)
                continue
            if removed:
                structlog.get_logger().info("audit_shortened", entries=removed)
            await asyncio.sleep(REMOVE_EVERY_SECONDS)

    return run
