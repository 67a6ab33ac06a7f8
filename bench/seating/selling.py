"""How fast the 10,000 seats of an evening are held and sold over HTTP, beside a bare loop of the same SQL.

Both sides hold blocks of one to four neighbours until no block is left, and buy all of them; they cost nothing, so that
an order is paid in the moment in which it is made. The loop runs Berth's own statements on eight connections, with
nothing around them: no HTTP, no token, no rules, no reading of the performance.
"""

import asyncio
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import orjson
import uvloop

from bench.berth_server import Server, berth_server, settled_seconds
from bench.load import Result, drive
from bench.seating.hall import MOST, PEOPLE, ROWS, SEATS, furnished, ids_of, people, post, put_on
from berth.contracts.seating.orders import OrderLine, OrderPaid
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.write import Outbox
from berth.modules.seating.domain.order import Order, OrderState
from berth.modules.seating.domain.performance import Known
from berth.modules.seating.store import holds, orders, tickets
from berth.modules.seating.store.seats import holding, turning

CLIENTS, CONNECTIONS = 32, 8
ROUNDS = 3
SECONDS_MAX = 120.0
SECOND = timedelta(seconds=1)
NOBODY = 10**9
"""From here on ids are nobody's, so that no mails are written of what the bare statements sell."""

Block = tuple[int, ...]


@dataclass(frozen=True)
class Rates:
    """Seats held and sold in a second."""

    held: float
    sold: float


def blocks(chance: random.Random) -> list[Block]:
    """Answer all seats in blocks of one to four neighbours, in random order."""
    found: list[Block] = []
    for row in range(ROWS):
        at = 0
        while at < SEATS:
            size = min(chance.randint(1, 4), SEATS - at)
            found.append(tuple(range(row * SEATS + at, row * SEATS + at + size)))
            at += size
    chance.shuffle(found)
    return found


async def send(server: Server, requests: Sequence[bytes]) -> tuple[Result, list[dict[str, Any]]]:
    """Send all requests; answer how it went, and the bodies."""
    waiting: Iterator[bytes] = iter(requests)
    bodies: list[bytes] = []
    result = await drive(
        "127.0.0.1", server.port, CLIENTS, SECONDS_MAX, lambda: next(waiting, None), answered=bodies.append
    )
    assert set(result.statuses) == {201}, result.statuses
    return result, [orjson.loads(one) for one in bodies]


def over_http(server: Server, performance_id: int, tokens: Sequence[str], wanted: Sequence[Block]) -> Rates:
    """Hold and buy all blocks over HTTP."""
    owners = [tokens[number % len(tokens)] for number in range(len(wanted))]
    ids = [ids_of(block) for block in wanted]
    holding = [
        post("/api/v1/seat-holds", owner, {"performance_id": performance_id, "seats": seat_ids})
        for owner, seat_ids in zip(owners, ids, strict=True)
    ]
    held, answers = uvloop.run(send(server, holding))
    owner_of = {seat_ids[0]: owner for owner, seat_ids in zip(owners, ids, strict=True)}
    buying = [post("/api/v1/orders", owner_of[one["seats"][0]["id"]], {"hold_id": one["id"]}) for one in answers]
    bought, paid = uvloop.run(send(server, buying))
    assert Counter(one["state"] for one in paid) == {"paid": len(wanted)}
    return Rates(ROWS * SEATS / held.seconds, ROWS * SEATS / bought.seconds)


async def bare(server: Server, performance_id: int, wanted: Sequence[Block], first_order: int) -> Rates:
    """Hold and buy all blocks by the same statements, one after the other on each of some connections."""
    pool = await asyncpg.create_pool(server.database_url, min_size=CONNECTIONS, max_size=CONNECTIONS)
    now = datetime.now(UTC)
    database: Any = pool
    waiting = iter(wanted)
    made: list[tuple[int, int, Block]] = []

    async def hold() -> None:
        for block in waiting:
            who = NOBODY + block[0] % PEOPLE
            held = await holding.hold(database, performance_id, who, block, {}, MOST, now + 600 * SECOND, now)
            assert held.done
            made.append((held.id, who, block))

    began = time.perf_counter()
    await asyncio.gather(*(hold() for _ in range(CONNECTIONS)))
    held_at = time.perf_counter()
    selling = iter(enumerate(made, first_order))

    async def sell() -> None:
        for number, (hold_id, who, block) in selling:
            async with pool.acquire() as connection, connection.transaction():
                await _sell(connection, (performance_id, number, hold_id, who), block, now)

    await asyncio.gather(*(sell() for _ in range(CONNECTIONS)))
    sold_at = time.perf_counter()
    await pool.close()
    return Rates(ROWS * SEATS / (held_at - began), ROWS * SEATS / (sold_at - held_at))


async def _sell(connection: Any, ids: tuple[int, int, int, int], block: Block, now: datetime) -> None:
    performance_id, number, hold_id, who = ids
    assert await holds.order(connection, hold_id, who, number, now)
    lines = (OrderLine("Stalls", len(block), 0, 0),)
    order = Order(
        number, performance_id, who, hold_id, block, {}, lines, 0, "EUR", OrderState.PENDING, now, None, None, None,
        None, now, now,
    )  # fmt: skip
    await orders.add(connection, order)
    await turning.turn(
        connection, performance_id, actor_id=who, holder=hold_id, person_id=who, places=block, areas={}, state="sold"
    )
    await orders.pay(connection, number, Known("Evening", now, now), now)
    printed: list[tuple[int | None, str]] = [(place, f"Stalls, seat {place}") for place in block]
    await tickets.add(connection, number, performance_id, printed, [f"{number}/{place}" for place in block])
    told = OrderPaid(number, performance_id, who, who, "Evening", now, now, "UTC", 0, "EUR", ticket_count=len(block))
    await Outbox("seating", Bell()).write(connection, [told])


def run() -> None:
    """Print what each round sold, and the ratios that the project holds itself to."""
    with berth_server() as server:
        with server.client() as client:
            venue_id = furnished(client)
            evenings = [put_on(client, venue_id, day) for day in range(2 * ROUNDS)]
        tokens, chance = people(server), random.Random(7)
        held, sold = [], []
        for number in range(ROUNDS):
            with server.standing_still():
                raw = uvloop.run(bare(server, evenings[2 * number], blocks(chance), 10**12 + number * 10**6))
            uvloop.run(settled_seconds(server, mailed=True))
            rates = over_http(server, evenings[2 * number + 1], tokens, blocks(chance))
            held.append(rates.held / raw.held)
            sold.append(rates.sold / raw.sold)
            behind = uvloop.run(settled_seconds(server, mailed=True))
            print(
                f"round {number + 1}: held {rates.held:6.0f} seats/s beside {raw.held:6.0f} ({held[-1]:.2f})   "
                f"sold {rates.sold:6.0f} seats/s beside {raw.sold:6.0f} ({sold[-1]:.2f})   "
                f"buyers told {behind:.0f} s later"
            )
        print(
            f"selling: median ratios {statistics.median(held):.2f} held, {statistics.median(sold):.2f} sold (bar 0.5)"
        )


if __name__ == "__main__":
    run()
