"""How long it takes from a reservation to the notification of it, at 200 reservations a second.

The clock starts when the request is sent, and stops when the notification can be read by somebody else:
a connection of the bench looks for new ones every five milliseconds.
"""

import asyncio
import contextlib
import gc
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import httpx
import orjson
import uvloop

from bench.berth_server import ADMIN_EMAIL, ADMIN_PASSWORD, berth_server, passing_folder
from bench.dataset import load
from bench.load import paced
from deploy.local.topology import Broker, Topology

PER_SECOND = 200
SECONDS = 11
WARM_UP_SECONDS = 1
"""Programs that started a moment ago connect, and prepare each statement once: what they do then is not counted."""

RESOURCES = 500
LOOK_SECONDS = 0.005
"""Looking twice as often takes a tenth of a core, which Berth then lacks."""

WAIT_SECONDS_MAX = 30.0


async def reserve(port: int, token: str, resource_ids: list[int], per_second: int = PER_SECOND) -> dict[int, float]:
    """Reserve at a steady rate; answer when the request for each reservation was sent."""
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=4000)

    def request(number: int) -> bytes:
        begins = start + timedelta(hours=number // len(resource_ids))
        wish = {
            "resource_id": resource_ids[number % len(resource_ids)],
            "start": begins,
            "end": begins + timedelta(minutes=30),
            "title": f"Meeting {number}",
        }
        body = orjson.dumps(wish, option=orjson.OPT_UTC_Z)
        head = (
            "POST /api/v1/reservations HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
            f"authorization: Bearer {token}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    answers = await paced("127.0.0.1", port, per_second, SECONDS, request)
    assert {one.status for one in answers} == {201}, {one.status for one in answers}
    return {orjson.loads(one.body)["id"]: one.sent_at for one in answers}


async def watch(database_url: str, seen: dict[int, float], count: int) -> None:
    """Note when each notification can first be read, until there are so many."""
    connection = await asyncpg.connect(database_url)
    last = 0
    async with asyncio.timeout(SECONDS + WAIT_SECONDS_MAX):
        while len(seen) < count:
            rows = await connection.fetch(
                "select id, subject from notifications.notification where id > $1 order by id", last
            )
            now = time.perf_counter()
            for row in rows:
                last = row["id"]
                seen[int(row["subject"].split("/")[1])] = now
            await asyncio.sleep(LOOK_SECONDS)
    await connection.close()


async def measure(port: int, token: str, database_url: str) -> list[float]:
    """Answer the latencies in milliseconds, the shortest first."""
    ids = await load(database_url, RESOURCES, 0)
    seen: dict[int, float] = {}
    with uncollected():
        watching = asyncio.create_task(watch(database_url, seen, PER_SECOND * SECONDS))
        sent = await reserve(port, token, ids)
        await watching
    return latencies_ms(sent, seen)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Let the bench's own memory be: collecting it takes a tenth of a second, which would count as Berth's."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def latencies_ms(sent: dict[int, float], seen: dict[int, float]) -> list[float]:
    """Answer how long each took that was sent when the programs had warmed up, the shortest first."""
    warm_at = min(sent.values()) + WARM_UP_SECONDS
    return sorted(1000 * (seen[id_] - began) for id_, began in sent.items() if began >= warm_at)


def show(name: str, latencies_ms: list[float], bar_ms: float, per_second: int = PER_SECOND) -> None:
    """Print the median and the 99th percentile."""
    p50, p99 = latencies_ms[len(latencies_ms) // 2], latencies_ms[int(0.99 * len(latencies_ms))]
    print(f"latency {name}: {per_second}/s, p50 {p50:.1f} ms, p99 {p99:.1f} ms (bar {bar_ms:.0f} ms)")


@contextlib.asynccontextmanager
async def apart_berth(folder: Path, broker: Broker) -> AsyncIterator[tuple[int, str, str]]:
    """Run services apart behind nginx; lend their port, an administrator's token and the URL of the database."""
    settings = {
        "BERTH_ADMIN_EMAIL": ADMIN_EMAIL,
        "BERTH_ADMIN_PASSWORD": ADMIN_PASSWORD,
        "BERTH_RATE_ADDRESS_PER_MINUTE": "0",
        "BERTH_LOG_LEVEL": "warning",
    }
    async with (
        Topology(folder, broker=broker, apart=True, settings=settings) as topology,
        httpx.AsyncClient(base_url=topology.url, trust_env=False) as client,
    ):
        form = {"username": ADMIN_EMAIL, "password": ADMIN_PASSWORD}
        token = (await client.post("/api/v1/token", data=form)).json()["access_token"]
        yield int(topology.url.rpartition(":")[2]), token, topology.database_url


async def apart(folder: Path, broker: Broker) -> list[float]:
    """Measure services apart behind nginx."""
    async with apart_berth(folder, broker) as (port, token, database_url):
        return await measure(port, token, database_url)


def run() -> None:
    """Measure one process with its embedded database, and services apart on each broker."""
    with berth_server() as server:
        show("embedded", uvloop.run(measure(server.port, server.token, server.database_url)), 100)
    brokers: tuple[Broker, ...] = ("nats", "rabbitmq")
    for broker in brokers:
        with passing_folder() as folder:
            show(f"apart on {broker}", uvloop.run(apart(folder, broker)), 200)


if __name__ == "__main__":
    run()
