"""How fast the embedded spine hands events on, beside a bare ``select … for update skip locked`` loop.

One process moves 20,000 events from an outbox to three groups of another module, each of which handles every
event; the bare loop takes the same rows, in batches of the same size, from one table and marks them
as done. Both run alone, on one embedded PostgreSQL, and the rounds alternate. The work of Python and of
PostgreSQL is added up, so the rate is for one core that does both.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import psutil
import uvloop

from bench.berth_server import passing_folder
from berth.app.data_dir import open_data_dir
from berth.kit.db import Changes, Connection, open_database
from berth.kit.embedded_pg import server
from berth.kit.inbox.worker import BATCH_MAX, Retries
from berth.kit.migrate import migrate, migrations_of
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.pace import Courtesy
from berth.kit.outbox.relay import Listener
from berth.kit.outbox.spine import Member, Spine, Terms
from berth.kit.outbox.subscription import Group

EVENTS = 20_000
SUBJECTS = 2_000
GROUPS = ("first", "second", "third")
ROUNDS = 5
BAR = 0.25

WRITE = """
insert into harbour.outbox (type, subject, data, trace_parent, address)
select
    'berth.harbour.ship_sighted.v1',
    'ship/' || number % $2,
    jsonb_build_object('ship', number % $2, 'place', number / $2, 'title', 'Meeting ' || number, 'actor_id', 7),
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '192.0.2.1'
from generate_series(1, $1) as number
"""

BARE_TABLE = """
create table bare_job (
    id bigint generated always as identity primary key,
    type text not null,
    subject text not null,
    data jsonb not null,
    occurred_at timestamptz not null,
    trace_parent text,
    address text,
    done_at timestamptz
)
"""

BARE_WRITE = """
insert into bare_job (type, subject, data, occurred_at, trace_parent, address)
select type, subject, data, occurred_at, trace_parent, address
from harbour.outbox
order by id
limit $1
"""


BARE_TAKE = """
select id, type, subject, data, occurred_at, trace_parent, address
from bare_job
where done_at is null
order by id
limit $1
for update skip locked
"""


def cpu_seconds(url: str) -> float:
    """Answer the processor time that this process and PostgreSQL have used."""
    own = time.process_time()
    socket_dir = Path(url.split("host=")[1].split("&", maxsplit=1)[0].replace("%2F", "/"))
    pid = int((socket_dir.parent / "postgres" / "postmaster.pid").read_text().split()[0])
    root = psutil.Process(pid)
    ended = root.cpu_times()
    used = ended.user + ended.system + ended.children_user + ended.children_system
    for child in root.children():
        times = child.cpu_times()
        used += times.user + times.system
    return own + used


async def timed(url: str, work: Callable[[], Awaitable[None]]) -> tuple[float, float]:
    """Answer the seconds, by the clock and of processors, that the work took."""
    cpu, began = cpu_seconds(url), time.perf_counter()
    await work()
    return time.perf_counter() - began, cpu_seconds(url) - cpu


async def bare(connection: Connection) -> None:
    """Take every row of the table, batch after batch."""
    while True:
        async with connection.transaction():
            rows = await connection.fetch(BARE_TAKE, BATCH_MAX)
            if not rows:
                return
            ids = [row["id"] for row in rows]
            await connection.execute("update bare_job set done_at = now() where id = any($1::bigint[])", ids)


async def dispatched(url: str) -> None:
    """Run the spine until every group has handled every event."""
    left = dict.fromkeys(GROUPS, EVENTS)
    done = asyncio.Event()

    def counting(group: str) -> Callable[[Connection, Sequence[Envelope]], Awaitable[None]]:
        async def handle(_: Connection, envelopes: Sequence[Envelope]) -> None:
            left[group] -= len(envelopes)
            if not any(left.values()):
                done.set()

        return handle

    changes = Changes(lambda: asyncpg.connect(url))
    async with open_database(url) as database:
        members = [
            Member("harbour", database),
            Member("pilots", database, handlers={name: counting(name) for name in GROUPS}),
        ]
        spine = Spine(
            members=members,
            listeners=[Listener("pilots", Group(name)) for name in GROUPS],
            whole=database,
            bus=None,
            changes=changes,
            connect=lambda: asyncpg.connect(url),
            clock=lambda: datetime.now(UTC),
            courtesy=Courtesy(),
            terms=Terms(Retries(), timedelta(days=7)),
        )
        tasks = [asyncio.ensure_future(task()) for task in spine.tasks()]
        await done.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def rounds(url: str) -> None:
    """Measure, and print each round and the median ratio."""
    connection = await asyncpg.connect(url)
    await migrate(connection, migrations_of([("harbour", "berth.contracts"), ("pilots", "berth.contracts")]))
    await connection.execute(BARE_TABLE)
    await connection.execute("create index bare_waiting on bare_job (id) where done_at is null")
    ratios, per_core = [], []
    for number in range(1, ROUNDS + 1):
        await connection.execute("truncate harbour.outbox, pilots.parcel, bare_job")
        await connection.execute(WRITE, EVENTS, SUBJECTS)
        await connection.execute(BARE_WRITE, EVENTS)
        await connection.execute("vacuum analyze harbour.outbox, bare_job")
        bare_wall, bare_cpu = await timed(url, lambda: bare(connection))
        wall, cpu = await timed(url, lambda: dispatched(url))
        ratios.append(bare_cpu / cpu)
        per_core.append(EVENTS / cpu)
        print(
            f"round {number}: bare {EVENTS / bare_cpu:7.0f}/s a core ({EVENTS / bare_wall:6.0f}/s)   "
            f"spine to {len(GROUPS)} groups {EVENTS / cpu:6.0f}/s a core ({EVENTS / wall:6.0f}/s)   "
            f"ratio {ratios[-1]:.2f}"
        )
    median, rate = statistics.median(ratios), statistics.median(per_core)
    print(f"dispatching: median ratio {median:.2f} (bar {BAR}), {rate:.0f} events/s a core to {len(GROUPS)} groups")
    await connection.close()


def run() -> None:
    """Measure on an embedded PostgreSQL in a temporary directory."""

    async def measured() -> None:
        with passing_folder() as folder:
            async with server.serving(open_data_dir(folder / "data"), "bench") as url:
                await rounds(url)

    uvloop.run(measured())


if __name__ == "__main__":
    run()
