"""JSON answers, written by one fast encoder and never validated a second time."""

from typing import Any

import orjson
from fastapi import Response


def encode(value: Any) -> bytes:
    """Answer the value as JSON; dataclasses become objects, aware datetimes RFC 3339 with ``Z`` for UTC."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


class Ready(Response):
    """A JSON response of bytes and headers that are what will be sent: nothing is left to work out."""

    def __init__(self, body: bytes, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.body = body
        self.status_code = status
        self.background = None
        self.raw_headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
            *headers,
        ]


def reply(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Answer a JSON response."""
    return Response(encode(value), status, headers, "application/json")
