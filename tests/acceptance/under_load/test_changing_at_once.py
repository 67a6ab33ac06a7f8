"""Moved, changed, cancelled and closed by many at the same time: each ends as its last acknowledged version says."""

import asyncio
import contextlib
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from tests.acceptance.under_load.ledger import as_shown, as_stored, read
from tests.acceptance.under_load.program import Program
from tests.acceptance.under_load.traffic import BASE, Answer, Faculty, found_faculty
from tests.acceptance.under_load.wire import Line
from tests.scale import SCALE

pytestmark = [pytest.mark.proof, pytest.mark.timeout(240 * SCALE)]

CLIENTS = 16
STEPS = 60 * SCALE
SLOTS = 6
HOUR = timedelta(hours=1)


def slot(chance: random.Random) -> dict[str, str]:
    start = BASE + chance.randrange(SLOTS) * HOUR
    return {"start": start.isoformat(), "end": (start + HOUR).isoformat()}


def change(faculty: Faculty, chance: random.Random) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if chance.random() < 0.8:
        wanted |= slot(chance)
    if chance.random() < 0.5:
        wanted["resource_ids"] = chance.sample(faculty.resource_ids, chance.randint(1, 3))
    return wanted or {"title": f"moving {chance.randrange(1000)}"}


@dataclass
class Crowd:
    """People who change the same few reservations, and the last version that anybody heard of each."""

    faculty: Faculty
    last: dict[int, dict[str, Any]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)

    def hear(self, answer: Answer) -> None:
        status, _, body = answer
        self.statuses[status] += 1
        if status in (200, 201) and body["version"] > self.last.get(body["id"], {"version": 0})["version"]:
            self.last[body["id"]] = body

    async def work(self, number: int) -> None:
        """Reserve a little, then move and now and then cancel whatever there is."""
        chance = random.Random(number)
        with self.faculty.line(number) as line:
            for step in range(STEPS):
                if step < STEPS / 20:
                    ids = chance.sample(self.faculty.resource_ids, chance.randint(1, 3))
                    body = {"resource_ids": ids, "title": f"moving {number}-{step}", **slot(chance)}
                    self.hear(await line.send("POST", "reservations", body))
                elif self.last and chance.random() < 0.02:
                    self.hear(await line.send("POST", f"reservations/{chance.choice(list(self.last))}/cancel"))
                elif self.last:
                    path = f"reservations/{chance.choice(list(self.last))}"
                    self.hear(await line.send("PATCH", path, change(self.faculty, chance)))

    async def paint(self, stop: asyncio.Event) -> None:
        """Close and open rooms until there is nobody left to disturb."""
        chance = random.Random("paint")
        with contextlib.closing(Line(self.faculty.program.url, self.faculty.admin_token)) as line:
            while not stop.is_set():
                closed = {"resource_ids": chance.sample(self.faculty.resource_ids, 3), "reason": "Painting"}
                status, _, body = await line.send("POST", "blackouts", closed | slot(chance))
                self.statuses[status] += 1
                if status == 201:
                    status, _, _ = await line.send("DELETE", f"blackouts/{body['id']}")
                    assert status == 204


async def test_reservations_moved_at_random_by_16_clients_end_as_they_were_last_told(program: Program) -> None:
    crowd = Crowd(await found_faculty(program, "moving", resources=6, people=1))
    stop = asyncio.Event()
    painting = asyncio.create_task(crowd.paint(stop))
    async with asyncio.TaskGroup() as group:
        for number in range(CLIENTS):
            group.create_task(crowd.work(number))
    stop.set()
    await painting
    assert crowd.statuses.keys() == {200, 201, 409}
    ledger = await read(program.database_url, "moving ")
    assert ledger.overlaps == []
    told = {id_: as_shown(answer) for id_, answer in crowd.last.items()}
    for row in ledger.rows:
        held, last = as_stored(row), told.pop(row["id"])
        assert held[:-1] == last[:-1]
        assert held[-1] == ([] if row["state"] == "cancelled" else last[-1])
    assert told == {}
