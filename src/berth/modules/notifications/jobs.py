"""What notifications does by the clock."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from berth.kit.clock import Clock
from berth.kit.db import Database, DatabaseAway
from berth.modules.notifications.store import reminding
from berth.modules.notifications.usecases.reading import Centre
from berth.modules.notifications.usecases.telling import Telling

FORGET_EVERY_SECONDS = 24 * 3600
RETRY_SECONDS = 60
LOOK_SECONDS_MAX = 10.0
"""How late a reminder may be that was set after the last look, such as by another process."""


def forget_old_ones(centre: Centre, read_kept_days: int) -> Callable[[], Awaitable[None]]:
    """Answer a task that forgets old notifications once a day."""

    async def run() -> None:
        while True:
            try:
                await centre.forget(read_kept_days)
            except DatabaseAway as away:
                structlog.get_logger().warning("notifications_not_forgotten", reason=str(away))
                await asyncio.sleep(RETRY_SECONDS)
                continue
            await asyncio.sleep(FORGET_EVERY_SECONDS)

    return run


def remind_in_time(telling: Telling, database: Database, clock: Clock) -> Callable[[], Awaitable[None]]:
    """Answer a task that reminds people when it is time; of several processes that do, each reminder takes one."""

    async def run() -> None:
        while True:
            try:
                if await telling.remind(database, clock):
                    continue
                next_at = await reminding.next_due(database)
            except DatabaseAway as away:
                structlog.get_logger().warning("reminders_wait", reason=str(away))
                next_at = None
            left = LOOK_SECONDS_MAX if next_at is None else (next_at - clock()).total_seconds()
            await asyncio.sleep(min(max(left, 0.05), LOOK_SECONDS_MAX))

    return run
