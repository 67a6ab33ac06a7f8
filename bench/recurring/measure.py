"""How fast a series of 200 is previewed and placed, beside the best plain SQL for the same question.

The preview says of each occurrence what is in its way, and finds another time of that day or else a resource like
it. The SQL finds the same facts in Berth's own tables by one statement: it knows no opening hours and no policies, and
shapes no answer. Both forms that we know of are tried, and the ratio is to the faster. Placing is timed whole, and the
transactions that wrote the rows are counted.
"""

import asyncio
import json
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx

from bench.berth_server import Server, berth_server
from bench.dataset import load
from bench.finding import statement_ms
from bench.load import post_ms
from bench.recurring.statements import BY_CONSTRAINT, BY_START

SIZES = {10_000: 10, 1_000_000: 1000}
"""How many resources share so many reservations: both calendars are as full, and the large one has more of them."""
OCCURRENCES = 200
PLACED = 10

WRITERS = """
select count(distinct xmin::text) as writers, count(*) as reservations
from booking.reservation
where series_id = $1
"""


def wish(resource_id: int, start: datetime) -> dict[str, Any]:
    """Answer a daily series of hours."""
    return {
        "resource_id": resource_id,
        "start": start.isoformat(),
        "end": (start + timedelta(hours=1)).isoformat(),
        "rule": f"FREQ=DAILY;COUNT={OCCURRENCES}",
    }


async def preview_ms(server: Server, wanted: dict[str, Any]) -> tuple[float, dict[str, int]]:
    """Answer the median time of a preview, and how much it finds in the way and free instead."""
    path = "/api/v1/reservations/recurring/preview"
    with server.client() as client:
        answer = client.post(path, json=wanted)
    answer.raise_for_status()
    counts = {
        "busy": answer.json()["counts"]["busy"],
        "alternatives": sum(one["alternative"] is not None for one in answer.json()["items"]),
    }
    return await post_ms(server.port, path, server.token, json.dumps(wanted).encode()), counts


def placing_ms(client: httpx.Client, ids: list[int], start: datetime) -> tuple[float, list[dict[str, Any]]]:
    """Answer the median time of placing what is free of a series, and the series that were made."""
    taken, made = [], []
    for id_ in ids[:PLACED]:
        wanted = wish(id_, start) | {"conflicts": "skip"}
        began = time.perf_counter()
        answer = client.post("/api/v1/reservations/recurring", json=wanted)
        taken.append(time.perf_counter() - began)
        answer.raise_for_status()
        made.append(answer.json())
    return 1000 * statistics.median(taken), made


async def writers(server: Server, made: list[dict[str, Any]]) -> int:
    """Answer the most transactions that wrote one of these series; each was written whole."""
    connection = await asyncpg.connect(server.database_url)
    rows = [await connection.fetchrow(WRITERS, one["id"]) for one in made]
    await connection.close()
    assert [row["reservations"] for row in rows] == [len(one["occurrences"]) for one in made]
    return max(int(row["writers"]) for row in rows)


async def measure(server: Server, reservations: int) -> None:
    """Print a line for a calendar of this size."""
    ids = await load(server.database_url, SIZES[reservations], reservations)
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    start = day + timedelta(hours=9)
    starts = [start + number * timedelta(days=1) for number in range(OCCURRENCES)]
    ends = [one + timedelta(hours=1) for one in starts]
    connection = await asyncpg.connect(server.database_url, server_settings={"timezone": "UTC"})
    in_sql = [await statement_ms(connection, one, (ids[0], starts, ends)) for one in (BY_START, BY_CONSTRAINT)]
    await connection.close()
    previewed, counts = await preview_ms(server, wish(ids[0], start))
    with server.client() as client:
        placed, made = placing_ms(client, ids[1:], start)
    statements = " / ".join(f"{one:.1f}" for one in in_sql)
    print(
        f"{reservations:>12,}{counts['busy']:>6}{counts['alternatives']:>14}{statements:>18}"
        f"{previewed:>12.1f}{previewed / min(in_sql):>8.2f}{placed:>12.1f}{await writers(server, made):>14}"
    )


def run() -> None:
    """Measure each size on a Berth of its own, and print the table."""
    print(
        f"{'reservations':>12}{'busy':>6}{'alternatives':>14}{'SQL ms':>18}"
        f"{'preview ms':>12}{'ratio':>8}{'placing ms':>12}{'transactions':>14}"
    )
    for size in [int(word) for word in sys.argv[1:] if word.isdigit()] or SIZES:
        with berth_server() as server:
            asyncio.run(measure(server, size))


if __name__ == "__main__":
    run()
