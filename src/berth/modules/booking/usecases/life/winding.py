"""Winds the clocks of reservations that have none, for the event by which they get one may have been dropped."""

from datetime import timedelta

from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.modules.booking.store import living as store
from berth.modules.booking.usecases.life.living import Living

GRACE = timedelta(minutes=10)
"""How long the event may take that has the clock of a new reservation wound."""

AT_ONCE_MAX = 500


class Winding:
    """The verb of winding. It looks at each reservation once, for a clock that was wound goes on by itself."""

    def __init__(self, database: Database, living: Living, clock: Clock) -> None:
        self._database = database
        self._living = living
        self._clock = clock
        self._looked_at = 0

    async def wind(self) -> int:
        """Wind every clock that stands still, and answer how many did."""
        before, wound = self._clock() - GRACE, 0
        newest = await store.newest_before(self._database, before)
        while ids := await store.without_clock(self._database, self._looked_at, newest, AT_ONCE_MAX):
            async with self._database.transaction() as connection:
                lives = await store.locked(connection, ids)
                await self._living.remind(connection, lives.values())
            self._looked_at = ids[-1]
            wound += len(ids)
        self._looked_at = max(self._looked_at, newest)
        return wound
