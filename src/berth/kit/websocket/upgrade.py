"""How a request of HTTP becomes a WebSocket, or is refused as any other."""

import asyncio
import base64
import binascii
import hashlib
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from berth.kit.http.problem import Problem, as_problem
from berth.kit.websocket.socket import UNSENT_BYTES_MAX

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
KEY_BYTES = 16
VERSION = b"13"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A request to become a WebSocket: headers by lower-case name, and the client's address as the proxy tells it."""

    headers: Mapping[bytes, bytes]
    query: bytes
    address: str


Opens = Callable[[Upgrade], asyncio.Protocol]
"""Answers the protocol that takes the connection over, or raises a ``Problem``."""


def wanted() -> Problem:
    """Answer the 426 problem of whoever asks in plain HTTP."""
    return Problem(
        426,
        "websocket-needed",
        "This is a WebSocket of version 13: send 'Upgrade: websocket' and what belongs to it.",
        headers={"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": VERSION.decode()},
    )


def refuse_other_origins(upgrade: Upgrade, own: str) -> None:
    """Raise 403 if a page of another site is asking: browsers say in ``Origin`` whose page it is."""
    origin = upgrade.headers.get(b"origin", b"").decode("latin-1").lower()
    host = upgrade.headers.get(b"host", b"").decode("latin-1").lower()
    if origin and origin not in {own.lower(), f"http://{host}", f"https://{host}"}:
        raise Problem(403, "cross-site-refused", f"This is for pages of Berth alone, and not for those of {origin}.")


def upgrade(opens: Opens, scope: Mapping[str, Any], transport: asyncio.Transport) -> int:
    """Hand the connection of a request over to what ``opens``, or refuse it; answer the status that was sent."""
    client = scope.get("client")
    request = Upgrade(dict(scope["headers"]), scope["query_string"], client[0] if client else "")
    if transport.is_closing():
        return 499
    try:
        accepted = _accepted(request.headers)
        protocol = opens(request)
    except Exception as error:
        problem = as_problem(error)
        transport.write(_refusal(problem))
        transport.close()
        return problem.status
    _bound(transport)
    transport.write(accepted)
    transport.set_protocol(protocol)
    protocol.connection_made(transport)
    transport.resume_reading()
    return 101


def _accepted(headers: Mapping[bytes, bytes]) -> bytes:
    key = headers.get(b"sec-websocket-key", b"").strip()
    if headers.get(b"sec-websocket-version") != VERSION or not _is_key(key):
        raise wanted()
    answer = base64.b64encode(hashlib.sha1(key + MAGIC, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + answer + b"\r\n\r\n"
    )


def _is_key(key: bytes) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == KEY_BYTES
    except binascii.Error:
        return False


def _refusal(problem: Problem) -> bytes:
    response = problem.response()
    head = [b"HTTP/1.1 %d %s" % (problem.status, HTTPStatus(problem.status).phrase.encode())]
    head += [name + b": " + value for name, value in response.raw_headers if name != b"connection"]
    return b"\r\n".join((*head, b"connection: close", b"", bytes(response.body)))


def _bound(transport: asyncio.Transport) -> None:
    """Bound what the system keeps for the client, where it can."""
    connection = transport.get_extra_info("socket")
    if connection is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX)
