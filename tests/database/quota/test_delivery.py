"""From booking's outbox through the delivery of events to quota's answers, in a whole Berth."""

import asyncio

import orjson

from berth.app.data_dir import Secrets
from berth.app.database import open_doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.db import Database
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.write import Outbox
from tests.acceptance.conftest import running, sign_in
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD
from tests.database.quota.conftest import MONDAY, asked, closed, settled, withdrawn

PATIENCE_SECONDS = 30.0


async def answers(database: Database, count: int) -> list[tuple[int, str]]:
    """Answer what quota has answered, by reservation, as soon as there are so many."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            rows = await database.fetch(
                "select data, type from quota.outbox where subject like 'reservation/%' order by id"
            )
            if len(rows) >= count:
                return [(orjson.loads(row["data"])["reservation_id"], row["type"].split(".")[2]) for row in rows]


async def test_what_booking_writes_is_answered_in_order(empty_url: str, settings: Settings, secrets: Secrets) -> None:
    everything = modules(settings, secrets)
    async with (
        running(empty_url, settings, secrets) as client,
        open_doors(empty_url, everything, secrets, connections_max=2, own_roles=True) as doors,
    ):
        admin = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
        body = {"name": "studio", "unit": "minutes", "amount": 180, "per": "week", "kind": "studio"}
        assert (await admin.post("quotas", body)).status_code == 201
        booking, outbox = doors.of("booking"), Outbox("booking", Bell())
        events = [asked(1), settled(1, 1), asked(2, minutes=150), asked(1, 2, minutes=30), settled(1, 2)]
        events += [asked(3, minutes=150), closed(1, 2, minutes=20), withdrawn(3), asked(4, minutes=160)]
        async with booking.transaction() as connection:
            await outbox.write(connection, events)
        found = await answers(doors.of("quota"), 7)
        assert [word for id_, word in found if id_ == 1] == ["quota_held", "quota_held", "quota_committed"]
        assert [word for id_, word in found if id_ == 2] == ["quota_denied"]
        assert [word for id_, word in found if id_ == 3] == ["quota_held", "quota_released"]
        assert [word for id_, word in found if id_ == 4] == ["quota_held"]
        usage = (await admin.get("quotas/1/usage", at=MONDAY.isoformat())).json()
        assert [(one["held"], one["used"], one["left"]) for one in usage["items"]] == [(160, 20, 0)]
