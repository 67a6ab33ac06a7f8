"""What notifications does by the clock."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from berth.kit.db import DatabaseAway
from berth.modules.notifications.usecases import Centre

FORGET_EVERY_SECONDS = 24 * 3600
RETRY_SECONDS = 60


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
