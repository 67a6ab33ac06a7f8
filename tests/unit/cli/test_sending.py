"""How planned reservations are sent: each until it has an answer, and never under two keys without a reason."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from berth.edges.cli.client import Server
from berth.edges.cli.credentials import Credentials
from berth.edges.cli.failure import Refused, Unreachable
from berth.edges.cli.importing import sending
from berth.edges.cli.importing.planning import Outcome, State, Wish
from berth.edges.cli.importing.reading import Row

URL = "http://berth"
Handle = Callable[[httpx.Request], httpx.Response]
Send = Callable[..., Any]


def wish(number: int) -> Wish:
    start, end = f"2027-03-01T{number:02}:00:00Z", f"2027-03-01T{number:02}:30:00Z"
    row = Row(number, "r25", start, end, f"t{number}", "")
    return Wish(row, {"resource_id": 1, "start": start, "end": end, "title": f"t{number}"}, f"key{number}", None)


def key(request: httpx.Request) -> str:
    return request.headers["Idempotency-Key"]


def created(request: httpx.Request, **headers: str) -> httpx.Response:
    return httpx.Response(201, json={"id": int(key(request)[3:].split("-")[0])}, headers=headers)


def taken() -> httpx.Response:
    return httpx.Response(409, json={"detail": "r25 is taken at this time.", "busy": [], "alternatives": []})


@pytest.fixture
def send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Send wishes to a server that answers as told, and answer what became of them."""
    monkeypatch.setattr(sending, "WAIT_SECONDS_FIRST", 0)

    async def run(handle: Handle, count: int = 3) -> list[Outcome]:
        transport = httpx.MockTransport(handle)
        monkeypatch.setattr(sending, "connection", lambda url: {"base_url": f"{url}/", "transport": transport})
        credentials = Credentials(tmp_path)
        credentials.sign_in(URL, "ann", {"access_token": "a1", "refresh_token": "r1", "expires_in": 900})
        outcomes: list[Outcome] = []
        await sending.Sender(Server(URL, credentials, transport=transport), outcomes.append).send(
            [wish(number) for number in range(1, count + 1)]
        )
        return sorted(outcomes, key=lambda one: one.row.number)

    return run


async def test_what_the_server_made_and_what_it_had_made_before_are_told_apart(send: Send) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        return created(request, **({"Idempotency-Replayed": "true"} if key(request) == "key2" else {}))

    outcomes = await send(handle)
    assert [one.state for one in outcomes] == [State.CREATED, State.ALREADY_THERE, State.CREATED]
    assert [one.reservation_id for one in outcomes] == [1, 2, 3]


@pytest.mark.parametrize("trouble", [httpx.ReadError("lost"), 429, 503])
async def test_a_lost_answer_is_asked_for_again_under_the_same_key(send: Send, trouble: Exception | int) -> None:
    seen: Counter[str] = Counter()

    def handle(request: httpx.Request) -> httpx.Response:
        seen[key(request)] += 1
        if seen[key(request)] > 1:
            return created(request)
        if isinstance(trouble, Exception):
            raise trouble
        return httpx.Response(trouble, headers={"Retry-After": "0"})

    assert [one.state for one in await send(handle)] == [State.CREATED] * 3
    assert seen == {"key1": 2, "key2": 2, "key3": 2}


async def test_a_slot_that_was_taken_once_is_tried_anew_under_a_key_of_this_run(send: Send) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"items": [], "next_cursor": None})
        return taken() if key(request) == "key1" else created(request)

    [outcome] = await send(handle, 1)
    assert outcome.state is State.CREATED


async def test_a_slot_that_is_taken_by_the_very_same_reservation_is_there_already(send: Send) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            mine = {**wish(1).body, "id": 77, "state": "ready"}
            return httpx.Response(200, json={"items": [mine], "next_cursor": None})
        return taken()

    [outcome] = await send(handle, 1)
    assert (outcome.state, outcome.reservation_id) == (State.ALREADY_THERE, 77)


async def test_a_refused_row_keeps_its_reason_and_the_others_go_on(send: Send) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        if key(request) == "key2":
            refusals = [{"rule": "lead", "message": "A day ahead."}, {"rule": "hours", "message": "It is closed."}]
            return httpx.Response(422, json={"detail": "x", "refusals": refusals})
        return created(request)

    outcomes = await send(handle)
    assert [one.state for one in outcomes] == [State.CREATED, State.REFUSED, State.CREATED]
    assert outcomes[1].reason == "A day ahead. It is closed."


async def test_a_session_that_ends_on_the_way_is_renewed_once_for_all(send: Send) -> None:
    renewals = []

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("token/refresh"):
            renewals.append(json.loads(request.content)["refresh_token"])
            return httpx.Response(200, json={"access_token": "a2", "refresh_token": "r2", "expires_in": 900})
        if request.headers["Authorization"] == "Bearer a1":
            return httpx.Response(401, json={"detail": "The session has ended."})
        return created(request)

    assert [one.state for one in await send(handle, 9)] == [State.CREATED] * 9
    assert renewals == ["r1"]


async def test_a_server_that_is_gone_ends_the_run(send: Send) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("All connection attempts failed")

    with pytest.raises(Unreachable):
        await send(handle)


async def test_a_server_that_stays_in_trouble_ends_the_run(send: Send) -> None:
    with pytest.raises(Refused):
        await send(lambda request: httpx.Response(503, json={"detail": "The database is away."}))
