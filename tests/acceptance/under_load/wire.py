"""A lean HTTP client: with hundreds of clients in one process, a richer one would be what is measured."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

ANSWER_SECONDS_MAX = 60


class Unanswered(Exception):
    """The connection ended before the answer was complete: what was asked for may have happened or not."""


class Line:
    """One kept-alive connection of one person, opened when it is needed."""

    def __init__(self, url: str, token: str) -> None:
        self._host, self._port = urlsplit(url).hostname, urlsplit(url).port
        self._token = token
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], Any]:
        """Answer the status, the headers and the body of the answer; paths are those below /api/v1."""
        content = json.dumps(body).encode() if body is not None else b""
        lines = [
            f"{method} /api/v1/{path} HTTP/1.1",
            f"Host: {self._host}:{self._port}",
            f"Authorization: Bearer {self._token}",
            "Content-Type: application/json",
            f"Content-Length: {len(content)}",
            *(f"{name}: {value}" for name, value in (headers or {}).items()),
        ]
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                return await self._exchange("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            self.close()
            raise Unanswered(str(error)) from error

    async def _exchange(self, request: bytes) -> tuple[int, dict[str, str], Any]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(request)
        head, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
        content = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            self.close()
        return int(head.split(" ")[1]), headers, json.loads(content) if content else None

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None
