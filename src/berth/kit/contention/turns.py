"""What to do when many want to work on the same at the same moment: let them do so by turns."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from berth.kit.http.problem import Problem


class Turns:
    """Lets ``at_once`` work, and the others of this process wait in the order in which they came.

    They would else take each other's connections and undo each other's work, until nobody got anywhere.
    """

    def __init__(self, at_once: int, wait_seconds_max: float) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._wait_seconds_max = wait_seconds_max

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the end of the block; raises 503 if that takes too long."""
        try:
            async with asyncio.timeout(self._wait_seconds_max):
                await self._places.acquire()
        except TimeoutError:
            raise Problem(
                503,
                "contended",
                "Too many want the same at once; nothing was changed. Try again.",
                headers={"Retry-After": "1"},
            ) from None
        try:
            yield
        finally:
            self._places.release()
