"""When to look for work: at once when there is some, seldom when there is none, and behind people's requests."""

import asyncio
import time
from collections.abc import Callable

LOOKS_SECONDS = (0.0, 0.004, 0.008, 0.016, 0.032, 0.064)
"""A bell rings before its transaction commits: the looks that follow come at growing distance."""

IDLE_SECONDS_MAX = 1.0

BUSY_REQUESTS_PER_SECOND = 400
BUSY_REST_FACTOR = 12.0
REST_SECONDS_MAX = 0.5
RATE_SECONDS = 0.1


class Bell:
    """Rung when there may be work; waited for by one worker."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._looks = len(LOOKS_SECONDS)

    def ring(self) -> None:
        """Say that there is work, or will be once a transaction commits."""
        self._rung.set()

    async def wait(self, seconds_max: float = IDLE_SECONDS_MAX) -> None:
        """Return when it is time to look again."""
        if self._rung.is_set():
            self._looks = 0
            self._rung.clear()
        if self._looks < len(LOOKS_SECONDS):
            await asyncio.sleep(LOOKS_SECONDS[self._looks])
            self._looks += 1
            return
        try:
            async with asyncio.timeout(seconds_max):
                await self._rung.wait()
        except TimeoutError:
            return
        self._looks = 0
        self._rung.clear()


class Courtesy:
    """Lets people's requests go first: in a process that serves many of them, the spine rests between its batches.

    ``requests_served`` answers how many requests the process has served so far.
    """

    def __init__(self, requests_served: Callable[[], int] = lambda: 0) -> None:
        self._served = requests_served
        self._counted = 0
        self._counted_at = 0.0
        self._busy = False

    async def rest(self, worked_seconds: float) -> None:
        """Rest after so much work: hardly at all, or for a multiple of it while many requests come."""
        self._count()
        await asyncio.sleep(min(worked_seconds * BUSY_REST_FACTOR, REST_SECONDS_MAX) if self._busy else 0)

    def _count(self) -> None:
        now, served = time.monotonic(), self._served()
        if now - self._counted_at >= RATE_SECONDS:
            self._busy = served - self._counted > BUSY_REQUESTS_PER_SECOND * (now - self._counted_at)
            self._counted, self._counted_at = served, now
