"""Whether a server works: it is asked in its own language."""

import asyncio
import socket


def free_ports(count: int) -> list[int]:
    """Answer ports of this machine that nobody listens on."""
    trials = [socket.socket() for _ in range(count)]
    try:
        for trial in trials:
            trial.bind(("127.0.0.1", 0))
        return [trial.getsockname()[1] for trial in trials]
    finally:
        for trial in trials:
            trial.close()


async def http_answers(port: int, path: str = "/health") -> bool:
    """Tell whether an HTTP server answers 200."""
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    return b" 200 " in await _exchange(port, head.encode())


async def nats_answers(port: int) -> bool:
    """Tell whether a NATS server introduces itself."""
    return (await _exchange(port, b"")).startswith(b"INFO ")


async def amqp_answers(port: int) -> bool:
    """Tell whether an AMQP broker begins a conversation: its first frame is of the kind "method"."""
    return (await _exchange(port, b"AMQP\x00\x00\x09\x01", whole_line=False)).startswith(b"\x01")


async def listens(port: int) -> bool:
    """Tell whether anybody takes connections."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    return True


async def _exchange(port: int, said: bytes, *, whole_line: bool = True) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(said)
        await writer.drain()
        return await (reader.readline() if whole_line else reader.readexactly(7))
    finally:
        writer.close()
