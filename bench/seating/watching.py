"""5,000 clients on one map in one process while 200 seats a second are held, four by each request.

The clock of a change starts when its request is sent, and stops for each client when the bytes that tell of it are
there.
"""

import asyncio
import os
import resource
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import orjson
import psutil
import uvloop

from bench.berth_server import Server, berth_server
from bench.load import paced
from bench.seating.crowd import Crowd, Shown
from bench.seating.hall import ROWS, SEATS, furnished, ids_of, people, post, put_on

CLIENTS = 5000
FIRST = 1000
"""The first ones use what the process had and let go of: what one costs is seen in those who follow."""

PER_SECOND, TOGETHER = 200, 4
SECONDS = 30
WARM_UP_SECONDS = 3
QUIET_SECONDS = 3.0
BAR_P99_MS = 250
BAR_KB = 40.0

Change = tuple[float, float, list[int]]
"""When the request of a change was sent and when it was answered, and its places."""


def late_ms(shown: Iterable[Shown], changes: list[Change]) -> Counter[int]:
    """Answer how many times a change took so many milliseconds to be at a client; each seat changes once."""
    began = {place: at for at, _, places in changes for place in places}
    found: Counter[int] = Counter()
    for one in shown:
        for place in one.changed:
            found.update(int((at - began[place]) * 1000) + 1 for at in one.at)
    return found


def percentile(counts: Counter[int], share: float) -> int:
    """Answer the value below which this share of the counted lies."""
    left = share * counts.total()
    for value in sorted(counts):
        left -= counts[value]
        if left <= 0:
            return value
    return max(counts)


def waited_seconds(pid: int) -> float:
    """Answer how long a process was ready and had no core, as Linux counts it: others are busy on the machine."""
    found = Path(f"/proc/{pid}/schedstat")
    return int(found.read_text().split()[1]) / 1e9 if found.exists() else 0.0


async def held(server: Server, performance_id: int, tokens: list[str], first: int, seconds: int) -> list[Change]:
    """Hold the seats from a place on, four after four at a steady rate."""
    count = PER_SECOND // TOGETHER
    blocks = [range(first + number * TOGETHER, first + (number + 1) * TOGETHER) for number in range(count * seconds)]

    def request(number: int) -> bytes:
        wish = {"performance_id": performance_id, "seats": ids_of(blocks[number])}
        return post("/api/v1/seat-holds", tokens[number % len(tokens)], wish)

    answers = await paced("127.0.0.1", server.port, count, seconds, request)
    assert {one.status for one in answers} == {201}, Counter(one.status for one in answers)
    return [
        (one.sent_at, one.answered_at, [seat["place"] for seat in orjson.loads(one.body)["seats"]]) for one in answers
    ]


async def measure(server: Server, performance_id: int, tokens: list[str]) -> bool:
    """Measure, print, and answer whether the bars were met."""
    process, topic = psutil.Process(server.pid), f"performance/{performance_id}"
    first = Crowd(topic)
    await first.connect(server.port, tokens, len(tokens))
    warmed = await held(server, performance_id, tokens, 0, WARM_UP_SECONDS)
    first.leave()
    await asyncio.sleep(1)
    crowd = Crowd(topic)
    await crowd.connect(server.port, tokens, FIRST)
    before = process.memory_info().rss
    await crowd.connect(server.port, tokens, CLIENTS - FIRST)
    connected = process.memory_info().rss
    used, waited = sum(process.cpu_times()[:2]), waited_seconds(server.pid)
    changes = await held(server, performance_id, tokens, len(warmed) * TOGETHER, SECONDS)
    used, waited = sum(process.cpu_times()[:2]) - used, waited_seconds(server.pid) - waited
    await asyncio.sleep(QUIET_SECONDS)
    after = process.memory_info().rss
    with server.client() as client:
        states = client.get(f"/api/v1/performances/{performance_id}/seats").json()["states"]
    lost = Counter(one.closed for one in crowd.watchers if one.closed)
    same = sum(one.shown.states == states for one in crowd.watchers)
    gaps = sum(one.shown.gaps for one in crowd.watchers)
    counts = late_ms(crowd.all_shown(), changes)
    p99, kb = percentile(counts, 0.99), (max(connected, after) - before) / 1000 / (CLIENTS - FIRST)
    deltas = max(one.shown.version for one in crowd.watchers)
    print(f"watching: {CLIENTS} clients, {PER_SECOND} of {ROWS * SEATS:,} seats/s for {SECONDS} s, {deltas} deltas")
    print(f"  the same map as the database: {same} of {CLIENTS}; gaps {gaps}, connections lost {dict(lost) or 0}")
    p50 = percentile(counts, 0.5)
    print(f"  change to client: median {p50} ms, 99 % {p99} ms (bar {BAR_P99_MS}), max {max(counts)} ms")
    commits = Counter(int((done - at) * 1000) + 1 for at, done, _ in changes)
    print(f"  of that until the answer: median {percentile(commits, 0.5)} ms, 99 % {percentile(commits, 0.99)} ms")
    print(f"  changes told: {counts.total() / CLIENTS:.0f} to each of {PER_SECOND * SECONDS}")
    print(
        f"  memory of the process per client: {kb:.1f} kB (bar {BAR_KB:.0f}); processor {used / SECONDS:.0%} of a core"
    )
    load = f"{os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"  the machine's load meanwhile: {load}; the process waited {waited / SECONDS:.0%} of the time for a core")
    crowd.leave()
    return same == CLIENTS and not lost and p99 < BAR_P99_MS and kb <= BAR_KB


def run() -> None:
    """Measure one process with its embedded database, and as many clients in another."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with berth_server() as server:
        with server.client() as client:
            performance_id = put_on(client, furnished(client), 0)
        print("met" if uvloop.run(measure(server, performance_id, people(server))) else "not met")


if __name__ == "__main__":
    run()
