"""The sale of an evening to many clients, who ask until they are answered, and a cashier who takes their money."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx

from tests.acceptance.conftest import register, sign_in
from tests.acceptance.under_load.wire import Line, Unanswered
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD
from tests.scale import SCALE

PRICE_MINOR = 1500
CASH = {"reference": "cash"}
PEOPLE = 20
RETRY_SECONDS = 0.1
RETRY_SECONDS_MAX = 2.0
"""Thousands who ask again at once would take what Berth needs to come back."""

BACK_SECONDS_MAX = 120.0 if SCALE == 1 else 600.0
AWAY = frozenset({429, 502, 503, 504})
START = (datetime.now(UTC) + timedelta(days=30)).replace(microsecond=0)

CHECK = """
select
    (select count(*) from seating.seat where performance_id = $1 and state = 'sold') as seats_sold,
    (select count(*) from seating.seat where performance_id = $1 and state = 'free') as seats_free,
    (select count(*) from seating.ticket where performance_id = $1 and not void) as tickets,
    (
        select count(*)
        from (
            select unnest(places)
            from seating.seat_order
            where performance_id = $1
              and state = 'paid'
            group by 1
            having count(*) > 1
        ) as doubly
    ) as seats_sold_twice,
    (
        select coalesce(sum(cardinality(places)), 0)
        from seating.seat_order
        where performance_id = $1
          and state = 'paid'
    ) as seats_ordered,
    (select count(*) from seating.seat_order where performance_id = $1 and state = 'pending') as orders_pending,
    (
        select coalesce(sum(amount_minor), 0)
        from seating.seat_order
        where performance_id = $1
          and state = 'paid'
    ) as ordered_minor,
    (
        select coalesce(sum(captured_minor - refunded_minor), 0)
        from payments.intent
        join seating.seat_order on seat_order.id = intent.reservation_id
        where performance_id = $1
    ) as taken_minor
"""


@dataclass
class Evening:
    """What is sold, by whom, and what the clients were told."""

    url: str
    admin_token: str
    tokens: Sequence[str]
    performance_id: int
    seats: int
    told: dict[int, dict[str, Any]] = field(default_factory=dict)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def more_sold(self, count: int) -> None:
        """Wait until so many orders have been acknowledged."""
        async with self.news:
            await self.news.wait_for(lambda: len(self.told) >= count or self.over.is_set())

    async def buy(self, number: int, wanted: int) -> None:
        """Buy so many neighbours, or as many as there are left; who is too late for a hold tries again."""
        with contextlib.closing(Line(self.url, self.tokens[number % len(self.tokens)])) as line:
            while wanted:
                wish = {"performance_id": self.performance_id, "best": {"count": wanted}}
                status, body = await self.insist(line, "POST", "seat-holds", wish)
                if status == 409:
                    assert body["type"] == "/problems/seats-taken", body
                    wanted -= 1
                    continue
                assert status == 201, body
                status, order = await self.insist(line, "POST", "orders", {"hold_id": body["id"]})
                if status == 201:
                    async with self.news:
                        self.told[order["id"]] = order
                        self.news.notify_all()
                    return
                assert status in (404, 410), order

    async def take_money(self) -> None:
        """Mark every payment as paid that is waited for, until the sale is over and none is left."""
        with contextlib.closing(Line(self.url, self.admin_token)) as line:
            while True:
                over = self.over.is_set()
                status, found = await self.insist(line, "GET", "payments?state=awaiting&limit=200", None)
                assert status == 200, found
                for one in found["items"]:
                    status, body = await self.insist(line, "POST", f"payments/{one['id']}/mark-paid", CASH)
                    assert status in (200, 409), body
                if over and not found["items"] and not await self.pending(line):
                    return
                await asyncio.sleep(RETRY_SECONDS)

    async def pending(self, line: Line) -> bool:
        """Tell whether an order waits for its payment."""
        cursor = ""
        while True:
            path = f"orders?everybody=true&performance_id={self.performance_id}&limit=200{cursor}"
            status, found = await self.insist(line, "GET", path, None)
            assert status == 200, found
            if any(one["state"] == "pending" for one in found["items"]):
                return True
            if found["next_cursor"] is None:
                return False
            cursor = f"&cursor={found['next_cursor']}"

    async def give_back(self) -> None:
        """Release what was held without its client having heard of it."""
        for token in self.tokens:
            with contextlib.closing(Line(self.url, token)) as line:
                status, found = await self.insist(line, "GET", "seat-holds", None)
                assert status == 200, found
                for one in found["items"]:
                    await self.insist(line, "DELETE", f"seat-holds/{one['id']}", None)

    async def insist(self, line: Line, method: str, path: str, body: object) -> tuple[int, Any]:
        """Ask until there is an answer, however often Berth is killed; it comes back each time."""
        give_up, pause, answer = time.monotonic() + BACK_SECONDS_MAX, RETRY_SECONDS, None
        while time.monotonic() < give_up:
            with contextlib.suppress(Unanswered):
                status, _, answer = await line.send(method, path, body)
                self.statuses[path.split("?", 1)[0].split("/", 1)[0], status] += 1
                if status not in AWAY:
                    return status, answer
            await asyncio.sleep(pause * random.uniform(0.5, 1))
            pause = min(2 * pause, RETRY_SECONDS_MAX)
        raise AssertionError(f"{method} {path} was not answered for {BACK_SECONDS_MAX} s: {answer!r}")

    async def sell(self, clients: int, chance: random.Random) -> None:
        """Let all clients buy at the same time, and the cashier take their money."""
        cashier = asyncio.create_task(self.take_money())
        await asyncio.gather(*(self.buy(number, chance.randint(1, 4)) for number in range(clients)))
        await self.give_back()
        self.over.set()
        await cashier

    async def prove(self, database_url: str) -> dict[str, int]:
        """Hold the database against what clients were told, and against itself; answer the figures."""
        connection = await asyncpg.connect(database_url)
        found = dict(await connection.fetchrow(CHECK, self.performance_id))
        paid = await connection.fetch("select id from seating.seat_order where state = 'paid'")
        await connection.close()
        assert found["seats_sold_twice"] == found["orders_pending"] == 0, found
        assert found["seats_sold"] + found["seats_free"] == self.seats, found
        assert found["seats_sold"] == found["seats_ordered"] == found["tickets"], found
        assert found["ordered_minor"] == found["taken_minor"] == PRICE_MINOR * found["seats_sold"], found
        assert self.told.keys() <= {row["id"] for row in paid}, "an acknowledged order is lost"
        return found


async def put_on_evening(client: httpx.AsyncClient, url: str, rows: int, seats: int) -> Evening:
    """Put something on in a hall of so many rows, and register people."""
    admin = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
    resource = await admin.post("resources", {"name": "Hall", "kind": "hall", "timezone": "UTC"})
    venue = (await admin.post("venues", {"name": "Hall", "resource_id": resource.json()["id"]})).json()
    pattern = {"key": "s", "name": "Stalls", "category": "a", "rows": rows, "seats": seats}
    section = (await admin.post("seat-maps/sections", pattern)).json()
    content = {"categories": [{"key": "a", "name": "A"}], "sections": [section]}
    assert (await admin.put(f"venues/{venue['id']}/map", content)).status_code == 200
    made = await admin.post(
        "performances",
        {
            "venue_id": venue["id"],
            "name": "Evening",
            "start": START.isoformat(),
            "end": (START + timedelta(hours=2)).isoformat(),
            "sales_start": (START - timedelta(days=60)).isoformat(),
            "sales_end": START.isoformat(),
            "currency": "EUR",
            "prices": {"a": PRICE_MINOR},
            "seats_per_person": 1000,
            "hold_minutes": 30,
        },
    )
    assert made.status_code == 201, made.text
    people = [await register(client, "buyer") for _ in range(PEOPLE)]
    return Evening(url, admin.token, [one.token for one in people], made.json()["id"], rows * seats)
