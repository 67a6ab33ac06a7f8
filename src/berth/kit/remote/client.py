"""The near side of a contract: an object with its methods, each of which asks the service that has the real one."""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

import structlog
from pydantic import ValidationError

from berth.kit.http.problem import Problem
from berth.kit.origin import origin
from berth.kit.remote.connections import Answer, Connections
from berth.kit.remote.contract import Method, methods_of
from berth.kit.remote.raised import HEADER, read_error
from berth.kit.remote.token import InternalTokens

Contract = TypeVar("Contract")

TOTAL_SECONDS_MAX = 5.0
RETRY_PAUSES = (0.05, 0.2)
"""Seconds to wait before a question is asked again whose connection failed."""

AWAY_STATUSES = frozenset({404, 429, 502, 503, 504})
"""What a proxy says of a service that is away, or a service of an older version of a method that it has not yet."""


class RemoteFailed(Exception):
    """A service answered what no method of the contract answers: a fault there, which its log tells."""


@dataclass(frozen=True, slots=True)
class Service:
    """Another process: the name of its module, and its address, such as ``http://127.0.0.1:8101``."""

    name: str
    url: str


class Line:
    """Connections to other services, kept alive and shared by all that is asked through them.

    A question whose connection fails is asked up to twice more; a command never is. ``seconds_max`` is how
    long an answer may take with all that.
    """

    def __init__(self, tokens: InternalTokens, *, seconds_max: float = TOTAL_SECONDS_MAX) -> None:
        self._tokens = tokens
        self._seconds_max = seconds_max
        self._silent: set[str] = set()
        self._connections: dict[str, Connections] = {}

    def close(self) -> None:
        """Close the connections."""
        for one in self._connections.values():
            one.close()

    async def ask(self, service: Service, method: Method, **arguments: Any) -> Any:
        """Ask one method; raise what it raised there, or the 503 problem if the service does not answer."""
        body = method.write_arguments(arguments)
        try:
            async with asyncio.timeout(self._seconds_max):
                answer = await self._post(service, method, body)
        except OSError as error:
            raise self._away(service, f"{type(error).__name__} {error}") from error
        if answer.status == 200:
            self._answers(service)
            try:
                return method.read_answer(answer.body)
            except ValidationError as error:  # which is a caller's fault everywhere else
                raise _failed(service, method, answer) from error
        raise self._error(service, method, answer)

    async def _post(self, service: Service, method: Method, body: bytes) -> Answer:
        token = self._tokens.token_for(service.name)
        headers = [("Authorization", f"Bearer {token}")]
        caused_by = origin()
        if caused_by:
            headers.append(("traceparent", caused_by.trace_parent))
        if service.url not in self._connections:
            self._connections[service.url] = Connections(service.url)
        connections = self._connections[service.url]
        for pause in () if method.changes else RETRY_PAUSES:
            try:
                return await connections.post(method.path, headers, body)
            except OSError:
                await asyncio.sleep(pause)
        return await connections.post(method.path, headers, body)

    def _error(self, service: Service, method: Method, answer: Answer) -> Exception:
        raised = answer.headers.get(HEADER)
        error = read_error(raised.decode("latin-1"), answer.body) if raised else None
        if error is not None:
            self._answers(service)
            return error
        if raised is None and answer.status in AWAY_STATUSES:
            return self._away(service, f"{answer.status} for {method.path}")
        return _failed(service, method, answer)

    def _away(self, service: Service, reason: str) -> Problem:
        """Answer the 503 problem, and log it the first time: a busy process would write the same line all the time."""
        if service.name not in self._silent:
            self._silent.add(service.name)
            structlog.get_logger().warning("service_away", service=service.name, url=service.url, reason=reason)
        return Problem(
            503,
            "service-away",
            f"This needs the service {service.name}, which does not answer at the moment. Try again.",
            headers={"Retry-After": "1"},
            more={"service": service.name},
        )

    def _answers(self, service: Service) -> None:
        if service.name in self._silent:
            self._silent.discard(service.name)
            structlog.get_logger().info("service_back", service=service.name, url=service.url)


def _failed(service: Service, method: Method, answer: Answer) -> RemoteFailed:
    said = answer.body[:500].decode(errors="replace")
    return RemoteFailed(f"{service.name} at {service.url} answered {method.path} with {answer.status}: {said}")


class Remote:
    """Has the methods of one contract, and nothing else."""

    def __init__(self, contract: type, service: Service, line: Line) -> None:
        for method in methods_of(contract):
            setattr(self, method.name, partial(line.ask, service, method))


def remote(contract: type[Contract], service: Service, line: Line) -> Contract:
    """Answer what fulfils the contract by asking the service over the line."""
    return cast(Contract, Remote(contract, service, line))
