"""What calendars do by the clock."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from berth.kit.clock import Clock
from berth.kit.db import Database, DatabaseAway
from berth.modules.calendar.store import subscriptions
from berth.modules.calendar.usecases.refreshing import Refreshing

LOOK_SECONDS_MAX = 10.0


def ask_in_time(refreshing: Refreshing, database: Database, clock: Clock) -> Callable[[], Awaitable[None]]:
    """Answer a task that asks calendars when they are due; of several processes that do, each is asked by one."""

    async def run() -> None:
        while True:
            try:
                if await refreshing.ask_due():
                    continue
                next_at = await subscriptions.next_due(database)
            except DatabaseAway as away:
                structlog.get_logger().warning("calendars_wait", reason=str(away))
                next_at = None
            left = LOOK_SECONDS_MAX if next_at is None else (next_at - clock()).total_seconds()
            await asyncio.sleep(min(max(left, 0.05), LOOK_SECONDS_MAX))

    return run
