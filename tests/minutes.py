"""The limits of the API count by the minutes of the clock: what has to be one too many must lie within one."""

import asyncio
import time


async def within_one_minute(seconds: float) -> None:
    """Wait for the next minute if so much is not left of this one."""
    left = 60 - time.time() % 60
    if left < seconds:
        await asyncio.sleep(left)
