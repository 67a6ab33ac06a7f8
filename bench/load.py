"""A load generator: many clients on kept-alive connections, each sending its next request when the last is answered."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

WARM_UP_SECONDS = 0.5
GET_SECONDS = 2.0


@dataclass
class Result:
    """What a run of the generator saw: answers by status, and how long each took."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies_seconds: list[float] = field(default_factory=list)

    def per_second(self, status: int) -> float:
        """Answer the rate of one status."""
        return self.statuses[status] / self.seconds

    def percentile_ms(self, share: float) -> float:
        """Answer the latency in milliseconds below which this share of the answers lies."""
        ordered = sorted(self.latencies_seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class _Client(asyncio.Protocol):
    """One connection; it knows as much of HTTP as Berth's answers need."""

    def __init__(
        self,
        request: Callable[[], bytes | None],
        result: Result,
        stop_at: float,
        answered: Callable[[bytes], None] | None,
    ) -> None:
        self._request = request
        self._answered = answered
        self._result = result
        self._stop_at = stop_at
        self._buffer = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._send()

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        request = self._request() if self._sent_at < self._stop_at else None
        if request is None:
            self._transport.close()
            self.done.set_result(None)
            return
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return
        at = self._buffer.find(b"content-length: ") + 16
        length = int(self._buffer[at : self._buffer.find(b"\r", at)])
        if len(self._buffer) < head_end + 4 + length:
            return
        self._result.latencies_seconds.append(time.perf_counter() - self._sent_at)
        self._result.statuses[int(self._buffer[9:12])] += 1
        if self._answered:
            self._answered(self._buffer[head_end + 4 :])
        self._buffer = b""
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or ConnectionError("the server closed the connection"))


async def drive(
    host: str,
    port: int,
    clients: int,
    seconds: float,
    request: Callable[[], bytes | None],
    *,
    answered: Callable[[bytes], None] | None = None,
) -> Result:
    """Let ``clients`` connections send what ``request`` makes, for some seconds or until there is no more.

    ``answered`` is given the body of each answer.
    """
    result = Result()
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    protocols = []
    for _ in range(clients):
        _, protocol = await loop.create_connection(
            lambda: _Client(request, result, began + seconds, answered), host, port
        )
        protocols.append(protocol)
    await asyncio.gather(*(protocol.done for protocol in protocols))
    result.seconds = time.perf_counter() - began
    return result


async def get_ms(port: int, path: str, token: str) -> float:
    """Answer the median time of a GET in milliseconds, asked again and again on one connection."""
    return await _median_ms(
        port, f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n\r\n".encode()
    )


async def post_ms(port: int, path: str, token: str, body: bytes) -> float:
    """Answer the median time of a POST that changes nothing, in milliseconds, asked in the same way."""
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
    head += f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return await _median_ms(port, head.encode() + body)


async def _median_ms(port: int, request: bytes) -> float:
    await drive("127.0.0.1", port, 1, WARM_UP_SECONDS, lambda: request)
    result = await drive("127.0.0.1", port, 1, GET_SECONDS, lambda: request)
    assert set(result.statuses) == {200}, result.statuses
    return result.percentile_ms(0.5)


@dataclass(frozen=True)
class Answer:
    """An answer to a paced request; when that was sent, and this had come, by ``time.perf_counter``."""

    sent_at: float
    status: int
    body: bytes
    answered_at: float


async def paced(host: str, port: int, per_second: int, seconds: int, request: Callable[[int], bytes]) -> list[Answer]:
    """Send what ``request`` makes of each number, at a steady rate and over kept-alive connections."""
    idle: deque[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = deque()
    answers: list[Answer] = []

    async def one(number: int) -> None:
        reader, writer = idle.popleft() if idle else await asyncio.open_connection(host, port)
        sent_at = time.perf_counter()
        writer.write(request(number))
        head = await reader.readuntil(b"\r\n\r\n")
        at = head.lower().find(b"content-length: ") + 16
        body = await reader.readexactly(int(head[at : head.find(b"\r", at)]))
        answers.append(Answer(sent_at, int(head[9:12]), body, time.perf_counter()))
        idle.append((reader, writer))

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(per_second * seconds):
            await asyncio.sleep(max(0.0, began + number / per_second - time.perf_counter()))
            group.create_task(one(number))
    for _, writer in idle:
        writer.close()
    return answers
