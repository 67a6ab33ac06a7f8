"""Booking alone on a database of the test's own, and what people and the clock do with series there."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from berth.contracts.catalog import Policy, Resource
from berth.kit.db import Row
from berth.kit.errand.store import Errand
from berth.kit.outbox.event import Envelope
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.domain.series.amending import Amendment, Scope
from berth.modules.booking.domain.series.value import Series
from berth.modules.booking.domain.series.wish import Conflicts, Passed, SeriesWish
from berth.modules.booking.usecases.series.cancelling import SeriesCancelling
from berth.modules.booking.usecases.series.changing import SeriesChanging
from berth.modules.booking.usecases.series.creating import SeriesCreating
from tests.database.booking.calendar import USER, resource
from tests.database.booking.life.conftest import CONFIRMED, Process, opened

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PLAIN, OTHER, STUDIO, BUFFERED = 1, 2, 3, 4
RESOURCES: tuple[Resource, ...] = (
    replace(resource(PLAIN), timezone="UTC"),
    replace(resource(OTHER), timezone="UTC"),
    replace(resource(STUDIO, Policy(confirmations=("quota", "approval"), **CONFIRMED)), timezone="UTC"),
    replace(resource(BUFFERED, Policy(setup_minutes=30, teardown_minutes=30)), timezone="UTC"),
)
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
TUESDAY = datetime(2027, 3, 2, 14, tzinfo=UTC)


@dataclass
class Office:
    """What people and the clock do."""

    process: Process

    async def create(self, *resource_ids: int, start: datetime = TUESDAY, rule: str, **more: Any) -> dict[str, Any]:
        """Make a series of hours; answer its id and the numbers of its reservations."""
        more["conflicts"] = Conflicts(more.get("conflicts", "fail"))
        wish = SeriesWish(resource_ids or (PLAIN,), start, more.pop("end", start + HOUR), rule, **more)
        answer = await self.process.part(SeriesCreating).create(USER, wish, None, _show)
        made: dict[str, Any] = orjson.loads(answer.body)
        return made

    async def change(self, id_: int, scope: str, reservation_id: int | None = None, **more: Any) -> Series:
        wish = Amendment(Scope(scope), reservation_id, **more)
        series, _ = await self.process.part(SeriesChanging).change(USER, id_, wish)
        return series

    async def cancel(self, id_: int, scope: str, reservation_id: int | None = None) -> Series:
        return await self.process.part(SeriesCancelling).cancel(USER, id_, Scope(scope), reservation_id, None)

    async def timer(self, id_: int) -> datetime | None:
        """When the series is to be extended."""
        due_at: datetime | None = await self.process.database.fetch_value(
            "select due_at from booking.timer where key = $1", f"series/{id_}"
        )
        return due_at

    async def strike(self, id_: int) -> Errand:
        """Let the series' timer fall due, and answer the errand that it asks for."""
        due_at = await self.timer(id_)
        assert due_at is not None
        self.process.clock.now = max(self.process.clock.now, due_at)
        key = f"series/{id_}"
        async with self.process.database.transaction() as connection:
            await connection.execute("delete from booking.timer where key = $1", key)
            rung = Envelope("timer", 1, "series", key, due_at, "{}", None, None)
            await self.process.built.timers["series"](connection, [rung])
        row = await self.process.database.fetch_row(
            "select number, name, data::text as data from booking.errand where key = $1", key
        )
        return Errand(key, row["number"], row["name"], orjson.loads(row["data"]), 0, None)

    async def extend(self, id_: int) -> None:
        """Let time pass until the series is extended, and extend it."""
        errand = await self.strike(id_)
        await self.process.built.errands[errand.name](errand)

    async def rows(self, id_: int | None = None) -> Sequence[Row]:
        """The reservations of a series, or of all, by their starts."""
        return await self.process.database.fetch(
            """
            select
                id, state, title, starts, ends, series_id, occurrence, version,
                array(select resource_id from booking.allocation where occupant_id = id order by resource_id) as rooms
            from booking.reservation
            where $1::bigint is null or series_id = $1
            order by starts, id
            """,
            id_,
        )

    async def series(self, id_: int) -> Row:
        return await self.process.database.fetch_row(
            """
            select state, placed_until, ends_before, begins, missed::text as missed, version
            from booking.series
            where id = $1
            """,
            id_,
        )

    async def told(self, type_: str) -> list[dict[str, Any]]:
        """The events of a type, in their order."""
        rows = await self.process.database.fetch(
            "select data::text as data from booking.outbox where type = $1 order by id", f"berth.booking.{type_}.v1"
        )
        return [orjson.loads(row["data"]) for row in rows]


def _show(series: Series, made: Sequence[Reservation], passed: Sequence[Passed]) -> dict[str, object]:
    return {"id": series.id, "ids": [one.id for one in made], "passed": [one.why for one in passed]}


@pytest_asyncio.fixture(loop_scope="session")
async def office(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Office]:
    async with opened(empty_url, settings, secrets, RESOURCES) as process:
        process.clock.now = NOW
        yield Office(process)
