"""What a burst of 500 cancellations costs while 1,000 searches are saved, and how soon everybody is told.

Each search is for one hour of the day on which all is cancelled. Rounds, each on a Berth of its own: nobody searches;
each search fits a tenth of the resources; each fits every one, which is the worst that can be; and the same again while
nobody wants to be notified, so that what is left is what finding costs. Processor time is that of Berth and PostgreSQL,
from the first cancellation until nothing is left to do; 1,000 notifications and mails are part of it.
"""

import asyncio
import contextlib
import json
import statistics
import time
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import httpx
import psutil
import uvloop

from bench.berth_server import Server, berth_server
from bench.dataset import load
from berth.contracts.catalog import ResourceQuery

RESOURCES = 500
SEARCHES = 1000
CLIENTS = 8
SECONDS_MAX = 180
STILL_SECONDS = 6.0

RESERVED = """
with made as (
    insert into booking.reservation (id, state, owner_id, created_by, title, starts, ends)
    select nextval('booking.occupant_id_seq'), 'ready', 1, 1, 'Meeting', $2, $3
    from unnest($1::bigint[])
    returning id
)
insert into booking.allocation (occupant_id, resource_id, kind, occupies)
select made.id, resource.id, 'reservation', tstzrange($2, $3)
from (select id, row_number() over (order by id) as place from made) as made
join unnest($1::bigint[]) with ordinality as resource (id, place)
    on resource.place = made.place
returning occupant_id
"""

SAVED = """
with saved as (
    insert into booking.search
        (owner_id, owner_role, name, any_of, resource_ids, starts, ends, minutes, closes_at, created_at)
    select
        2 + number % 500, 'user', 'Search ' || number, $1::text::jsonb, $2::bigint[], $3, $4, 60, $4, now()
    from generate_series(1, $5) as number
    returning id
)
insert into booking.search_watch (search_id, notify, seen_id)
select id, true, 0
from saved
"""

LEFT = """
select
    (select count(*) from booking.search_watch where look_at < now() + interval '1 minute')
    + (select count(*) from notifications.errand)
    + $1
    - (select count(*) from notifications.notification where kind = 'search_matched')
"""

SWITCHED_OFF = """
insert into notifications.preference (person_id, kind, by_self, channel, enabled)
select id, 'search_matched', false, channel, false
from identity.person
cross join unnest(array['in_app', 'email']) as channel
"""

TOLD = "select count(*) from booking.outbox where type = 'berth.booking.search_matched.v1'"


def cpu_seconds(server: Server) -> float:
    """Answer the processor time that Berth and its PostgreSQL have used."""
    socket_dir = Path(server.database_url.split("host=")[1].split("&", maxsplit=1)[0].replace("%2F", "/"))
    postmaster = int((socket_dir.parent / "postgres" / "postmaster.pid").read_text().split()[0])
    used = 0.0
    for pid in (server.pid, postmaster):
        one = psutil.Process(pid)
        for each in (one, *one.children(recursive=True)):
            # One that ended meanwhile counts with those of its parent that ended.
            with contextlib.suppress(psutil.NoSuchProcess):
                times = each.cpu_times()
                used += times.user + times.system
        times = one.cpu_times()
        used += times.children_user + times.children_system
    return used


async def cancel_all(server: Server, ids: list[int]) -> list[float]:
    """Cancel these by several clients at once, and answer how many milliseconds each took, the shortest first."""
    headers = {"Authorization": f"Bearer {server.token}"}
    taken: list[float] = []
    waiting = iter(ids)

    async def work() -> None:
        for id_ in waiting:
            began = time.perf_counter()
            answer = await client.post(f"/api/v1/reservations/{id_}/cancel")
            taken.append(1000 * (time.perf_counter() - began))
            answer.raise_for_status()

    url = f"http://127.0.0.1:{server.port}"
    async with httpx.AsyncClient(base_url=url, headers=headers, trust_env=False, timeout=60) as client:
        await asyncio.gather(*(work() for _ in range(CLIENTS)))
    return sorted(taken)


async def still(server: Server) -> None:
    """Wait until nobody works any more."""
    last = cpu_seconds(server)
    while True:
        await asyncio.sleep(STILL_SECONDS)
        now = cpu_seconds(server)
        if now - last < 0.1 * STILL_SECONDS:
            return
        last = now


async def measure(server: Server, fits: int, *, notified: bool) -> tuple[list[float], float, float, int]:
    """Answer the times of cancelling, the seconds until all were told, the processor seconds, and how many were told.

    Each search fits so many of the resources.
    """
    ids = await load(server.database_url, RESOURCES, 0)
    connection = await asyncpg.connect(server.database_url)
    start = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=7)
    window = start - timedelta(hours=8), start + timedelta(hours=8)
    rows = await connection.fetch(RESERVED, ids, start - timedelta(hours=2), start + timedelta(hours=2))
    if fits:
        query = json.dumps(asdict(ResourceQuery(ids=tuple(ids[:fits]))))
        await connection.execute(SAVED, query, ids[:fits], *window, SEARCHES)
    if not notified:
        await connection.execute(SWITCHED_OFF)
    await connection.execute("analyze booking.search, booking.search_watch, booking.reservation, booking.allocation")
    await still(server)
    cpu, began = cpu_seconds(server), time.perf_counter()
    taken = await cancel_all(server, [row["occupant_id"] for row in rows])
    told = 0
    async with asyncio.timeout(SECONDS_MAX):
        while told < (SEARCHES if fits else 0):
            await asyncio.sleep(0.05)
            told = await connection.fetchval(TOLD)
    lasted = time.perf_counter() - began
    for _ in range(SECONDS_MAX):
        left = await connection.fetchval(LEFT, told if notified else 0)
        if not left:
            break
        await asyncio.sleep(1)
    assert not left, f"{left} notices and mails were not sent"
    await still(server)
    told = await connection.fetchval(TOLD)
    await connection.close()
    return taken, lasted, cpu_seconds(server) - cpu, told


def run() -> None:
    """Measure each round, and print the table."""
    print(f"{'fits':>6}{'notified':>10}{'cancelling':>12}{'99th':>8}{'told after':>12}{'processor':>11}{'told':>7}")
    for fits, notified in ((0, True), (RESOURCES // 10, True), (RESOURCES, True), (RESOURCES, False)):
        with berth_server() as server:
            taken, lasted, cpu, told = uvloop.run(measure(server, fits, notified=notified))
        median, late = statistics.median(taken), taken[int(0.99 * len(taken))]
        words = "yes" if notified else "no"
        print(f"{fits:>6}{words:>10}{median:>9.1f} ms{late:>5.0f} ms{lasted:>10.1f} s{cpu:>9.1f} s{told:>7}")


if __name__ == "__main__":
    run()
