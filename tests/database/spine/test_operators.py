"""`berth events` as an operator types it, on a database with events in all their states."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest_asyncio

from berth.kit.outbox.pace import Bell
from berth.kit.outbox.write import Outbox
from tests.database.kit.conftest import until
from tests.database.spine.conftest import LOGGED, HornSounded, ShipSighted
from tests.forking import run

BERTH = str(Path(sys.executable).with_name("berth"))

LETTERS = """
insert into catalog.dead_letter
    (group_name, source, number, type, subject, data, occurred_at, attempts, error, died_at)
values
    ('logbook', 'booking', 1, $1, 'ship/1', '{"ship": 1}', now(), 10, 'OSError(''no ink'')', now()),
    ('logbook', 'booking', 2, $1, 'ship/1', '{"ship": 1}', now(), 10, 'OSError(''no ink'')', now() - interval '1 h'),
    ('ears', 'booking', 2, $1, 'ship/1', '{"ship": 1}', now(), 10, 'OSError(''deaf'')', now() - interval '2 h')
"""

INBOX = """
insert into catalog.inbox (group_name, source, number, type, subject, data, occurred_at, attempts, handled_at)
select group_name, source, number, type, subject, data, occurred_at, attempts, now()
from catalog.dead_letter
"""


@dataclass
class Operator:
    """Runs commands on one database, and looks behind them."""

    connection: asyncpg.Connection
    directory: Path
    environment: dict[str, str]

    async def start(self, *words: str) -> asyncio.subprocess.Process:
        pipe, none = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        return await asyncio.create_subprocess_exec(
            BERTH, "events", *words, cwd=self.directory, env=self.environment, stdin=none, stdout=pipe, stderr=pipe
        )

    async def run(self, *words: str) -> tuple[int, str, str]:
        done = await asyncio.to_thread(run, ["events", *words], self.environment, self.directory, "")
        assert "Traceback" not in done[2], done[2]
        return done

    async def answer(self, *words: str) -> list[dict]:
        code, said, complained = await self.run(*words, "--json")
        assert code == 0, complained
        return json.loads(said)

    async def sight(self, ship: int, kind: type[ShipSighted] = ShipSighted) -> None:
        await Outbox("booking", Bell()).write(self.connection, [kind(ship, 0)])

    async def left(self) -> set[tuple[str, int]]:
        rows = await self.connection.fetch("select group_name, number from catalog.dead_letter")
        return {(row["group_name"], row["number"]) for row in rows}

    async def waiting(self) -> list[tuple[str, int, int]]:
        rows = await self.connection.fetch(
            "select group_name, number, attempts from catalog.inbox where handled_at is null order by id"
        )
        return [tuple(row) for row in rows]


@pytest_asyncio.fixture(loop_scope="session")
async def operator(empty_url: str, tmp_path: Path) -> AsyncIterator[Operator]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BERTH_")}
    environment = {**clean, "BERTH_DATA_DIR": str(tmp_path / "data"), "BERTH_DATABASE_URL": empty_url, "COLUMNS": "200"}
    connection = await asyncpg.connect(empty_url)
    await connection.execute("delete from booking.outbox")
    yield Operator(connection, tmp_path, environment)
    await connection.close()


async def test_listing(operator: Operator) -> None:
    await operator.sight(1)
    await operator.sight(2, HornSounded)
    await operator.connection.execute("update booking.outbox set published_at = now() where subject = 'ship/1'")
    everything, horns, elsewhere, late = await asyncio.gather(
        operator.run("list"),
        operator.answer("list", "--type", "*horn*", "--subject", "ship/2", "--source", "booking", "--since", "1h"),
        operator.answer("list", "--source", "catalog"),
        operator.answer("list", "--since", "2999-01-01T00:00Z"),
    )
    rows = [line.split() for line in everything[1].splitlines()]
    assert [(row[2], row[4], row[5]) for row in rows if LOGGED in row] == [("booking/1", "ship/1", "published")]
    assert [row[5] for row in rows if "booking/2" in row] == ["waiting"]
    (horn,) = horns
    assert (horn["id"], horn["subject"], horn["published_at"]) == ("booking/2", "ship/2", None)
    assert horn["data"] == {"ship": 2, "place": 0}
    assert elsewhere == late == []


async def test_following(operator: Operator) -> None:
    await operator.sight(1)
    process = await operator.start("tail", "--subject", "ship/*", "--json")

    async def looks() -> bool:
        return await operator.connection.fetchval(
            """
            select count(*)
            from pg_stat_activity
            where datname = current_database()
              and query like '%.outbox%id = any%'
              and pid <> pg_backend_pid()
            """
        )

    await until(looks, 30)
    await operator.sight(2)
    await operator.sight(3, HornSounded)
    lines = [json.loads(await asyncio.wait_for(process.stdout.readline(), 20)) for _ in range(2)]
    assert [one["subject"] for one in lines] == ["ship/2", "ship/3"], "what was there before is not told"
    process.send_signal(signal.SIGINT)
    said, complained = await asyncio.wait_for(process.communicate(), 20)
    assert (process.returncode, said, complained) == (0, b"", b"")


async def test_dead_letters_are_shown(operator: Operator) -> None:
    assert "No dead letters." in (await operator.run("dead"))[1]
    await operator.connection.execute(LETTERS.replace("$1", f"'{LOGGED}'"))
    shown, of_ears = await asyncio.gather(operator.run("dead"), operator.answer("dead", "--group", "ears"))
    assert [line.split()[:2] for line in shown[1].splitlines() if LOGGED in line] == [
        ["logbook", "booking/1"],
        ["logbook", "booking/2"],
        ["ears", "booking/2"],
    ]
    (letter,) = of_ears
    assert (letter["module"], letter["attempts"], letter["error"]) == ("catalog", 10, "OSError('deaf')")
    assert letter["data"] == {"ship": 1}


async def test_replaying(operator: Operator) -> None:
    await operator.connection.execute(LETTERS.replace("$1", f"'{LOGGED}'"))
    await operator.connection.execute(INBOX)
    heard: asyncio.Queue[str] = asyncio.Queue()
    await operator.connection.add_listener("berth_inbox", lambda *news: heard.put_nowait(news[-1]))
    unknown, missing, unclear = await asyncio.gather(
        operator.run("replay", "nobody", "booking/1"),
        operator.run("replay", "logbook", "booking/1", "booking/9"),
        operator.run("replay", "logbook"),
    )
    assert unknown[0] == missing[0] == unclear[0] == 1
    assert "There is no group nobody" in unknown[2]
    assert "logbook has no dead letter booking/9" in missing[2]
    assert "or --all" in unclear[2]
    assert await operator.waiting() == [], "what is refused changes nothing"

    assert (await operator.run("replay", "logbook", "booking/1"))[:2] == (0, "1 put back.\n")
    assert await operator.left() == {("logbook", 2), ("ears", 2)}
    assert await operator.waiting() == [("logbook", 1, 0)]
    assert await asyncio.wait_for(heard.get(), 10) == "catalog"

    assert (await operator.run("replay", "--all", "--group", "ears"))[:2] == (0, "1 put back.\n")
    assert await operator.left() == {("logbook", 2)}
    assert (await operator.run("replay", "--all"))[:2] == (0, "1 put back.\n")
    code, _, complained = await operator.run("replay", "--all")
    assert code == 1
    assert "There are no such dead letters" in complained


async def test_dropping(operator: Operator) -> None:
    await operator.connection.execute(LETTERS.replace("$1", f"'{LOGGED}'"))
    code, asked, _ = await operator.run("drop", "logbook", "--all")
    assert code == 1, "nobody is there to say yes"
    assert "Drop 2 of logbook for good?" in asked
    assert len(await operator.left()) == 3
    assert (await operator.run("drop", "logbook", "booking/2", "--yes"))[:2] == (0, "1 dropped.\n")
    assert await operator.left() == {("logbook", 1), ("ears", 2)}
    assert (await operator.run("drop", "--all", "--yes"))[:2] == (0, "2 dropped.\n")
    assert await operator.waiting() == []


async def test_what_waits(operator: Operator) -> None:
    await operator.sight(1)
    await operator.connection.execute(LETTERS.replace("$1", f"'{LOGGED}'"))
    await operator.connection.execute(INBOX)
    await operator.connection.execute("update catalog.inbox set handled_at = null where number = 1")
    shown, found = await asyncio.gather(operator.run("lag"), operator.answer("lag"))
    modules = {one["schema"]: one for one in found}
    assert modules["booking"]["unpublished"] == 1
    groups = {one["group"]: one for one in modules["catalog"]["groups"]}
    assert (groups["logbook"]["waiting"], groups["logbook"]["failing"], groups["logbook"]["dead"]) == (1, 1, 2)
    assert groups["ears"]["dead"] == 1
    assert any(line.split()[:3] == ["catalog", "logbook", "1"] for line in shown[1].splitlines())


async def test_what_cannot_be_is_told_in_a_sentence(operator: Operator, server_url: str) -> None:
    answers = await asyncio.gather(
        operator.run("list", "--source", "nowhere"),
        operator.run("list", "--since", "sometime"),
        operator.run("replay", "--all", "--module", "nowhere"),
    )
    reasons = ("There is no module nowhere", "'sometime' is not a time", "There is no module nowhere")
    for (code, _, complained), reason in zip(answers, reasons, strict=True):
        assert code == 1
        assert reason in complained
    operator.environment["BERTH_DATABASE_URL"] = server_url
    code, _, complained = await operator.run("lag")
    assert code == 1
    assert "run `berth migrate`" in complained


async def test_the_schema_needs_no_database(operator: Operator) -> None:
    operator.environment["BERTH_DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/berth"
    code, said, _ = await operator.run("schema")
    assert code == 0
    assert json.loads(said)["asyncapi"] == "3.0.0"
