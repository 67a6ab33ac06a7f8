"""Kept-alive HTTP/1.1 connections to one address.

A question between services is small and there are several for each request, so what surrounds it counts:
the general clients that we tried took ten times as long, and longer still with many questions under way.
"""

import asyncio
import ssl
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpResponseParser

CONNECT_SECONDS_MAX = 1.0
IDLE_SECONDS_MAX = 4.0
"""Shorter than the 5 seconds after which our server closes a connection that nobody uses."""

CONNECTIONS_MAX = 50


@dataclass(slots=True)
class Answer:
    """What came back; header names are in lower case."""

    status: int = 0
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""


class _Connection(asyncio.Protocol):
    """One connection, which carries one exchange at a time; the parser calls the methods named ``on_…``."""

    def __init__(self) -> None:
        self._parser = HttpResponseParser(self)
        self._answer = Answer()
        self._waiting: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None
        self.used_at = 0.0

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    async def exchange(self, request: bytes) -> Answer:
        """Send a request and answer what comes back; ``ConnectionError`` if the connection ends before."""
        if self._transport is None or self._transport.is_closing():
            raise ConnectionError("the connection was closed")
        self._answer = Answer()
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await self._waiting
        finally:
            self._waiting = None

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(ConnectionError(str(exc or "the connection was closed without an answer")))

    def data_received(self, data: bytes) -> None:
        if self._waiting is None:
            self.close()
            return
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self.close()

    def on_header(self, name: bytes, value: bytes) -> None:
        self._answer.headers[name.lower()] = value

    def on_body(self, body: bytes) -> None:
        self._answer.body += body

    def on_message_complete(self) -> None:
        self._answer.status = self._parser.get_status_code()
        if not self._parser.should_keep_alive():
            self.close()
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(self._answer)


class Connections:
    """The connections to ``url``, opened when they are needed; more than ``CONNECTIONS_MAX`` requests take turns."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._host = str(parts.hostname)
        self._port = parts.port or (443 if self._tls else 80)
        self._path = parts.path
        self._head = f"Host: {parts.netloc}\r\nContent-Type: application/json\r\n"
        self._places = asyncio.Semaphore(CONNECTIONS_MAX)
        self._idle: deque[_Connection] = deque()

    async def post(self, path: str, headers: Sequence[tuple[str, str]], body: bytes) -> Answer:
        """Answer what comes back, whatever its status; raise ``OSError`` if nothing does."""
        more = "".join(f"{name}: {value}\r\n" for name, value in headers)
        head = f"POST {self._path}{path} HTTP/1.1\r\n{self._head}{more}Content-Length: {len(body)}\r\n\r\n"
        async with self._places:
            connection = self._kept() or await self._connect()
            try:
                answer = await connection.exchange(head.encode("ascii") + body)
            except BaseException:  # also if the caller gave up: the answer may still come, and belongs to nobody
                connection.close()
                raise
            if connection.is_open:
                connection.used_at = asyncio.get_running_loop().time()
                self._idle.append(connection)
            return answer

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def _kept(self) -> _Connection | None:
        """Answer the connection that was used last, and close those that were idle for too long."""
        now = asyncio.get_running_loop().time()
        while self._idle and self._idle[0].used_at + IDLE_SECONDS_MAX < now:
            self._idle.popleft().close()
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open:
                return connection
        return None

    async def _connect(self) -> _Connection:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS_MAX):
                _, connection = await loop.create_connection(_Connection, self._host, self._port, ssl=self._tls)
        except TimeoutError as error:
            raise ConnectionError(f"no connection within {CONNECT_SECONDS_MAX:.0f} s") from error
        return connection
