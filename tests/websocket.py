"""A client of WebSockets, which says what it is told to and keeps what it hears; it can also cease to read."""

import asyncio
import contextlib
import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
ACCEPTED = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
"""The key of RFC 6455's own example, and what a server answers to it."""

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
SECONDS_MAX = 10


class NotOpened(Exception):
    """The server refused; what it answered."""

    def __init__(self, status: int, head: str, body: str) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.head = head
        self.problem = json.loads(body)


@dataclass
class Client:
    """One connection. ``closed`` are the code and the reason it was ended with; ``answers_pings`` can be taken back."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    closed: tuple[int, str] | None = None
    answers_pings: bool = True
    pings: int = field(default=0)

    def send(self, opcode: int, payload: bytes, *, final: bool = True, masked: bool = True) -> None:
        mask = os.urandom(4)
        size = len(payload)
        sizes = bytes([size]) if size < 126 else bytes([126]) + size.to_bytes(2, "big")
        head = bytes([(0x80 if final else 0) | opcode, sizes[0] | (0x80 if masked else 0)]) + sizes[1:]
        hidden = bytes(one ^ mask[place % 4] for place, one in enumerate(payload))
        self.writer.write(head + mask + hidden if masked else head + payload)

    def say(self, type_: str, **members: object) -> None:
        self.send(TEXT, json.dumps({"type": type_, **members}).encode())

    async def frame(self) -> tuple[int, bytes]:
        first, second = await self.reader.readexactly(2)
        size = second
        if second >= 126:
            size = int.from_bytes(await self.reader.readexactly(2 if second == 126 else 8), "big")
        return first & 0x0F, await self.reader.readexactly(size)

    async def hear(self, *, heartbeats: bool = False) -> dict[str, Any] | None:
        """The next message, none if the connection was closed."""
        async with asyncio.timeout(SECONDS_MAX):
            while self.closed is None:
                opcode, payload = await self.frame()
                if opcode == PING:
                    self.pings += 1
                    if self.answers_pings:
                        self.send(PONG, payload)
                elif opcode == CLOSE:
                    self.closed = int.from_bytes(payload[:2], "big"), payload[2:].decode()
                    with contextlib.suppress(ConnectionError):
                        self.send(CLOSE, payload[:2])
                elif opcode == TEXT:
                    said = json.loads(payload)
                    if heartbeats or said["type"] != "heartbeat":
                        return said
        return None

    async def hear_of(self, type_: str) -> dict[str, Any]:
        """The next message of this type; what comes before it is passed over."""
        while (said := await self.hear(heartbeats=type_ == "heartbeat")) is not None:
            if said["type"] == type_:
                return said
        raise AssertionError(f"closed before any {type_}: {self.closed}")

    async def end(self) -> tuple[int, str]:
        """The code and the reason of the closing; what comes before it is passed over."""
        while await self.hear(heartbeats=True) is not None:
            pass
        assert self.closed is not None
        return self.closed

    async def hello(self, token: str) -> dict[str, Any]:
        self.say("hello", token=token)
        return await self.hear_of("welcome")

    async def follow(self, topic: str) -> dict[str, Any]:
        """Subscribe, and the first thing that is told then."""
        self.say("subscribe", topic=topic)
        said = await self.hear()
        assert said is not None, self.closed
        return said


@contextlib.asynccontextmanager
async def connected(url: str, path: str = "/ws", **headers: str) -> AsyncIterator[Client]:
    """Connect to the server at a URL of HTTP."""
    host = urlsplit(url)
    reader, writer = await asyncio.open_connection(host.hostname, host.port, limit=1 << 16)
    asked = {
        "Host": host.netloc,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": KEY,
        "Sec-WebSocket-Version": "13",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items() if value)
    writer.write(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())
    try:
        async with asyncio.timeout(SECONDS_MAX):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            status = int(head.split()[1])
            if status != 101:
                [size] = [int(one[15:]) for one in head.lower().split("\r\n") if one.startswith("content-length:")]
                raise NotOpened(status, head, (await reader.readexactly(size)).decode())
        assert f"Sec-WebSocket-Accept: {ACCEPTED}\r\n" in head
        yield Client(reader, writer)
    finally:
        writer.close()


@dataclass
class Shown:
    """What a page shows of a performance, kept by the rules that docs/live.md states. ``gaps`` ask for it anew."""

    epoch: str = ""
    version: int = -1
    states: list[str] = field(default_factory=list)
    areas: dict[str, int] = field(default_factory=dict)
    gaps: int = 0

    def take(self, said: dict[str, Any]) -> None:
        if said["type"] == "snapshot":
            self.epoch, self.version, self.states = said["epoch"], said["version"], list(said["states"])
            self.areas = {one["key"]: one["taken"] for one in said["areas"]}
        elif said["epoch"] != self.epoch or said["version"] > self.version + 1:
            self.gaps += 1
        elif said["version"] == self.version + 1:
            self.version += 1
            for place, letter in said["seats"]:
                self.states[place] = letter
            self.areas.update(said["areas"])
