"""Asking a contract of another process: errors arrive as what they were, and only services may ask."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import httpx
import pytest

from berth.kit.auth import TokenRefused
from berth.kit.clock import Clock, system_clock
from berth.kit.db import DatabaseAway
from berth.kit.http.problem import Problem
from berth.kit.origin import Origin, came_from
from berth.kit.origin import origin as origin_of_this
from berth.kit.refusal import Refused
from berth.kit.remote.client import Line, RemoteFailed, Service, remote
from berth.kit.remote.contract import command
from berth.kit.remote.token import InternalTokens
from tests.far import served

SEED = b"s" * 32


class Harbour(Protocol):
    """A contract of the tests' own."""

    async def greet(self, *, names: Sequence[str], loud: bool = False) -> Mapping[int, str]: ...
    async def refuse(self, *, how: str) -> None: ...
    async def trace(self) -> str: ...
    @command
    async def dig(self) -> int: ...


@dataclass
class Quay:
    """Fulfils it."""

    errors: Mapping[str, Exception] = field(default_factory=dict)
    seconds: float = 0.0

    async def greet(self, *, names: Sequence[str], loud: bool = False) -> Mapping[int, str]:
        await asyncio.sleep(self.seconds)
        return {number: name.upper() if loud else name for number, name in enumerate(names)}

    async def refuse(self, *, how: str) -> None:
        raise self.errors[how]

    async def trace(self) -> str:
        found = origin_of_this()
        return found.trace_id if found else "none"

    async def dig(self) -> int:
        return 1


@contextlib.asynccontextmanager
async def asking(service: Service, tokens: InternalTokens, *, seconds_max: float = 5.0) -> AsyncIterator[Harbour]:
    line = Line(tokens, seconds_max=seconds_max)
    try:
        yield remote(Harbour, service, line)
    finally:
        line.close()


@pytest.fixture
def tokens() -> InternalTokens:
    return InternalTokens(SEED, system_clock)


async def test_a_remote_answers_what_the_real_one_does(tokens: InternalTokens) -> None:
    async with served(Harbour, Quay(), tokens) as service, asking(service, tokens) as harbour:
        assert await harbour.greet(names=("Ada", "Lin")) == {0: "Ada", 1: "Lin"}
        assert await harbour.greet(names=["Ada"], loud=True) == {0: "ADA"}
        assert await harbour.dig() == 1
        with pytest.raises(TypeError, match="shout"):
            await harbour.greet(names=[], shout=True)


class Grounded(Refused):
    """An error that only the service knows."""


ERRORS = {
    "token": TokenRefused("It has expired."),
    "refused": Refused("Change something."),
    "away": DatabaseAway("gone"),
    "problem": Problem(409, "slot-taken", "Taken.", headers={"Retry-After": "3"}, more={"busy": [1]}),
}


@pytest.mark.parametrize("how", ERRORS)
async def test_an_error_arrives_as_what_it_was(how: str, tokens: InternalTokens) -> None:
    sent = ERRORS[how]
    async with served(Harbour, Quay(ERRORS), tokens) as service, asking(service, tokens) as harbour:
        with pytest.raises(Exception, match=re.escape(str(sent))) as raised:
            await harbour.refuse(how=how)
    assert type(raised.value) is type(sent)
    assert vars(raised.value) == vars(sent)


async def test_an_error_that_only_the_service_knows_arrives_as_what_it_is_in_the_kit(tokens: InternalTokens) -> None:
    async with served(Harbour, Quay({"": Grounded("Too low.")}), tokens) as service, asking(service, tokens) as harbour:
        with pytest.raises(Refused, match="Too low"):
            await harbour.refuse(how="")


async def test_a_fault_there_is_a_fault_here(tokens: InternalTokens) -> None:
    async with served(Harbour, Quay({"": ZeroDivisionError()}), tokens) as service, asking(service, tokens) as harbour:
        with pytest.raises(RemoteFailed, match="500"):
            await harbour.refuse(how="")


async def test_the_trace_goes_on_in_the_other_service(tokens: InternalTokens) -> None:
    trace_id = "0af7651916cd43dd8448eb211c80319c"
    async with served(Harbour, Quay(), tokens) as service, asking(service, tokens) as harbour:
        came_from(Origin(f"00-{trace_id}-b7ad6b7169203331-01", None))
        assert await harbour.trace() == trace_id


@contextlib.asynccontextmanager
async def dropping(times: int, then: Callable[[bytes], Awaitable[bytes]]) -> AsyncIterator[tuple[Service, list[int]]]:
    """A server that closes so many connections without an answer, and counts them all."""
    seen = [0]

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen[0] += 1
        head = await reader.readuntil(b"\r\n\r\n")
        if seen[0] > times:
            writer.write(await then(head))
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        yield Service("harbour", f"http://127.0.0.1:{port}"), seen


async def one(head: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n" + (b"{}" if b"greet" in head else b"1 ")


async def test_a_question_is_asked_again_when_its_connection_fails(tokens: InternalTokens) -> None:
    async with dropping(2, one) as (service, seen), asking(service, tokens) as harbour:
        assert await harbour.greet(names=[]) == {}
        assert seen == [3]


async def test_a_command_is_never_asked_again(tokens: InternalTokens) -> None:
    async with dropping(1, one) as (service, seen), asking(service, tokens) as harbour:
        with pytest.raises(Problem) as raised:
            await harbour.dig()
        assert (raised.value.status, raised.value.kind, seen) == (503, "service-away", [1])


async def test_a_service_that_is_away_is_named_with_a_time_to_come_back(tokens: InternalTokens) -> None:
    async with served(Harbour, Quay(), tokens) as service:
        pass
    async with asking(service, tokens) as harbour:
        with pytest.raises(Problem, match="harbour") as raised:
            await harbour.greet(names=[])
    assert (raised.value.status, raised.value.kind) == (503, "service-away")
    assert raised.value.headers == {"Retry-After": "1"}
    assert raised.value.more == {"service": "harbour"}


async def test_a_service_that_says_nothing_is_not_waited_for_forever(tokens: InternalTokens) -> None:
    async with served(Harbour, Quay(seconds=2), tokens) as service, asking(service, tokens, seconds_max=0.2) as harbour:
        with pytest.raises(Problem) as raised:
            await harbour.greet(names=[])
    assert raised.value.kind == "service-away"


def in_the_past(seconds: int) -> Clock:
    return lambda: system_clock() - timedelta(seconds=seconds)


STRANGERS = {
    "nobody": None,
    "what is no token": "nonsense",
    "another installation": InternalTokens(b"t" * 32, system_clock).token_for("harbour"),
    "a token for another service": InternalTokens(SEED, system_clock).token_for("catalog"),
    "an expired token": InternalTokens(SEED, in_the_past(61)).token_for("harbour"),
    "a token from far ahead": InternalTokens(SEED, in_the_past(-86_400)).token_for("harbour"),
}


@pytest.mark.parametrize("who", STRANGERS)
async def test_only_services_of_this_installation_may_ask(who: str, tokens: InternalTokens) -> None:
    token = STRANGERS[who]
    headers: dict[str, Any] = {} if token is None else {"Authorization": f"Bearer {token}"}
    async with served(Harbour, Quay(), tokens) as service, httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"{service.url}/internal/harbour/dig", headers=headers, json={})
        assert (answer.status_code, answer.json()["type"]) == (401, "/problems/internal-token-refused")
        headers["Authorization"] = f"Bearer {tokens.token_for('harbour')}"
        assert (await client.post(f"{service.url}/internal/harbour/dig", headers=headers, json={})).json() == 1


def test_a_token_is_used_until_it_is_half_spent() -> None:
    now = datetime(2027, 3, 1, tzinfo=UTC)
    clock = [now]
    tokens = InternalTokens(SEED, lambda: clock[0])
    first = tokens.token_for("catalog")
    clock[0] = now + timedelta(seconds=29)
    assert tokens.token_for("catalog") == first
    clock[0] = now + timedelta(seconds=31)
    second = tokens.token_for("catalog")
    assert second != first
    tokens.check(first, "catalog")
    clock[0] = now + timedelta(seconds=61)
    with pytest.raises(Problem):
        tokens.check(first, "catalog")
    tokens.check(second, "catalog")
