"""A real faculty's semester, imported into an empty Berth with the program, and a day of requests on top of it."""

import csv
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio

from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller, sign_in
from tests.acceptance.under_load.ledger import OVERLAPS
from tests.acceptance.under_load.program import running
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, temporary_database

UDINE = Path(__file__).parents[2] / "udine"
LECTURES = 5_898


def rows(name: str) -> list[dict[str, str]]:
    with (UDINE / name).open(newline="") as file:
        return list(csv.DictReader(file))


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def stored(url: str, sql: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def faculty(
    server_url: str, tmp_path: Path, home: Callable[[], Path]
) -> AsyncIterator[tuple[str, Terminal, Caller]]:
    """An empty Berth of its own: its database, its administrator's terminal, and the administrator."""
    async with temporary_database(server_url) as url, running(tmp_path / "data", url) as program:
        terminal = Terminal(program.url, home())
        done = await terminal("auth", "login", ADMIN_EMAIL, "--password-stdin", stdin=f"{ADMIN_PASSWORD}\n")
        assert done.code == 0, done.err
        async with program.client() as client:
            yield url, terminal, await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)


@pytest.mark.slow
async def test_the_semester_of_udine_is_stored_whole_and_a_day_of_requests_gets_the_answers_it_must(
    faculty: tuple[str, Terminal, Caller],
) -> None:
    url, terminal, admin = faculty
    files = (UDINE / "rooms.csv", UDINE / "lectures.csv")
    rooms, lectures = (await terminal("import", *files, "--json")).json["files"]
    assert (rooms["created"], rooms["sites_created"]) == (20, 1)
    assert (lectures["created"], lectures["refused"]) == (LECTURES, [])

    ids = {room["name"]: room["id"] for room in (await admin.get("resources", limit=200)).json()["items"]}
    wanted = {
        (one["title"], ids[one["resource"]], instant(one["start"]), instant(one["end"])) for one in rows("lectures.csv")
    }
    sql = """
    select title, resource_id, starts, ends
    from booking.reservation
    join booking.allocation on occupant_id = id
    where active and state = 'ready'
    """
    assert len(wanted) == LECTURES
    held = await stored(url, sql)
    assert len(held) == LECTURES
    assert set(held) == wanted

    again = (await terminal("import", *files, "--json")).json["files"]
    assert (again[0]["created"], again[0]["updated"], again[0]["unchanged"]) == (0, 0, 20)
    assert (again[1]["created"], again[1]["already_there"], again[1]["refused"]) == (0, LECTURES, [])
    assert sorted(await stored(url, sql)) == sorted(held)

    requests = rows("requests.csv")
    answers: list[httpx.Response] = [
        await admin.post(
            "reservations",
            {"resource_id": ids[one["resource"]], "start": one["start"], "end": one["end"], "title": "x"},
        )
        for one in requests
    ]
    assert [one.status_code for one in answers] == [int(one["expect"]) for one in requests]
    assert len(await stored(url, sql)) == LECTURES + sum(one["expect"] == "201" for one in requests)
    assert await stored(url, OVERLAPS) == []
