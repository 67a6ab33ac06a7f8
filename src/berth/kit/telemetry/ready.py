"""Whether this process is ready for requests, and whether what they set off gets done."""

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum

import asyncpg

from berth.kit.bus.port import Bus, BusAway
from berth.kit.db import Database, DatabaseAway
from berth.kit.telemetry.lag import Lag, lag

ANSWER_SECONDS_MAX = 1.0


class State(StrEnum):
    """What was found of one thing that Berth leans on: ``none`` is there by choice, ``unknown`` did not say."""

    OK = "ok"
    NONE = "none"
    AWAY = "away"
    BEHIND = "behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """The states of all that was looked at, and how old the oldest events are that wait."""

    database: State
    broker: State
    events: State
    outbox_lag_seconds: float | None
    inbox_lag_seconds: float | None

    @property
    def ready(self) -> bool:
        """Tell whether requests should come here.

        They go on without a broker, and so does the outbox: its lag is then the broker's fault, and sending
        people to another process would not help them.
        """
        late = self.events is State.BEHIND and self.broker is not State.AWAY
        return self.database is State.OK and not late

    @property
    def degraded(self) -> bool:
        """Tell whether something is missing that requests can do without."""
        return self.broker is State.AWAY or self.events in {State.BEHIND, State.UNKNOWN}

    def members(self) -> dict[str, str | float | None]:
        """Answer the states and the lags by name."""
        return asdict(self)


class Readiness:
    """Looks at the database, the broker and the events of these schemas; no look takes longer than two seconds."""

    def __init__(self, database: Database, bus: Bus | None, schemas: Sequence[str], *, lag_seconds_max: float) -> None:
        self._database = database
        self._bus = bus
        self._schemas = schemas
        self._lag_seconds_max = lag_seconds_max

    async def look(self) -> Found:
        """Answer what is found now."""
        database, broker = await asyncio.gather(self._look_at_database(), self._look_at_broker())
        lags = await self._look_at_events() if database is State.OK else None
        if lags is None:
            return Found(database, broker, State.UNKNOWN, None, None)
        late = max(lags.outbox_seconds, lags.inbox_seconds) > self._lag_seconds_max
        events = State.BEHIND if late else State.OK
        return Found(database, broker, events, round(lags.outbox_seconds, 3), round(lags.inbox_seconds, 3))

    async def _look_at_database(self) -> State:
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                await self._database.fetch_value("select 1")
        except (DatabaseAway, TimeoutError, asyncpg.PostgresError):
            return State.AWAY
        return State.OK

    async def _look_at_broker(self) -> State:
        if self._bus is None:
            return State.NONE
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                await self._bus.ping()
        except (BusAway, TimeoutError):
            return State.AWAY
        return State.OK

    async def _look_at_events(self) -> Lag | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX), self._database.connection() as connection:
                return await lag(connection, self._schemas)
        except (DatabaseAway, TimeoutError, asyncpg.PostgresError):
            return None
