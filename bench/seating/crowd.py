"""Thousands of clients that show a map, each by what it was sent alone.

Clients that were sent the same, byte for byte, show the same: what a message makes of a map is worked out once for all
of them. What is measured is when the bytes were there.
"""

import asyncio
import os
import time
from array import array
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

import orjson

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


@dataclass(eq=False)
class Shown:
    """A map as some clients show it, who came to it by the same messages; ``at`` is when each was sent the last."""

    epoch: str = ""
    version: int = -1
    states: str = ""
    changed: list[int] = field(default_factory=list)
    at: "array[float]" = field(default_factory=lambda: array("d"))
    after: dict[bytes, "Shown"] = field(default_factory=dict)
    after_frame: dict[bytes, "Shown"] = field(default_factory=dict)
    gaps: int = 0

    def then(self, payload: bytes) -> "Shown":
        """Answer the map that a message makes of this one."""
        found = self.after.get(payload)
        if found is None:
            found = self.after[payload] = self._made(orjson.loads(payload))
        return found

    def _made(self, said: dict[str, Any]) -> "Shown":
        if said["type"] == "snapshot":
            return Shown(said["epoch"], said["version"], said["states"], gaps=self.gaps)
        if said["type"] != "delta" or said["version"] <= self.version:
            return self
        if said["epoch"] != self.epoch or said["version"] != self.version + 1:
            return Shown(self.epoch, self.version, self.states, gaps=self.gaps + 1)
        states = list(self.states)
        for place, letter in said["seats"]:
            states[place] = letter
        changed = [place for place, _ in said["seats"]]
        return Shown(self.epoch, self.version + 1, "".join(states), changed, gaps=self.gaps)


class Watcher(asyncio.Protocol):
    """One client."""

    def __init__(self, crowd: "Crowd", token: str) -> None:
        self._crowd = crowd
        self._token = token
        self._buffer = b""
        self._open = False
        self.shown = crowd.nothing
        self.showing = asyncio.Event()
        self.closed: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(
            b"GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )

    def data_received(self, data: bytes) -> None:
        """Take what came, and note when."""
        now = time.perf_counter()
        known = None if self._buffer else self.shown.after_frame.get(data)
        if known is not None:
            self.shown = known
            known.at.append(now)
            self.showing.set()
            return
        buffer = self._buffer + data if self._buffer else data
        if not self._open:
            head, end, buffer = buffer.partition(b"\r\n\r\n")
            if not end or b" 101 " not in head:
                self._buffer = head
                return
            self._open = True
            self._say(TEXT, orjson.dumps({"type": "hello", "token": self._token}))
        at, length, before = 0, len(buffer), self.shown
        while length - at >= 2:
            size, body = buffer[at + 1], at + 2
            if size >= 126:
                body = at + (4 if size == 126 else 10)
                size = int.from_bytes(buffer[at + 2 : body], "big")
            if length < body + size:
                break
            self._take(buffer[at] & 0x0F, buffer[body : body + size], now)
            if at == 0 and body + size == len(data) == length and self.shown is not before:
                before.after_frame[data] = self.shown
            at = body + size
        self._buffer = buffer[at:]

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that it is over."""
        self.closed = self.closed or str(exc or "the connection was lost")

    def end(self) -> None:
        """Leave."""
        self._transport.close()

    def _take(self, opcode: int, payload: bytes, now: float) -> None:
        if opcode == TEXT:
            if payload.startswith(b'{"type":"welcome"'):
                self._say(TEXT, orjson.dumps({"type": "subscribe", "topic": self._crowd.topic}))
                return
            before, self.shown = self.shown, self.shown.then(payload)
            if self.shown is not before:
                self.shown.at.append(now)
                self.showing.set()
        elif opcode == PING:
            self._say(PONG, payload)
        elif opcode == CLOSE:
            self.closed = payload[2:].decode()

    def _say(self, opcode: int, payload: bytes) -> None:
        mask = os.urandom(4)
        sizes = bytes([0x80 | len(payload)]) if len(payload) < 126 else bytes([0x80 | 126]) + len(payload).to_bytes(2)
        hidden = bytes(one ^ mask[place & 3] for place, one in enumerate(payload))
        self._transport.write(bytes([0x80 | opcode]) + sizes + mask + hidden)


class Crowd:
    """All clients."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        self.nothing = Shown()
        self.watchers: list[Watcher] = []

    async def connect(self, port: int, tokens: list[str], count: int, *, at_once: int = 50) -> None:
        """Connect so many more, and wait until each shows the map."""
        loop = asyncio.get_running_loop()
        for first in range(0, count, at_once):
            some = range(first, min(first + at_once, count))
            clients = [partial(Watcher, self, tokens[place % len(tokens)]) for place in some]
            made = [loop.create_connection(one, "127.0.0.1", port) for one in clients]
            self.watchers += [protocol for _, protocol in await asyncio.gather(*made)]
        async with asyncio.timeout(60):
            for one in self.watchers:
                await one.showing.wait()

    def leave(self) -> None:
        """Let all leave."""
        for one in self.watchers:
            one.end()
        self.watchers.clear()

    def all_shown(self) -> list[Shown]:
        """Answer every map that somebody showed."""
        found, waiting = [], [self.nothing]
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting += [next_ for next_ in one.after.values() if next_ is not one]
        return found
