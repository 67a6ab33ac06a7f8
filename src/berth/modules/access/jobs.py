"""What access does by the clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog

from berth.kit.clock import Clock
from berth.kit.db import Database, DatabaseAway
from berth.modules.access.store import attempt

KEPT = timedelta(days=30)
"""Longer than anybody is locked out; the audit log keeps every try as long as it keeps anything."""

FORGET_EVERY_SECONDS = 24 * 3600
RETRY_SECONDS = 60


def forget_old_tries(database: Database, clock: Clock) -> Callable[[], Awaitable[None]]:
    """Answer a task that forgets old tries once a day."""

    async def run() -> None:
        while True:
            try:
                while await attempt.forget(database, clock() - KEPT) == attempt.FORGET_AT_ONCE_MAX:
                    pass
            except DatabaseAway as away:
                structlog.get_logger().warning("tries_not_forgotten", reason=str(away))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            await asyncio.sleep(FORGET_EVERY_SECONDS)

    return run
