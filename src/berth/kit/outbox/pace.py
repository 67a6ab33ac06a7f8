"""When to look for work: at once when there is some, seldom when there is none, and behind people's requests."""

import asyncio
import time
from collections.abc import Awaitable, Callable

IDLE_SECONDS_MAX = 1.0

GATHER_SECONDS = 0.02
"""How long a relay or an intake lets events gather after a small batch: it costs as much as a large one."""

BUSY_REQUESTS_PER_SECOND = 250
BUSY_PROCESSOR_SHARE = 0.5
"""A process is busy that serves so many requests, and needs so much of a core for all that it does."""

RATE_SECONDS = 0.1
REST_FACTORS = ((10.0, 12.0), (60.0, 3.0))
"""While many requests come: up to so many seconds behind, rest so many times as long as the work took."""

HANDLED_LATELY_SECONDS = 0.2
ERRAND_PAUSES_SECONDS = ((60.0, 0.25), (300.0, 0.05))
"""While events are handled: up to so many seconds after that began, pause so long before an errand that can wait."""

REST_FACTOR_MIN = 1.0
REST_SECONDS_MAX = 2.0


class Bell:
    """Rung when there is work that can be seen, so after the commit; waited for by one worker."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Say that there is work."""
        self._rung.set()

    async def wait(self, seconds_max: float = IDLE_SECONDS_MAX) -> bool:
        """Return when it is time to look, and tell whether it has rung since the last time: else it was so long."""
        try:
            async with asyncio.timeout(seconds_max):
                await self._rung.wait()
        except TimeoutError:
            return False
        self._rung.clear()
        return True


class Courtesy:
    """Lets people's requests go first, in a process that serves many of them.

    While it does, its relays and workers take turns and rest between their batches, for twelve times as long
    as they worked at first, and the less the longer they are behind: a burst of requests is not slowed by the
    events that it makes, and a load that lasts gets its events handled all the same. ``requests_served`` answers
    how many requests the process has served so far, and ``processor_seconds`` how long it has computed.
    """

    def __init__(
        self,
        requests_served: Callable[[], int] = lambda: 0,
        processor_seconds: Callable[[], float] = time.process_time,
    ) -> None:
        self._served = requests_served
        self._counted = requests_served()
        self._computed = processor_seconds
        self._computed_seconds = processor_seconds()
        self._counted_at = time.monotonic()
        self._busy = False
        self._behind_since: float | None = None
        self._turn = asyncio.Lock()
        self._handling_since = self._handled_at = -HANDLED_LATELY_SECONDS

    async def work(self, batch: Callable[[], Awaitable[int]]) -> int:
        """Do a batch of work, when it is time for it, and answer how much it was."""
        self._count()
        if not self._busy:
            return self._note(await batch())
        async with self._turn:
            began = time.monotonic()
            done = self._note(await batch())
            ended = time.monotonic()
            if done:
                self._behind_since = self._behind_since or began
                await asyncio.sleep(min((ended - began) * self._rest_factor(ended), REST_SECONDS_MAX))
        return done

    def errand_pause_seconds(self) -> float:
        """Answer how long an errand that nobody waits for should step back behind events that somebody may wait for.

        Only while events are handled, or rest behind requests, and the less the longer that goes on.
        """
        self._count()
        now = time.monotonic()
        if not self._handling(now):
            return 0.0
        lasted = now - self._handling_since
        return next((pause for seconds, pause in ERRAND_PAUSES_SECONDS if lasted < seconds), 0.0)

    def _handling(self, now: float) -> bool:
        resting = self._turn.locked() or self._behind_since is not None
        return resting or now - self._handled_at <= HANDLED_LATELY_SECONDS

    def _note(self, done: int) -> int:
        if done:
            now = time.monotonic()
            if now - self._handled_at > HANDLED_LATELY_SECONDS and self._behind_since is None:
                self._handling_since = now
            self._handled_at = now
        return done

    def _rest_factor(self, now: float) -> float:
        behind = now - (self._behind_since or now)
        return next((factor for seconds, factor in REST_FACTORS if behind < seconds), REST_FACTOR_MIN)

    def _count(self) -> None:
        now, served, computed = time.monotonic(), self._served(), self._computed()
        passed = now - self._counted_at
        if passed >= RATE_SECONDS:
            self._busy = (
                served - self._counted > BUSY_REQUESTS_PER_SECOND * passed
                and computed - self._computed_seconds > BUSY_PROCESSOR_SHARE * passed
            )
            self._counted, self._computed_seconds, self._counted_at = served, computed, now
            if not self._busy:
                self._behind_since = None
