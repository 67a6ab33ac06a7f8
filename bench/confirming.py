"""How long a reservation takes from the request until it is ready, with quota and an access code, at 100 a second.

The clock starts when the request is sent, and stops when ``ready`` can be read by somebody else: a connection of
the bench looks for what has become ready every five milliseconds.
"""

import asyncio
import time
from pathlib import Path

import asyncpg
import httpx
import uvloop

from bench.berth_server import berth_server, passing_folder
from bench.dataset import load
from bench.latency import (
    LOOK_SECONDS,
    RESOURCES,
    SECONDS,
    WAIT_SECONDS_MAX,
    apart_berth,
    latencies_ms,
    reserve,
    show,
    uncollected,
)

PER_SECOND = 100
BAR_EMBEDDED_MS = 100.0
BAR_APART_MS = 200.0

READY = """
select id, substring(subject from '[0-9]+$')::bigint as reservation_id
from booking.outbox
where id > $1
  and type = 'berth.booking.reservation_ready.v1'
order by id
"""


async def watch(database_url: str, seen: dict[int, float], count: int) -> None:
    """Note when each reservation can first be read as ready, until there are so many."""
    connection = await asyncpg.connect(database_url)
    last = await connection.fetchval("select coalesce(max(id), 0) from booking.outbox")
    async with asyncio.timeout(SECONDS + WAIT_SECONDS_MAX):
        while len(seen) < count:
            rows = await connection.fetch(READY, last)
            now = time.perf_counter()
            for row in rows:
                last = row["id"]
                seen[row["reservation_id"]] = now
            await asyncio.sleep(LOOK_SECONDS)
    await connection.close()


async def confirmed(url: str, token: str, ids: list[int]) -> None:
    """Have the resources ask for quota and a code, with an allowance that suffices for the administrator."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", headers=headers, trust_env=False, timeout=60) as client:
        me = (await client.get("/users/me")).json()["id"]
        allowance = {"name": "bench", "unit": "minutes", "amount": 1_000_000, "per": "week", "person_id": me}
        answers = [await client.post("/quotas", json=allowance)]
        for id_ in ids:
            policy = {"confirmations": ["quota", "access"]}
            answers.append(await client.put(f"/resources/{id_}/policy", json=policy))
    assert {one.status_code for one in answers} <= {200, 201}, {one.status_code for one in answers}


async def measure(port: int, token: str, database_url: str) -> list[float]:
    """Answer the latencies in milliseconds, the shortest first."""
    ids = await load(database_url, RESOURCES, 0)
    await confirmed(f"http://127.0.0.1:{port}", token, ids)
    seen: dict[int, float] = {}
    with uncollected():
        watching = asyncio.create_task(watch(database_url, seen, PER_SECOND * SECONDS))
        sent = await reserve(port, token, ids, PER_SECOND)
        await watching
    return latencies_ms(sent, seen)


async def apart(folder: Path) -> list[float]:
    """Measure services apart on NATS, behind nginx."""
    async with apart_berth(folder, "nats") as (port, token, database_url):
        return await measure(port, token, database_url)


def run() -> None:
    """Measure one process with its embedded database, and services apart on NATS."""
    with berth_server() as server:
        latencies = uvloop.run(measure(server.port, server.token, server.database_url))
        show("pending to ready, embedded", latencies, BAR_EMBEDDED_MS, PER_SECOND)
    with passing_folder() as folder:
        show("pending to ready, apart on nats", uvloop.run(apart(folder)), BAR_APART_MS, PER_SECOND)


if __name__ == "__main__":
    run()
