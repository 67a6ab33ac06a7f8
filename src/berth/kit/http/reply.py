"""JSON answers, written by one fast encoder and never validated a second time, and the versions that ETags name."""

import re
from typing import Annotated, Any

import orjson
from fastapi import Header, Response

IfMatch = Annotated[
    str | None, Header(max_length=200, description='The ETag that was read, such as "3": change nothing else.')
]


def versions_of(if_match: str | None) -> list[int] | None:
    """Answer the versions that an If-Match header admits; ``None`` for any."""
    if if_match is None or if_match.strip() == "*":
        return None
    return [int(number) for number in re.findall(r'(?<!W/)"([0-9]{1,10})"', if_match)]


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
