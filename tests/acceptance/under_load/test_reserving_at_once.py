"""However many reserve at the same time, through the real program on a real port: never the same slot twice."""

import asyncio
import random
from collections import Counter
from datetime import timedelta

import pytest

from tests.acceptance.under_load.ledger import prove, read
from tests.acceptance.under_load.program import Program
from tests.acceptance.under_load.traffic import BASE, Told, Wish, ask, ask_for_all, found_faculty, wish
from tests.acceptance.under_load.wire import Line
from tests.scale import SCALE

pytestmark = [pytest.mark.proof, pytest.mark.timeout(240 * SCALE)]

RACERS = 200
ROUNDS = 4 * SCALE
CLIENTS = 32
RESERVATIONS = 2_000 * SCALE


async def test_200_clients_race_for_one_slot_and_one_gets_it_in_each_round(program: Program) -> None:
    faculty = await found_faculty(program, "race", resources=1)
    lines = [Line(program.url, faculty.tokens[number % len(faculty.tokens)]) for number in range(RACERS)]
    told = Told()

    async def race(round_number: int, racer: int) -> int:
        start = BASE + round_number * timedelta(hours=1)
        body = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
        title = f"race {round_number}-{racer}"
        one = Wish(title, {"resource_id": faculty.resource_ids[0], "title": title, **body})
        answer = await ask(lines[racer], one)
        await told.note(one, answer)
        return answer[0]

    for round_number in range(ROUNDS):
        statuses = await asyncio.gather(*(race(round_number, racer) for racer in range(RACERS)))
        assert Counter(statuses) == {201: 1, 409: RACERS - 1}
    for line in lines:
        line.close()
    ledger = await prove(program.database_url, "race ", told)
    assert len(ledger.rows) == ROUNDS


async def test_random_reservations_of_32_clients_over_50_resources_never_overlap(program: Program) -> None:
    faculty = await found_faculty(program, "random", resources=50)
    chance, told = random.Random(3), Told()
    quarters = 10 * 24 * 4 * SCALE
    wishes = (wish(faculty, f"random {number}", chance, quarters=quarters) for number in range(RESERVATIONS))
    await ask_for_all(faculty, wishes, told, CLIENTS)
    assert len(told.statuses) == RESERVATIONS
    assert set(told.statuses.values()) == {201, 409}
    ledger = await prove(program.database_url, "random ", told)
    together = [row for row in ledger.rows if len(row["resource_ids"]) > 1]
    assert len(ledger.rows) > RESERVATIONS / 5
    assert len(together) > RESERVATIONS / 100


async def test_whoever_takes_any_that_fits_gets_one_as_long_as_one_is_free(program: Program) -> None:
    faculty = await found_faculty(program, "lucky", resources=30)
    told = Told()
    end = BASE + timedelta(hours=1)
    body = {"any_of": {"kind": "lucky"}, "start": BASE.isoformat(), "end": end.isoformat()}
    wishes = [Wish(f"lucky {number}", {**body, "title": f"lucky {number}"}) for number in range(100)]
    await ask_for_all(faculty, wishes, told, clients=100)
    assert Counter(told.statuses.values()) == {201: 30, 409: 70}
    ledger = await read(program.database_url, "lucky ")
    assert sorted(row["resource_ids"] for row in ledger.rows) == [[one] for one in sorted(faculty.resource_ids)]
    await prove(program.database_url, "lucky ", told)
