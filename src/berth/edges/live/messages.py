"""What is said over a socket: each message as the frame that is written, so that one is made for all who hear it."""

from typing import Any

import orjson

from berth.kit.websocket.frames import Opcode, frame


class MessageRefused(Exception):
    """A client said what is no message; the reason may be shown."""


def message(type_: str, **members: object) -> bytes:
    """Answer a message as a frame."""
    return frame(Opcode.TEXT, orjson.dumps({"type": type_, **members}))


def refused(topic: object, reason: str) -> bytes:
    """Answer the message that a topic is not told, and why."""
    return message("refused", topic=topic if isinstance(topic, str) else None, reason=reason)


def missed(topic: str) -> bytes:
    """Answer the message that not everything of a topic was told."""
    return message("missed", topic=topic)


HEARTBEAT = message("heartbeat") + frame(Opcode.PING, b"")
"""A message, which a page can see, and a ping, which a browser answers by itself."""


def read(payload: bytes) -> tuple[str, dict[str, Any]]:
    """Answer the type and the members of what a client said; raise ``MessageRefused``."""
    try:
        said = orjson.loads(payload)
    except orjson.JSONDecodeError as error:
        raise MessageRefused("A message is JSON.") from error
    if not isinstance(said, dict) or not isinstance(said.get("type"), str):
        raise MessageRefused("A message is an object with a type.")
    return said["type"], said
