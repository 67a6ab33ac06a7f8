"""People who reserve at the same time: what they wish for, how they ask, and what they were told."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.acceptance.conftest import Caller, register, sign_in
from tests.acceptance.under_load.program import Program
from tests.acceptance.under_load.wire import Line, Unanswered
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD

BASE = datetime(2031, 3, 1, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
RETRY_SECONDS = 0.05


@dataclass(frozen=True)
class Wish:
    """A reservation that somebody wants; its title is no other's."""

    title: str
    body: dict[str, Any]
    key: str | None = None


Answer = tuple[int, dict[str, str], Any]


@dataclass
class Told:
    """What the program answered: the status of every wish by its title, and what each success said."""

    statuses: dict[str, int] = field(default_factory=dict)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    replayed: int = 0
    unanswered: int = 0
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def note(self, wish: Wish, answer: Answer) -> None:
        status, headers, body = answer
        async with self.news:
            self.statuses[wish.title] = status
            self.replayed += "idempotency-replayed" in headers
            if status == 201:
                self.made[wish.title] = body
            self.news.notify_all()

    async def more_made(self, count: int) -> None:
        """Wait until so many more reservations have been acknowledged."""
        enough = len(self.made) + count
        async with self.news:
            await self.news.wait_for(lambda: len(self.made) >= enough)


@dataclass(frozen=True)
class Faculty:
    """Resources and people of one test."""

    program: Program
    admin_token: str
    tokens: Sequence[str]
    resource_ids: Sequence[int]
    name: str

    @contextlib.contextmanager
    def line(self, number: int) -> Iterator[Line]:
        """Lend a connection of one of the people."""
        with contextlib.closing(Line(self.program.url, self.tokens[number % len(self.tokens)])) as line:
            yield line


async def found_faculty(program: Program, name: str, resources: int, people: int = 4) -> Faculty:
    """Make resources of growing capacity, and people who may reserve them."""
    async with program.client() as client:
        admin = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
        sheet = "".join(f"{name} {number:03},{name},{number + 1},UTC\n" for number in range(resources))
        made = await admin.post(
            "resources/import",
            content=f"name,kind,capacity,timezone\n{sheet}",
            headers={"Content-Type": "text/csv"},
        )
        assert made.status_code == 200, made.text
        found = await admin.get("resources", kind=name, limit=200)
        callers: list[Caller] = [await register(client, f"{name}-") for _ in range(people)]
        ids = [one["id"] for one in found.json()["items"]]
        return Faculty(program, admin.token, [one.token for one in callers], ids, name)


def wish(faculty: Faculty, title: str, chance: random.Random, *, quarters: int, key: str | None = None) -> Wish:
    """Answer a wish for one resource, several together or any that fits, somewhere in the first quarters of an hour."""
    start = BASE + chance.randrange(quarters) * QUARTER
    end = start + chance.randint(1, 8) * QUARTER
    body: dict[str, Any] = {"start": start.isoformat(), "end": end.isoformat(), "title": title}
    kind = chance.random()
    if kind < 0.7:
        body["resource_id"] = chance.choice(faculty.resource_ids)
    elif kind < 0.85:
        body["resource_ids"] = chance.sample(faculty.resource_ids, chance.randint(2, 4))
    else:
        body["any_of"] = {"kind": faculty.name, "capacity_min": chance.randint(1, len(faculty.resource_ids))}
    return Wish(title, body, key)


async def ask(line: Line, one: Wish) -> Answer:
    return await line.send("POST", "reservations", one.body, {"Idempotency-Key": one.key} if one.key else {})


async def ask_for_all(faculty: Faculty, wishes: Iterable[Wish], told: Told, clients: int) -> None:
    """Let clients take one wish after the other until none is left."""
    left: Iterator[Wish] = iter(wishes)

    async def work(number: int) -> None:
        with faculty.line(number) as line:
            for one in left:
                await told.note(one, await ask(line, one))

    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(work(number))


async def insist_on_all(
    faculty: Faculty, wishes: Iterable[Wish], told: Told, clients: int, enough: Callable[[], bool]
) -> None:
    """As ``ask_for_all``, but ask again with the same key whenever there was no answer, or no certain one."""
    left: Iterator[Wish] = iter(wishes)

    async def work(number: int) -> None:
        with faculty.line(number) as line:
            for one in left:
                await told.note(one, await _insist(line, one, told))
                if enough():
                    return

    async with asyncio.TaskGroup() as group:
        for number in range(clients):
            group.create_task(work(number))


async def _insist(line: Line, one: Wish, told: Told) -> Answer:
    while True:
        with contextlib.suppress(Unanswered):
            answer = await ask(line, one)
            if answer[0] != 503:
                return answer
        told.unanswered += 1
        await asyncio.sleep(RETRY_SECONDS)
