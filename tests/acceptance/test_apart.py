"""Identity, catalog and booking as three programs: what was one Berth still is one, as far as anybody can tell."""

import asyncio
import contextlib
import itertools
import json
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import asyncpg
import httpx
import pytest
import pytest_asyncio

from berth.app.assemble import AssemblyRefused, in_order
from berth.app.describe import openapi_document
from berth.app.modules import known_names
from berth.kit.module import Built, Module
from berth.kit.refusal import Refused
from tests.acceptance.conftest import Caller, register, sign_in
from tests.acceptance.under_load.program import Program, free_port
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD, temporary_database
from tests.forking import run

MODULES = ("identity", "catalog", "booking")
NOBODY_THERE = "nats://127.0.0.1:9"
NO_ACCESS = "access=http://127.0.0.1:9"
"""Booking needs access only where somebody comes with a code."""
SLOT = {"start": "2031-03-03T09:00:00Z", "end": "2031-03-03T10:00:00Z"}


@dataclass(frozen=True)
class Split:
    """The programs by the module that each serves, and a client of each that is not signed in."""

    programs: Mapping[str, Program]
    clients: Mapping[str, httpx.AsyncClient]

    def at(self, module: str, caller: Caller) -> Caller:
        """Answer the caller, speaking to the service of this module."""
        return Caller(self.clients[module], caller.id, caller.username, caller.password, caller.token)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def split(server_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Split]:
    """The three, started together on an empty database, with a broker that is not there."""
    data_dir = tmp_path_factory.mktemp("apart") / "data"
    ports = {module: free_port() for module in MODULES}
    more = {
        "BERTH_BROKER_URL": NOBODY_THERE,
        "BERTH_SERVICES": " ".join(
            [*(f"{module}=http://127.0.0.1:{port}" for module, port in ports.items()), NO_ACCESS]
        ),
        "BERTH_DATABASE_CONNECTIONS_MAX": "5",
    }
    async with temporary_database(server_url) as url, contextlib.AsyncExitStack() as stack:
        programs = {
            module: Program(data_dir, url, modules=[module], port=port, more=more) for module, port in ports.items()
        }
        for one in programs.values():
            stack.push_async_callback(one.stop)
        await asyncio.gather(*(one.start() for one in programs.values()))
        clients = {module: await stack.enter_async_context(one.client()) for module, one in programs.items()}
        yield Split(programs, clients)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def admin(split: Split) -> Caller:
    return await sign_in(split.clients["identity"], ADMIN_EMAIL, ADMIN_PASSWORD)


@pytest_asyncio.fixture
async def sailor(split: Split) -> Caller:
    """A person who speaks to booking."""
    return split.at("booking", await register(split.clients["identity"], "apart"))


@pytest_asyncio.fixture
async def room(split: Split, admin: Caller, unique: itertools.count) -> int:
    body = {"name": f"Dock {next(unique)}", "kind": "room", "timezone": "Europe/Rome"}
    made = await split.at("catalog", admin).post("resources", body)
    assert made.status_code == 201, made.text
    return made.json()["id"]


async def reserve(caller: Caller, room: int) -> httpx.Response:
    return await caller.post("reservations", {"resource_id": room, "title": "Survey", **SLOT})


async def test_a_reservation_is_made_with_what_three_services_know(sailor: Caller, room: int) -> None:
    made = await reserve(sailor, room)
    assert made.status_code == 201, made.text
    assert made.json()["owner"] == {"id": sailor.id, "name": "Apart"}
    assert made.json()["resources"][0]["name"].startswith("Dock")
    again = await reserve(sailor, room)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/slot-taken")


async def test_somebody_deactivated_at_identity_is_refused_at_once_by_booking(
    split: Split, admin: Caller, sailor: Caller
) -> None:
    assert (await sailor.get("reservations/my")).status_code == 200
    assert (await admin.patch(f"users/{sailor.id}", {"active": False})).status_code == 200
    refused = await sailor.get("reservations/my")
    assert (refused.status_code, refused.json()["type"]) == (401, "/problems/not-signed-in")


async def test_booking_serves_again_when_catalog_is_back(split: Split, sailor: Caller, room: int) -> None:
    await split.programs["catalog"].kill()
    away = await reserve(sailor, room)
    assert away.status_code == 503, away.text
    assert away.headers["Retry-After"] == "1"
    assert (away.json()["type"], away.json()["service"]) == ("/problems/service-away", "catalog")
    assert (await split.clients["booking"].get("/health")).status_code == 200
    await split.programs["catalog"].start()
    assert (await reserve(sailor, room)).status_code == 201


async def test_without_identity_nobody_is_told_that_a_good_token_is_bad(split: Split, sailor: Caller) -> None:
    await split.programs["identity"].kill()
    for answer in (await sailor.get("reservations/my"), await reserve(sailor, 1)):
        assert (answer.status_code, answer.json()["service"]) == (503, "identity")
    await split.programs["identity"].start()
    assert (await sailor.get("reservations/my")).status_code == 200


@pytest.mark.slow
async def test_booking_starts_and_answers_503_while_the_others_are_not_there_yet(split: Split, sailor: Caller) -> None:
    for module in MODULES:
        await split.programs[module].kill()
    await split.programs["booking"].start()
    assert (await sailor.get("reservations/my")).status_code == 503
    await asyncio.gather(*(split.programs[module].start() for module in ("identity", "catalog")))
    assert (await sailor.get("reservations/my")).status_code == 200


async def test_the_public_may_not_ask_what_services_ask(split: Split, admin: Caller) -> None:
    path, body = "/internal/identity/people", {"ids": [admin.id]}
    for headers in ({}, {"Authorization": f"Bearer {admin.token}"}):
        answer = await split.clients["identity"].post(path, json=body, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/internal-token-refused")
    assert (await split.clients["booking"].post(path, json=body)).status_code == 404


async def test_one_process_does_not_open_what_only_services_ask(berth: httpx.AsyncClient) -> None:
    assert (await berth.post("/internal/identity/people", json={"ids": [1]})).status_code == 404


async def test_every_service_describes_the_whole_api(split: Split) -> None:
    whole = json.loads(openapi_document())
    for client in split.clients.values():
        assert (await client.get("/api/v1/openapi.json")).json() == whole
        assert (await client.get("/docs")).status_code == 200


async def test_a_service_logs_in_as_its_own_module(split: Split) -> None:
    connection = await asyncpg.connect(split.programs["booking"].database_url)
    try:
        database = await connection.fetchval("select current_database()")
        rows = await connection.fetch("select usename from pg_stat_activity where datname = current_database()")
    finally:
        await connection.close()
    assert {f"{database}_{module}" for module in MODULES} <= {row["usename"] for row in rows}


APART = {"BERTH_DATABASE_URL": "postgresql://127.0.0.1:9/none", "BERTH_BROKER_URL": NOBODY_THERE}
REFUSALS: Mapping[str, tuple[list[str], dict[str, str], list[str]]] = {
    "a module that is not there": (["bokking"], APART, ["'bokking'", "booking, calendar, catalog, identity"]),
    "no database": (["catalog"], {"BERTH_BROKER_URL": NOBODY_THERE}, ["catalog", "BERTH_DATABASE_URL"]),
    "no broker": (["catalog"], APART | {"BERTH_BROKER_URL": ""}, ["catalog", "BERTH_BROKER_URL"]),
    "a need that is nowhere": (
        ["booking", "identity"],
        APART | {"BERTH_SERVICES": "identity=http://127.0.0.1:9"},
        ["booking needs Catalog of catalog", "BERTH_SERVICES"],
    ),
    "nobody to say who calls": (["catalog"], APART, ["catalog needs Identity of identity", "BERTH_SERVICES"]),
    "what is no address": (["catalog"], APART | {"BERTH_SERVICES": "identity=127.0.0.1"}, ["identity=127.0.0.1"]),
}


@pytest.mark.parametrize("reason", REFUSALS)
def test_what_cannot_be_served_apart_is_refused_in_a_sentence(reason: str, tmp_path: Path) -> None:
    names, given, said = REFUSALS[reason]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BERTH_")}
    environment = clean | {"BERTH_DATA_DIR": str(tmp_path / "data")} | given
    code, _, complaint = run(["serve", *names], environment, tmp_path, "")
    assert code == 1
    assert [line[:7] for line in complaint.splitlines()] == ["berth: "]
    assert [words for words in said if words not in complaint] == []


def test_modules_that_need_each_other_refuse_to_start_whichever_of_them_is_asked_for() -> None:
    class Tide(Protocol): ...

    class Moon(Protocol): ...

    def build(_: Any) -> Built:
        return Built()

    modules = [
        Module("tide", "tests", build, offers=Tide, needs=(Moon,)),
        Module("moon", "tests", build, offers=Moon, needs=(Tide,)),
        Module("buoy", "tests", build),
    ]
    with pytest.raises(AssemblyRefused, match=r"in a circle: (tide > moon > tide|moon > tide > moon)\."):
        known_names(in_order(modules), ["buoy"])
    assert issubclass(AssemblyRefused, Refused)
