"""Events are forgotten some days after everybody has handled them, and never before."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from berth.kit.db import Connection
from berth.kit.inbox import parcels
from berth.kit.inbox import store as inbox
from berth.kit.outbox.event import Envelope
from tests.database.spine.conftest import EVERYTHING, Harbour, ShipSighted


async def forget(harbour: Harbour, schema: str, *, days_later: int) -> int:
    before = datetime.now(UTC) + timedelta(days=days_later - 7)
    return await inbox.forget(harbour.database, schema, before, 1000)


async def test_what_was_handed_on_is_forgotten_after_its_time(harbour: Harbour) -> None:
    async with harbour.spine():
        await harbour.sight(*(ShipSighted(1, place) for place in range(5)))
        await harbour.settled(5)
    await harbour.sight(ShipSighted(2, 0))
    assert await forget(harbour, "harbour", days_later=6) == 0
    assert await forget(harbour, "harbour", days_later=8) == 5
    assert await harbour.database.fetch_value("select count(*) from harbour.outbox") == 1


async def test_what_a_group_has_not_handled_keeps_its_source_from_forgetting(harbour: Harbour) -> None:
    stuck = asyncio.Event()

    async def stall(connection: Connection, envelopes: Sequence[Envelope]) -> None:
        stuck.set()
        await asyncio.Event().wait()

    harbour.handlers[EVERYTHING.name] = stall
    async with harbour.spine():
        await harbour.sight(ShipSighted(1, 0))
        await asyncio.wait_for(stuck.wait(), 5)
    oldest = await parcels.oldest(harbour.database, ["harbour", "pilots"], "harbour")
    assert oldest is not None
    del harbour.handlers[EVERYTHING.name]
    async with harbour.spine():
        await harbour.settled(1)
    assert await parcels.oldest(harbour.database, ["harbour", "pilots"], "harbour") is None
