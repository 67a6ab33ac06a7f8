"""A bulk is done as a whole or not at all, wherever it fails and whoever does the same at once."""

import asyncio
import random
from typing import Any

import orjson
import pytest

from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.bulk import Action, Operation
from berth.modules.booking.usecases.bulk.bulk import Bulk
from tests.database.booking.calendar import HOUR
from tests.database.booking.closing.conftest import Broken, Fragile, desk, everything
from tests.database.booking.life.answering import TEN
from tests.database.booking.waitlist.conftest import PEOPLE, Desk

__all__ = ["desk"]

ADA, BOB, EVE, *_ = PEOPLE
STATEMENTS_MAX = 200


async def do(desk: Desk, who: Principal, *operations: Operation, dry_run: bool = False) -> dict[str, Any]:
    answer = await desk.part(Bulk).run(who, operations, dry_run=dry_run, key="k" if not dry_run else None)
    return orjson.loads(answer.body)


def create(row: int, room: int, hour: int) -> Operation:
    return Operation(row, Action.CREATE, None, (room,), TEN + hour * HOUR, TEN + (hour + 1) * HOUR, "New")


def move(row: int, id_: int, hour: int, room: int | None = None) -> Operation:
    rooms = (room,) if room else ()
    return Operation(row, Action.MOVE, id_, rooms, TEN + hour * HOUR, TEN + (hour + 1) * HOUR)


async def furnish(desk: Desk) -> list[Operation]:
    """Make what is to be moved and cancelled, with somebody waiting, and answer rows that are in each other's way."""
    first, second, third = [await desk.reserve(ADA, 1, start=TEN + hour * HOUR) for hour in range(3)]
    await desk.join(BOB, 1, start=TEN)
    return [
        create(1, 1, 2),
        move(2, second, 3),
        move(3, first, 1),
        Operation(4, Action.CANCEL, third, reason="Fog"),
        create(5, 2, 0),
    ]


async def test_wherever_it_fails_nothing_is_done_and_a_dry_run_leaves_nothing(desk: Desk) -> None:
    rows = await furnish(desk)
    before = await everything(desk)
    looked = await do(desk, ADA, *rows, dry_run=True)
    assert await everything(desk) == before
    bulk = desk.part(Bulk)
    whole, failed = bulk._database, 0
    for failing_at in range(1, STATEMENTS_MAX):
        bulk._database = Fragile(whole, failing_at)
        try:
            done = await do(desk, ADA, *rows)
            break
        except Broken:
            failed += 1
        finally:
            bulk._database = whole
        assert await everything(desk) == before, f"statement {failing_at} left something"
    assert failed >= 15
    assert [(one["outcome"], one["state"]) for one in done["items"]] == [
        (one["outcome"], one["state"]) for one in looked["items"]
    ]
    assert await desk.occupied() == [
        (1, "offer", TEN, TEN + HOUR),
        *((1, "reservation", TEN + hour * HOUR, TEN + (hour + 1) * HOUR) for hour in (1, 2, 3)),
        (2, "reservation", TEN, TEN + HOUR),
    ]
    assert await do(desk, ADA, *rows) == done


@pytest.mark.parametrize("seed", range(4))
async def test_many_bulks_at_once_leave_each_reservation_in_one_place(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    mine = {
        who.id: [await desk.reserve(who, room, start=TEN + hour * HOUR) for room in (1, 2, 3) for hour in hours]
        for who, hours in ((ADA, (0, 2)), (BOB, (4, 6)), (EVE, (8, 10)))
    }
    seen: set[str] = set()

    async def shuffle(who: Principal, number: int) -> None:
        ids = chance.sample(mine[who.id], 3)
        rows = [move(row, id_, chance.randrange(12), chance.choice((1, 2, 3))) for row, id_ in enumerate(ids, 1)]
        rows.append(create(9, chance.choice((1, 2, 3)), chance.randrange(12)))
        try:
            await desk.part(Bulk).run(who, rows, dry_run=number % 5 == 0, key=None)
        except Problem as problem:
            seen.update(one["kind"] for one in problem.more.get("errors", [{"kind": problem.kind}]))

    await asyncio.gather(*(shuffle(who, number) for number in range(12) for who in (ADA, BOB, EVE)))
    assert seen <= {"slot-taken"}
    rows = await desk.database.fetch(
        """
        select
            reservation.id,
            count(*) as places,
            bool_and(lower(occupies) <= starts and upper(occupies) >= ends) as fits
        from booking.reservation
        join booking.allocation
            on occupant_id = reservation.id
           and active
        where state = 'ready'
        group by reservation.id
        """
    )
    ready = await desk.database.fetch_value("select count(*) from booking.reservation where state = 'ready'")
    assert len(rows) == ready >= 18
    assert {(row["places"], row["fits"]) for row in rows} == {(1, True)}


async def test_two_who_move_to_the_same_time_are_not_both_moved(desk: Desk) -> None:
    ids = [await desk.reserve(who, 1, start=TEN + hour * HOUR) for hour, who in enumerate((ADA, BOB))]
    answers = await asyncio.gather(
        *(
            desk.part(Bulk).run(who, [move(1, id_, 5)], dry_run=False, key=None)
            for who, id_ in zip((ADA, BOB), ids, strict=True)
        ),
        return_exceptions=True,
    )
    [problem] = [one for one in answers if isinstance(one, Problem)]
    assert [one["kind"] for one in problem.more["errors"]] == ["slot-taken"]
    assert [one[2] for one in await desk.occupied()].count(TEN + 5 * HOUR) == 1
