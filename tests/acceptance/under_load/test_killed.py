"""Killed in the middle of the load, the server or PostgreSQL: what was acknowledged stays, nothing is made twice."""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest
import pytest_asyncio

from berth.kit.embedded_pg.server import running_process
from tests.acceptance.under_load.ledger import prove
from tests.acceptance.under_load.program import Program, running
from tests.acceptance.under_load.traffic import Told, Wish, ask, found_faculty, insist_on_all, wish
from tests.scale import SCALE

pytestmark = [pytest.mark.proof, pytest.mark.timeout(240 * SCALE)]

CLIENTS = 16
MADE_BETWEEN_KILLS = 60
KILLS = 2 * SCALE
REPEATED = 40


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def installation(new_data_dir: Callable[[], Path]) -> AsyncIterator[Program]:
    """The program with the PostgreSQL that it runs itself, as durable as it is for everybody."""
    async with running(new_data_dir()) as started:
        yield started


async def kill_server(program: Program) -> None:
    await program.kill()
    await program.start()


async def kill_postgres(program: Program) -> None:
    os.kill(await postmaster(program), signal.SIGKILL)


async def postmaster(program: Program) -> int:
    """Answer the process of PostgreSQL; what was answered just before the last kill may be counted after it."""
    for _ in range(600):
        if pid := running_process(program.data_dir):
            return pid
        await asyncio.sleep(0.05)
    raise AssertionError("PostgreSQL was not started again within half a minute")


async def kill_backend(program: Program) -> None:
    """Kill one session: PostgreSQL then throws out all the others, and recovers."""
    connection = await asyncpg.connect(program.database_url)
    try:
        pids = await connection.fetch("select pid from pg_stat_activity where application_name = 'berth'")
        assert pids, "Berth has sessions under load"
        os.kill(pids[0]["pid"], signal.SIGKILL)
    finally:
        connection.terminate()


async def kill_both(program: Program) -> None:
    postgres = psutil.Process(await postmaster(program))
    await program.kill()
    postgres.kill()
    await program.start()


ONE = [pytest.param(one, marks=pytest.mark.slow) for one in (kill_server, kill_postgres, kill_backend)]


@pytest.mark.parametrize("kill", [*ONE, kill_both], ids=lambda one: one.__name__)
async def test_what_was_acknowledged_is_there_after_kill_9_and_every_wish_was_fulfilled_once_or_not_at_all(
    installation: Program, kill: Callable[[Program], Awaitable[None]]
) -> None:
    name = kill.__name__
    faculty = await found_faculty(installation, name, resources=10, people=1)
    chance, told, over = random.Random(name), Told(), asyncio.Event()
    asked: list[Wish] = []

    def wishes() -> Iterator[Wish]:
        while not over.is_set():
            number = len(asked)
            asked.append(wish(faculty, f"{name} {number}", chance, quarters=20_000, key=f"{name}-{number}"))
            yield asked[-1]

    async def killing() -> None:
        try:
            for _ in range(KILLS):
                await told.more_made(MADE_BETWEEN_KILLS)
                await kill(installation)
            await told.more_made(MADE_BETWEEN_KILLS)
        finally:
            over.set()

    async with asyncio.TaskGroup() as group:
        group.create_task(killing())
        group.create_task(insist_on_all(faculty, wishes(), told, CLIENTS, over.is_set))

    if kill in (kill_server, kill_both):
        assert told.unanswered, "the kill came in the middle of the load; one of PostgreSQL alone may be bridged"
    assert told.statuses.keys() == {one.title for one in asked}
    assert set(told.statuses.values()) <= {201, 409}
    await prove(installation.database_url, f"{name} ", told)
    first_answers = {one.title: (told.statuses[one.title], told.made.get(one.title)) for one in asked}
    with faculty.line(0) as line:
        for one in asked[-REPEATED:]:
            status, _, body = await ask(line, one)
            assert (status, body if status == 201 else None) == first_answers[one.title]
    await prove(installation.database_url, f"{name} ", told)
