"""What operators watch: whether Berth is ready, what it counts, and who may see that."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager

import asyncpg
import httpx
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from berth.app.data_dir import Secrets
from berth.app.database import bring_up_to_date
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.bus.port import BusAway
from berth.kit.db import open_database
from berth.kit.telemetry.ready import Readiness, State
from tests.acceptance.conftest import Caller, Way, register, running, sign_in
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD

TOKEN = "harbour-master-9-eyes"


@pytest_asyncio.fixture(loop_scope="session")
async def watched(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a Berth that a Prometheus may read."""
    given = Settings.model_validate({**settings.model_dump(), "metrics_token": TOKEN})
    async with running(empty_url, given, secrets) as client:
        yield client


def with_token(token: str) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def samples(client: httpx.AsyncClient) -> Mapping[tuple[str, ...], float]:
    """Answer the metrics by name and labels, these in the order of their names."""
    answer = await client.get("/metrics", headers=with_token(TOKEN))
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    return {
        (one.name, *(one.labels[name] for name in sorted(one.labels))): one.value
        for family in text_string_to_metric_families(answer.text)
        for one in family.samples
    }


async def test_a_berth_that_has_all_it_needs_is_ready(berth: httpx.AsyncClient, way: Way) -> None:
    answer = await berth.get("/ready")
    assert answer.status_code == 200
    found = answer.json()
    assert (found["status"], found["database"], found["broker"], found["events"]) == (
        "ok",
        "ok",
        "ok" if way.broker else "none",
        "ok",
    )


async def test_without_its_database_it_is_not_ready(
    database_for: Callable[[], AbstractAsyncContextManager[str]], settings: Settings, secrets: Secrets
) -> None:
    async with database_for() as url:
        await bring_up_to_date(url, modules(settings, secrets), secrets)
        gone = running(url, settings, secrets)
        client = await gone.__aenter__()
    answer = await client.get("/ready")
    await gone.__aexit__(None, None, None)
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/not-ready"
    assert (answer.json()["database"], answer.json()["events"]) == ("away", "unknown")


class Broker:
    """As much of a broker as ``/ready`` asks of one: here or away."""

    def __init__(self, here: bool) -> None:
        self.here = here

    async def ping(self) -> None:
        if not self.here:
            raise BusAway("no harbour in sight")


async def leave_waiting(url: str, attempts: Sequence[int], subject: str = "buoy/1") -> None:
    """Put events that happened an hour ago into an inbox; each was tried so often."""
    connection = await asyncpg.connect(url)
    for number, tried in enumerate(attempts):
        await connection.execute(
            """
            insert into booking.inbox (group_name, source, number, type, subject, data, occurred_at, attempts)
            values ('lamps', 'booking', $1, 'berth.test.v1', $2, '{}', now() - interval '1 hour', $3)
            """,
            number,
            subject,
            tried,
        )
    await connection.close()


@pytest.mark.parametrize(
    ("attempts", "here", "expected"),
    [
        ([], True, (True, False, State.OK)),
        ([], False, (True, True, State.OK)),
        ([0], True, (False, True, State.BEHIND)),
        ([0], False, (True, True, State.BEHIND)),
        ([3, 0], True, (True, False, State.OK)),
        ([0, 3], True, (False, True, State.BEHIND)),
    ],
)
async def test_lag_makes_unready_unless_the_broker_is_away_or_an_event_that_fails_holds_up_its_subject(
    attempts: Sequence[int], here: bool, expected: tuple[bool, bool, State], empty_url: str
) -> None:
    await leave_waiting(empty_url, attempts)
    async with open_database(empty_url) as database:
        found = await Readiness(database, Broker(here), ["booking"], lag_seconds_max=60).look()
    assert (found.ready, found.degraded, found.events) == expected
    assert found.broker is (State.OK if here else State.AWAY)


async def test_events_that_nobody_hands_on_make_unready(empty_url: str) -> None:
    connection = await asyncpg.connect(empty_url)
    await connection.execute(
        "insert into booking.outbox (type, subject, data, occurred_at) "
        "values ('berth.test.v1', 'buoy/1', '{}', now() - interval '1 hour')"
    )
    await connection.close()
    async with open_database(empty_url) as database:
        found = await Readiness(database, None, ["catalog", "booking"], lag_seconds_max=60).look()
        patient = await Readiness(database, None, ["catalog", "booking"], lag_seconds_max=7200).look()
    assert (found.ready, patient.ready) == (False, True)
    assert 3590 < found.outbox_lag_seconds < 3700


async def test_metrics_are_for_their_token_and_for_administrators(watched: httpx.AsyncClient) -> None:
    admin = await sign_in(watched, ADMIN_EMAIL, ADMIN_PASSWORD)
    someone = await register(watched)
    tokens = (TOKEN, admin.token, someone.token, TOKEN + "x", "")
    answers = [await watched.get("/metrics", headers=with_token(token)) for token in tokens]
    assert [one.status_code for one in answers] == [200, 200, 403, 401, 401]
    assert answers[-1].headers["WWW-Authenticate"] == "Bearer"


async def test_without_a_token_set_only_administrators_see_metrics(
    berth: httpx.AsyncClient, admin: Caller, way: Way
) -> None:
    shut, open_ = (404, 404) if way.apart else (401, 200)  # the gateway has no way to them
    assert (await berth.get("/metrics", headers=with_token("None"))).status_code == shut
    assert (await berth.get("/metrics", headers=with_token(admin.token))).status_code == open_


async def test_requests_are_counted_by_the_template_of_their_route(watched: httpx.AsyncClient) -> None:
    admin = await sign_in(watched, ADMIN_EMAIL, ADMIN_PASSWORD)
    for id_ in (101, 102):
        await admin.get(f"reservations/{id_}")
    await watched.get("/api/v1/nowhere/7")
    await watched.request("BREW", "/api/v1/pot/7")
    await watched.post("/api/v1/reservations", json={})
    found = await samples(watched)
    requests = {labels[1:]: value for labels, value in found.items() if labels[0] == "berth_http_requests_total"}
    assert requests["GET", "/api/v1/reservations/{reservation_id}", "404"] == 2
    assert requests["GET", "none", "404"] == 1
    assert requests["other", "none", "404"] == 1
    assert requests["POST", "/api/v1/reservations", "401"] == 1
    assert not any("7" in route for _, route, _ in requests)
    took = "berth_http_request_seconds"
    assert found[f"{took}_bucket", "+Inf", "POST", "/api/v1/reservations"] == 1
    assert found[f"{took}_count", "GET", "/api/v1/reservations/{reservation_id}"] == 2


async def test_two_berths_in_one_process_count_apart(watched: httpx.AsyncClient, berth: httpx.AsyncClient) -> None:
    for _ in range(5):
        await berth.get("/docs/start.js")
    found = await samples(watched)
    assert ("berth_http_requests_total", "GET", "/docs/start.js", "200") not in found


async def test_what_waits_and_what_died_is_counted_by_group(watched: httpx.AsyncClient, empty_url: str) -> None:
    await leave_waiting(empty_url, [2, 0, 0])
    connection = await asyncpg.connect(empty_url)
    await connection.execute("insert into booking.parcel (group_name, source, numbers) values ('lamps', 'x', '{1, 2}')")
    await connection.execute(
        """
        insert into booking.dead_letter
            (group_name, source, number, type, subject, data, occurred_at, attempts, error)
        values ('bells', 'booking', 1, 'berth.test.v1', 'buoy/1', '{}', now(), 10, 'drowned')
        """
    )
    await connection.close()
    found = await samples(watched)
    assert found["berth_inbox_waiting", "lamps", "booking"] == 5
    assert found["berth_inbox_failing", "lamps", "booking"] == 1
    assert found["berth_inbox_lag_seconds", "lamps", "booking"] > 3590
    assert found["berth_dead_letters", "bells", "booking"] == 1
    assert ("berth_outbox_unpublished", "booking") in found
    assert found["berth_database_up",] == 1
    assert found["berth_database_connections", "max"] > found["berth_database_connections", "idle"] >= 1
