"""A server of calendars that behaves as badly as a test wants it to."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

Answer = Callable[[asyncio.StreamWriter, dict[str, str]], Awaitable[None]]


def sent(body: bytes = b"", status: str = "200 OK", **headers: str) -> Answer:
    """Answer in one piece."""

    async def answer(writer: asyncio.StreamWriter, _: dict[str, str]) -> None:
        named = {"Content-Length": str(len(body)), **{one.replace("_", "-"): text for one, text in headers.items()}}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        writer.write(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body)

    return answer


@dataclass
class CalendarServer:
    """Answers each path as ``answers`` says; ``asked`` are the headers of the requests so far, by path."""

    origin: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = {one.partition(":")[0].lower(): one.partition(":")[2].strip() for one in head[1:]}
            self.asked.setdefault(path, []).append(headers)
            await self.answers.get(path, sent(b"", "404 Not Found"))(writer, headers)
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def calendar_server() -> AsyncIterator[CalendarServer]:
    """Run a server of calendars on this machine."""
    made = CalendarServer()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()


def calendar(*events: str) -> bytes:
    """Answer a calendar with events of these lines."""
    inner = "".join(f"BEGIN:VEVENT\r\n{one}\r\nEND:VEVENT\r\n" for one in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{inner}END:VCALENDAR\r\n".encode()
