"""The program ``berth`` on a directory of its own: started, asked, killed and stopped as an operator does."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import httpx
import psutil
import pytest

from berth.kit.embedded_pg.server import running_process
from tests.database.kit.conftest import until
from tests.forking import run

BERTH = str(Path(sys.executable).with_name("berth"))


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


class Installation:
    """One data directory and port, and commands run with them."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.url = f"http://127.0.0.1:{free_port()}"
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BERTH_")}
        port = self.url.rpartition(":")[2]
        self.environment = {**clean, "BERTH_DATA_DIR": str(data_dir), "BERTH_PORT": port}

    async def run(self, *command: str, **more: str) -> tuple[int, str, str]:
        environment = {**self.environment, **more}
        return await asyncio.to_thread(run, command, environment, self.data_dir.parent, "")

    async def answers(self) -> bool:
        with contextlib.suppress(httpx.TransportError):
            async with httpx.AsyncClient() as client:
                return (await client.get(f"{self.url}/api/v1/openapi.json")).status_code == 200
        return False

    async def signs_in(self) -> int:
        """Answer the status of a question that needs the database."""
        async with httpx.AsyncClient() as client:
            form = {"username": "nobody", "password": "nothing"}
            return (await client.post(f"{self.url}/api/v1/token", data=form)).status_code

    @contextlib.asynccontextmanager
    async def serving(self) -> AsyncIterator[asyncio.subprocess.Process]:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            BERTH, "serve", cwd=self.data_dir.parent, env=self.environment, stdout=pipe, stderr=pipe
        )
        draining = asyncio.create_task(process.communicate())
        try:
            await until(self.answers, 90)
            yield process
            await asyncio.wait_for(draining, 30)
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()


async def test_the_life_of_an_installation(closed_dir: Path) -> None:
    berth = Installation(closed_dir / "data")
    code, _, complaint = await berth.run("db", "url")
    assert code == 1
    assert "There is no installation in" in complaint
    assert "Traceback" not in complaint

    async with berth.serving() as process:
        address, second, migrated, examined = await asyncio.gather(
            berth.run("db", "url"), berth.run("serve"), berth.run("migrate"), berth.run("doctor", "--json")
        )
        assert second[0] == 1
        assert f"already running on this data directory (process {process.pid})" in second[2]
        assert "Traceback" not in second[2]
        assert migrated[:2] == (0, "Nothing to apply: the schema is up to date.\n")
        findings = {one["about"]: one for one in json.loads(examined[1])}
        assert examined[0] == 0, examined[1]
        assert findings["port"]["says"].startswith("Berth answers")
        assert findings["schema"]["state"] == "fine"
        connection = await asyncpg.connect(address[1].strip())
        assert await connection.fetchval("select count(*) from berth.migration") > 0
        await connection.close()

        os.kill(running_process(berth.data_dir), signal.SIGKILL)
        statuses = {await berth.signs_in()}

        async def recovered() -> bool:
            statuses.add(status := await berth.signs_in())
            return status == 401

        await until(recovered, 20)
        assert statuses <= {401, 503}
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0
    assert running_process(berth.data_dir) is None
    assert (await berth.run("db", "url")) == address, "the address is the same when it does not run"


async def test_migrate_prepares_a_database_that_nobody_serves_yet(closed_dir: Path) -> None:
    berth = Installation(closed_dir / "data")
    code, said, _ = await berth.run("migrate", "--phase", "pre", "--json")
    assert code == 0
    assert {one["schema"] for one in json.loads(said)} >= {"identity", "catalog", "booking"}
    assert running_process(berth.data_dir) is None
    code, said, _ = await berth.run("migrate", "--phase", "post", "--json")
    assert code == 0
    assert "booking" in {one["schema"] for one in json.loads(said)}
    code, said, _ = await berth.run("migrate")
    assert (code, said) == (0, "Nothing to apply: the schema is up to date.\n")


@pytest.mark.slow
async def test_killed_and_started_again(closed_dir: Path) -> None:
    berth = Installation(closed_dir / "data")
    async with berth.serving() as process:
        postgres = running_process(berth.data_dir)
        process.kill()
    assert psutil.pid_exists(postgres), "PostgreSQL finishes what it was told, and waits for the next start"
    code, said, _ = await berth.run("doctor")
    assert code == 0
    assert "left behind by a Berth that was killed" in said
    async with berth.serving() as process:
        assert running_process(berth.data_dir) == postgres
        process.send_signal(signal.SIGINT)
    assert running_process(berth.data_dir) is None
    assert process.returncode == 0


async def test_what_cannot_be_is_told_in_a_sentence(closed_dir: Path) -> None:
    berth = Installation(closed_dir / "data")
    nowhere, strange = "postgresql://nobody@127.0.0.1:1/berth", "mysql://nobody@127.0.0.1/berth"
    answers = await asyncio.gather(
        berth.run("serve", BERTH_DATABASE_URL=nowhere),
        berth.run("migrate", BERTH_DATABASE_URL=strange),
        berth.run("doctor", BERTH_PORT="many"),
    )
    reasons = ("PostgreSQL cannot be reached", "should look like postgresql://", "BERTH_PORT")
    for (code, _, complaint), reason in zip(answers, reasons, strict=True):
        assert code == 1
        assert reason in complaint
        assert "Traceback" not in complaint
