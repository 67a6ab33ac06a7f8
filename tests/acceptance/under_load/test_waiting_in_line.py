"""Slots are freed at random while many wait, others try to take them, and Berth is killed in between.

Whatever is freed goes to whoever is next, nobody takes it over an offer, and nothing stays idle while somebody waits.
"""

import asyncio
import contextlib
import itertools
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.acceptance.under_load.line import read_line
from tests.acceptance.under_load.program import Program, running
from tests.acceptance.under_load.test_killed import kill_postgres, kill_server
from tests.acceptance.under_load.traffic import BASE, RETRY_SECONDS, Answer, Faculty, found_faculty
from tests.acceptance.under_load.wire import Line, Unanswered
from tests.scale import SCALE

pytestmark = [pytest.mark.proof, pytest.mark.timeout(120 if SCALE == 1 else 550)]

ROOMS, HOURS = (4, 5) if SCALE == 1 else (20, 10)
WAITING = 50 if SCALE == 1 else 500
ENTRIES_MAX = 20
PEOPLE = WAITING // ENTRIES_MAX + 2
KILLS = 1 if SCALE == 1 else 4
THIEVES, ANSWERERS = 4, 4
ANSWERS = ("accept", "decline", None, "accept", "leave", None, "accept", "decline", None, "accept")
"""In turn and not at random, so that each is given, however few offers there are."""

BACK_SECONDS_MAX = 90.0
LOG_TOLD = 10_000
HOUR = timedelta(hours=1)
TIMES = [BASE + number * HOUR for number in range(HOURS)]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def installation(new_data_dir: Callable[[], Path]) -> AsyncIterator[Program]:
    """The program with the PostgreSQL that it runs itself, as durable as it is for everybody; what it said is told."""
    async with running(new_data_dir()) as started:
        yield started
        print(started.log.read_text()[-LOG_TOLD:])


def span(start: datetime, hours: int = 1) -> dict[str, str]:
    return {"start": start.isoformat(), "end": (start + hours * HOUR).isoformat()}


async def insist(line: Line, method: str, path: str, body: object = None) -> Answer:
    """Ask until there is an answer, however often Berth is killed; it comes back each time."""
    answer: Answer | Unanswered | None = None
    give_up = time.monotonic() + BACK_SECONDS_MAX
    while time.monotonic() < give_up:
        try:
            answer = await line.send(method, path, body)
        except Unanswered as error:
            answer = error
        else:
            if answer[0] != 503:
                return answer
        await asyncio.sleep(RETRY_SECONDS)
    raise AssertionError(f"{method} {path} was not answered for {BACK_SECONDS_MAX} s: {answer!r}")


@dataclass
class Queue:
    """Rooms that are all taken, and people who wait for them."""

    faculty: Faculty
    chance: random.Random
    reserved: list[int] = field(default_factory=list)
    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    answers: Iterator[str | None] = field(default_factory=lambda: itertools.cycle(ANSWERS))
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def fill(self) -> None:
        """Reserve every hour of every room."""
        with contextlib.closing(Line(self.faculty.program.url, self.faculty.admin_token)) as line:
            for id_, start in itertools.product(self.faculty.resource_ids, TIMES):
                body = {"resource_id": id_, "title": f"{self.faculty.name} first"} | span(start)
                status, _, made = await line.send("POST", "reservations", body)
                assert status == 201, made
                self.reserved.append(made["id"])

    async def join_all(self) -> None:
        """Let people join: two for each slot, and the others for several rooms, any room, or any hour."""
        slots = [*itertools.product(self.faculty.resource_ids, TIMES)] * 2
        self.chance.shuffle(slots)
        for number in range(WAITING):
            body: dict[str, Any] = {"title": f"{self.faculty.name} waits {number}"}
            if number % 5:
                id_, start = slots.pop()
                body |= {"resource_id": id_} | span(start)
            else:
                body |= self.wish_of_another_kind()
            for person in range(number, number + PEOPLE):
                with self.faculty.line(person) as line:
                    status, _, told = await line.send("POST", "waitlist", body)
                if status == 201:
                    break
                # Nobody waits twice for the same.
                assert told["type"] in ("/problems/already-waiting", "/problems/too-many-entries"), told
            assert told["state"] == "waiting"

    def wish_of_another_kind(self) -> dict[str, Any]:
        kind, start = self.chance.randrange(3), self.chance.choice(TIMES)
        if kind == 0:
            return {"resource_ids": self.chance.sample(self.faculty.resource_ids, 2)} | span(start)
        if kind == 1:
            fits = {"kind": self.faculty.name, "capacity_min": self.chance.randint(1, ROOMS)}
            return {"any_of": fits} | span(start)
        return {"resource_id": self.chance.choice(self.faculty.resource_ids), "minutes": 60} | span(BASE, HOURS)

    async def free_all(self, kill: Callable[[], object]) -> None:
        """Give the slots up one by one, at random, by cancelling or by moving away; kill now and then, and go on."""
        far = BASE + timedelta(days=30)
        ids = list(self.reserved)
        self.chance.shuffle(ids)
        kills = {number * len(ids) // (KILLS + 1) for number in range(1, KILLS + 1)}
        with contextlib.closing(Line(self.faculty.program.url, self.faculty.admin_token)) as line:
            for number, id_ in enumerate(ids):
                if number in kills:
                    kill()
                if number % 3:
                    status, _, body = await insist(line, "POST", f"reservations/{id_}/cancel")
                else:
                    status, _, body = await insist(line, "PATCH", f"reservations/{id_}", span(far + number * HOUR))
                assert status == 200, body
                await asyncio.sleep(0.01)

    async def steal(self, number: int) -> None:
        """Try to reserve what others wait for, until all is freed."""
        chance = random.Random(f"thief {number}")
        with self.faculty.line(number) as line:
            while not self.over.is_set():
                body: dict[str, Any] = {"title": f"{self.faculty.name} steals {number}"} | span(chance.choice(TIMES))
                if chance.random() < 0.8:
                    body["resource_id"] = chance.choice(self.faculty.resource_ids)
                else:
                    body["any_of"] = {"kind": self.faculty.name}
                status, _, _ = await insist(line, "POST", "reservations", body)
                self.statuses["steal", status] += 1
                await asyncio.sleep(0.02)

    async def answer(self, people: Sequence[int]) -> None:
        """Accept, decline and leave, now one and now another of the people; some say nothing yet."""
        chance = random.Random(f"answer {people}")
        while not self.over.is_set():
            with self.faculty.line(chance.choice(people)) as line:
                _, _, page = await insist(line, "GET", "waitlist?state=offered&limit=200")
                for one in page["items"]:
                    verb = next(self.answers)
                    if verb == "leave":
                        status, _, _ = await insist(line, "DELETE", f"waitlist/{one['id']}")
                    elif verb:
                        status, _, _ = await insist(line, "POST", f"waitlist/{one['id']}/{verb}")
                    else:
                        continue
                    self.statuses[verb, status] += 1
            await asyncio.sleep(0.02)

    async def run(self, kill: Callable[[Program], Coroutine[Any, Any, None]] | None) -> None:
        """Do all of it at once, and kill now and then."""
        async with asyncio.TaskGroup() as group:

            def in_the_middle() -> None:
                if kill:
                    group.create_task(kill(self.faculty.program))

            freeing = group.create_task(self.free_all(in_the_middle))
            for number in range(THIEVES):
                group.create_task(self.steal(number))
            for number in range(ANSWERERS):
                group.create_task(self.answer(range(number, PEOPLE, ANSWERERS)))
            await freeing
            await asyncio.sleep(1)
            self.over.set()


SERVER = pytest.param(kill_server, marks=pytest.mark.slow)


@pytest.mark.parametrize("kill", [None, SERVER, kill_postgres], ids=lambda one: one and one.__name__)
async def test_what_is_freed_goes_down_the_line_in_its_order(
    kill: Callable[[Program], Coroutine[Any, Any, None]] | None, installation: Program
) -> None:
    name = f"line-{kill.__name__ if kill else 'alive'}"
    queue = Queue(await found_faculty(installation, name, resources=ROOMS, people=PEOPLE), random.Random(name))
    await queue.fill()
    await queue.join_all()
    await queue.run(kill)
    line = await read_line(installation.database_url, name, queue.faculty.resource_ids)
    assert line.amiss(queue.faculty.resource_ids, TIMES) == []
    states = Counter(one["state"] for one in line.entries)
    assert len(line.entries) == WAITING
    assert min(states["accepted"], states["declined"], states["left"]) > 0, states
    assert sum(one["offer_id"] is not None for one in line.entries) >= len(queue.reserved)
    assert {status for (what, status) in queue.statuses if what == "steal"} <= {201, 409}
    assert {status for (what, status) in queue.statuses if what != "steal"} <= {201, 204, 410}
