"""Frames as bytes, and messages put together from what a client sends: no connection, no waiting."""

from enum import IntEnum
from typing import NamedTuple

FINAL, RESERVED, OPCODE, MASKED, LENGTH = 0x80, 0x70, 0x0F, 0x80, 0x7F
TWO_BYTES, EIGHT_BYTES = 126, 127
CONTROL_BYTES_MAX = 125
MASK_BYTES = 4


class Opcode(IntEnum):
    """What a frame is."""

    CONTINUATION = 0x0
    TEXT = 0x1
    BINARY = 0x2
    CLOSE = 0x8
    PING = 0x9
    PONG = 0xA


class Message(NamedTuple):
    """A whole message of a client; ``opcode`` is that of its first frame."""

    opcode: int
    payload: bytes


class FrameRefused(Exception):
    """A client sent what RFC 6455 or this server does not allow; ``code`` is what the connection is closed with."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def frame(opcode: Opcode, payload: bytes) -> bytes:
    """Answer a whole message as the one frame that a server sends."""
    size = len(payload)
    if size < TWO_BYTES:
        head = bytes((FINAL | opcode, size))
    elif size < 1 << 16:
        head = bytes((FINAL | opcode, TWO_BYTES)) + size.to_bytes(2, "big")
    else:
        head = bytes((FINAL | opcode, EIGHT_BYTES)) + size.to_bytes(8, "big")
    return head + payload


def close_frame(code: int, reason: str) -> bytes:
    """Answer the frame that ends a connection; a reason that is too long for it is cut."""
    told = reason.encode()[: CONTROL_BYTES_MAX - 2].decode(errors="ignore")
    return frame(Opcode.CLOSE, code.to_bytes(2, "big") + told.encode())


class Reader:
    """Puts together what a client sends, in pieces as they come; it holds no more than one message."""

    __slots__ = ("_buffer", "_bytes_max", "_opcode", "_parts")

    def __init__(self, bytes_max: int) -> None:
        self._bytes_max = bytes_max
        self._buffer = b""
        self._opcode: int | None = None
        self._parts = b""

    def feed(self, data: bytes) -> None:
        """Take what has come."""
        self._buffer = self._buffer + data if self._buffer else data

    def next(self) -> Message | None:
        """Answer the next whole message, none if more has to come; raise ``FrameRefused``."""
        while (found := self._frame()) is not None:
            final, opcode, payload = found
            if opcode >= Opcode.CLOSE:
                return Message(opcode, payload)
            if (opcode == Opcode.CONTINUATION) != (self._opcode is not None):
                raise FrameRefused(1002, "This frame does not follow from the one before.")
            first = opcode if self._opcode is None else self._opcode
            self._parts += payload
            if final:
                whole, self._parts, self._opcode = self._parts, b"", None
                return Message(first, whole)
            self._opcode = first
        return None

    def _frame(self) -> tuple[bool, int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        final, opcode, size = bool(buffer[0] & FINAL), buffer[0] & OPCODE, buffer[1] & LENGTH
        self._refuse_unless_fitting(buffer[0], buffer[1], size)
        at = 2
        if size >= TWO_BYTES:
            at += 2 if size == TWO_BYTES else 8
            if len(buffer) < at:
                return None
            size = int.from_bytes(buffer[2:at], "big")
        if len(self._parts) + size > self._bytes_max and opcode < Opcode.CLOSE:
            raise FrameRefused(1009, f"A message has {self._bytes_max:,} bytes at most.")
        end = at + MASK_BYTES + size
        if len(buffer) < end:
            return None
        payload = _unmasked(buffer[at + MASK_BYTES : end], buffer[at : at + MASK_BYTES])
        self._buffer = buffer[end:]
        return final, opcode, payload

    def _refuse_unless_fitting(self, first: int, second: int, size: int) -> None:
        opcode = first & OPCODE
        if first & RESERVED or opcode not in Opcode.__members__.values():
            raise FrameRefused(1002, "There is no such frame.")
        if not second & MASKED:
            raise FrameRefused(1002, "A client masks its frames.")
        if opcode >= Opcode.CLOSE and (size > CONTROL_BYTES_MAX or not first & FINAL):
            raise FrameRefused(1002, "A control frame is short and whole.")


def _unmasked(payload: bytes, mask: bytes) -> bytes:
    """Take the mask off: all bytes at once, as two large numbers."""
    size = len(payload)
    repeated = (mask * (size // MASK_BYTES + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(size, "big")
