"""Rate limits, keyed on a verified person or on the address, never on a token that nobody has checked."""

import time

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from berth.kit.http.problem import Problem


class Limits:
    """Counts per minute; zero means no limit.

    ``address`` holds for whoever is not signed in, by network address; ``person`` for each signed-in
    person. Particular doors, such as registration, have counts of their own.
    """

    def __init__(self, *, address_per_minute: int, person_per_minute: int) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._address_per_minute = address_per_minute
        self._person_per_minute = person_per_minute

    async def count_address(self, address: str) -> None:
        """Count a request from an address without a verified person; raise 429 over the limit."""
        await self.count("address", address, self._address_per_minute)

    async def count_person(self, person_id: int) -> None:
        """Count a request of a verified person; raise 429 over the limit."""
        if self._person_per_minute:
            await self.count("person", str(person_id), self._person_per_minute)

    async def count(self, door: str, key: str, per_minute: int) -> None:
        """Count one passage of ``key`` through a door; raise 429 when it was one too many."""
        if not per_minute:
            return
        item = RateLimitItemPerMinute(per_minute)
        if not await self._limiter.hit(item, door, key):
            await self._refuse(item, door, key)

    async def admit(self, door: str, key: str, per_minute: int) -> None:
        """Raise 429 if one more passage would be too many, without counting it: for doors that count failures."""
        if not per_minute:
            return
        item = RateLimitItemPerMinute(per_minute)
        if not await self._limiter.test(item, door, key):
            await self._refuse(item, door, key)

    async def _refuse(self, item: RateLimitItemPerMinute, door: str, key: str) -> None:
        stats = await self._limiter.get_window_stats(item, door, key)
        wait_seconds = max(1, round(stats.reset_time - time.time()))
        raise Problem(
            429,
            "too-many-requests",
            f"More than {item.amount} such requests in a minute; try again in {wait_seconds} seconds.",
            headers={"Retry-After": str(wait_seconds)},
        )
