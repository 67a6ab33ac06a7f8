"""Every answer is one that the OpenAPI document describes, and none is a 5xx, whatever is sent and whoever sends it.

schemathesis reads the document and sends what it allows and what it forbids, to the real program.
``BERTH_PROOF_SCALE`` above 1 lets it also search at random, a quarter of a minute for each step.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acceptance.conftest import register, sign_in
from tests.acceptance.under_load.program import Program, running
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, temporary_database
from tests.scale import SCALE

pytestmark = [pytest.mark.proof, pytest.mark.timeout(240 * SCALE)]

SCHEMATHESIS = str(Path(sys.executable).with_name("schemathesis"))
SEARCH = ["--phases", "coverage", "--generation-deterministic"]
LONG_SEARCH = ["--phases", "coverage,fuzzing,stateful", "--max-time", str(15 * (SCALE - 1))]

DOES_NOT_APPLY = "positive_data_acceptance"
"""Takes every 422 to a body that the document allows for a fault. Many of our rules are beyond JSON Schema: the end
lies behind the start, a zone is one of the IANA's, a cursor is one that we gave, a password is hard to guess."""

LOGOUT, PERSON = "/logout$", r"/users/\{person_id\}"
"""What ends the session of the caller that sends it, or the account of anybody, the callers' own too. The rest would
be answered 401: so each is sent by those to whom it does no harm, and by an administrator to spare at the end."""

EXCLUDED = {"administrator": f"{LOGOUT}|{PERSON}", "user": LOGOUT}

Tokens = dict[str, str | None]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def described(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Program, Tokens]]:
    """The program on a database of its own, with people, and a little of everything that can be asked for."""
    data_dir = tmp_path_factory.mktemp("described") / "data"
    async with temporary_database(server_url) as url, running(data_dir, url) as program, program.client() as client:
        owner = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
        someone, user, admin, spare = [await register(client, "prober") for _ in range(4)]
        for one in (admin, spare):
            assert (await owner.patch(f"users/{one.id}", {"role": "admin"})).status_code == 200
        room = (await owner.post("resources", {"name": "R1", "kind": "room", "timezone": "Europe/Rome"})).json()["id"]
        assert (await owner.post("sites", {"name": "Campus"})).status_code == 201
        for day, caller in enumerate((user, someone, owner), 1):
            times = {"start": f"2031-03-0{day}T09:00:00Z", "end": f"2031-03-0{day}T10:00:00Z"}
            assert (await caller.post("reservations", {"resource_id": room, **times})).status_code == 201
        # Whoever searches waits ten seconds for the document, which takes a while to be written the first time.
        assert (await client.get("/api/v1/openapi.json", timeout=60)).status_code == 200
        yield program, {"administrator": admin.token, "user": user.token, "anonymous": None, "spare": spare.token}


SLOW = [pytest.param(one, marks=pytest.mark.slow) for one in ("anonymous", "user", "administrator")]


@pytest.mark.parametrize("who", [*SLOW, "spare"])
async def test_every_answer_is_described_and_none_is_a_server_error(
    who: str, described: tuple[Program, Tokens], tmp_path: Path
) -> None:
    program, tokens = described
    command = [SCHEMATHESIS, "run", f"{program.url}/api/v1/openapi.json", "--no-color", "--continue-on-failure"]
    command += ["--exclude-checks", DOES_NOT_APPLY, *(SEARCH if SCALE == 1 else LONG_SEARCH)]
    command += ["--header", f"Authorization: Bearer {tokens[who]}"] if tokens[who] else []
    command += ["--exclude-path-regex", EXCLUDED[who]] if who in EXCLUDED else []
    command += ["--include-path-regex", PERSON] if who == "spare" else []
    pipe, into = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT
    process = await asyncio.create_subprocess_exec(*command, cwd=tmp_path, stdout=pipe, stderr=into)
    said = (await process.communicate())[0].decode()
    assert process.returncode == 0, said[-10_000:]
    counts = re.search(r"Selected: (\d+)/\d+\s+Tested: (\d+)", said)
    assert counts, said[-2_000:]
    assert counts[1] == counts[2], "every operation was tested"
    if who in EXCLUDED:
        async with program.client(tokens[who]) as client:
            still = await client.get("/api/v1/users/me")
        assert still.status_code == 200, "it did not shut itself out on the way"
