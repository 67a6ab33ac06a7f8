"""What the client tries again, how it stays signed in, and how it tells refusals apart."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import httpx
import pytest

from berth.edges.cli import client
from berth.edges.cli.client import Server, server_url
from berth.edges.cli.credentials import Credentials
from berth.edges.cli.failure import ExitCode, Misused, NotSignedIn, Refused, Unreachable

URL = "http://berth"
Answer = httpx.Response | Exception
OK = httpx.Response(200, json={"items": [], "next_cursor": None})
UNAUTHORIZED = httpx.Response(401, json={"detail": "The session has ended."})


class Wire:
    """Answers requests by a list, and remembers them."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = iter(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, content=answer.content, headers=answer.headers)

    def said(self) -> list[str]:
        return [f"{one.method} {one.url.path} {one.headers.get('Authorization', '')}".strip() for one in self.requests]


Connect = Callable[..., tuple[Server, Wire]]


@pytest.fixture
def connect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Connect:
    """Speak to a wire as somebody who is signed in."""
    monkeypatch.setattr(client, "TRY_AGAIN_SECONDS", (0, 0))

    def make(*answers: Answer, token: str | None = None, signed_in: bool = True) -> tuple[Server, Wire]:
        credentials = Credentials(tmp_path)
        if signed_in:
            credentials.sign_in(URL, "ann", {"access_token": "a1", "refresh_token": "r1", "expires_in": 900})
        wire = Wire(answers)
        return Server(URL, credentials, token=token, transport=httpx.MockTransport(wire)), wire

    return make


def test_a_lost_connection_is_tried_again_where_that_does_no_harm(connect: Connect) -> None:
    server, wire = connect(httpx.ReadError("lost"), httpx.ConnectError("refused"), OK)
    assert server.get("tags").status_code == 200
    assert len(wire.requests) == 3


def test_a_lost_connection_is_not_tried_again_where_it_might_do_something_twice(connect: Connect) -> None:
    server, wire = connect(httpx.ReadError("lost"), OK)
    with pytest.raises(Unreachable):
        server.post("sites", {"name": "A"})
    assert len(wire.requests) == 1


def test_a_repetition_carries_the_same_idempotency_key(connect: Connect) -> None:
    server, wire = connect(httpx.ReadTimeout("slow"), httpx.Response(201, json={}))
    server.post("reservations", {}, headers={"Idempotency-Key": "k"}, again=True)
    assert [one.headers["Idempotency-Key"] for one in wire.requests] == ["k", "k"]


def test_a_server_that_is_not_there_is_told_at_once(connect: Connect) -> None:
    server, wire = connect(httpx.ConnectError("All connection attempts failed"))
    with pytest.raises(Unreachable) as told:
        server.get("tags")
    assert told.value.exit_code is ExitCode.UNREACHABLE
    assert any("berth serve" in hint for hint in told.value.hints)
    assert len(wire.requests) == 1


def test_a_session_that_ended_early_is_refreshed_once_and_the_request_repeated(connect: Connect) -> None:
    fresh = httpx.Response(200, json={"access_token": "a2", "refresh_token": "r2", "expires_in": 900})
    server, wire = connect(UNAUTHORIZED, fresh, OK)
    server.get("tags")
    assert wire.said() == ["GET /api/v1/tags Bearer a1", "POST /api/v1/token/refresh", "GET /api/v1/tags Bearer a2"]
    assert json.loads(wire.requests[1].content) == {"refresh_token": "r1"}


def test_a_session_that_cannot_be_refreshed_asks_to_sign_in(connect: Connect) -> None:
    server, _ = connect(UNAUTHORIZED, UNAUTHORIZED)
    with pytest.raises(NotSignedIn) as told:
        server.get("tags")
    assert told.value.exit_code is ExitCode.NOT_SIGNED_IN


def test_a_server_in_trouble_does_not_sign_anybody_out(connect: Connect) -> None:
    server, _ = connect(UNAUTHORIZED, httpx.Response(503, json={"detail": "The database is away."}))
    with pytest.raises(Refused):
        server.get("tags")
    assert server.credentials.find(URL) is not None


def test_the_token_of_the_environment_is_used_as_it_is(connect: Connect) -> None:
    server, wire = connect(UNAUTHORIZED, token="given")
    with pytest.raises(Refused) as told:
        server.get("tags")
    assert wire.said() == ["GET /api/v1/tags Bearer given"]
    assert told.value.exit_code is ExitCode.NOT_SIGNED_IN


def test_nobody_signed_in_is_told_without_asking_the_server(connect: Connect) -> None:
    server, wire = connect(signed_in=False)
    with pytest.raises(NotSignedIn):
        server.get("tags")
    assert wire.requests == []


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, 1), (401, 4), (403, 1), (404, 1), (409, 5), (412, 5), (422, 1), (429, 1), (500, 3), (503, 3)],
)
def test_each_refusal_has_its_exit_code(status: int, code: int) -> None:
    assert Refused(status, {}).exit_code == code


def test_an_answer_that_is_none_of_berths_is_told_as_text(connect: Connect) -> None:
    server, _ = connect(httpx.Response(502, text="<h1>Bad gateway</h1>"))
    with pytest.raises(Refused) as told:
        server.get("tags")
    assert "Bad gateway" in told.value.sentence


def test_all_pages_are_read_to_the_end(connect: Connect) -> None:
    first = httpx.Response(200, json={"items": [1, 2], "next_cursor": "c"})
    server, wire = connect(first, httpx.Response(200, json={"items": [3], "next_cursor": None}))
    assert server.every("tags") == [1, 2, 3]
    assert wire.requests[1].url.params["cursor"] == "c"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (None, "http://127.0.0.1:8000"),
        ("http://berth/", "http://berth"),
        (" https://berth.example/api/v1/ ", "https://berth.example"),
        ("https://example.org/berth", "https://example.org/berth"),
    ],
)
def test_an_address_is_taken_as_people_paste_it(given: str | None, meant: str) -> None:
    assert server_url(given) == meant


@pytest.mark.parametrize("given", ["berth", "ftp://berth", "localhost:8000", "http://", "http://[x", "https://a b"])
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(Misused):
        server_url(given)
