"""One open WebSocket: a protocol of asyncio that calls whom it belongs to, and writes frames that are made already."""

import asyncio
from typing import Protocol, cast

from berth.kit.websocket.frames import FrameRefused, Message, Opcode, Reader, close_frame, frame

LINGER_SECONDS = 5.0
"""How long a client may take to answer a closing before the connection is cut."""

UNSENT_BYTES_MAX = 32_768
"""What the system keeps of a client that does not read; without a bound it would hide that for megabytes."""

NORMAL, WRONG, NOT_TEXT = 1000, 1002, 1003


class Ear(Protocol):
    """Whom a socket belongs to."""

    def heard(self, payload: bytes) -> None:
        """Take a text message, which need not be UTF-8."""

    def stalled(self) -> None:
        """Note that too much waits to be sent."""

    def drained(self) -> None:
        """Note that what waited was sent."""

    def lost(self) -> None:
        """Note that the connection is gone, whoever ended it."""


class Socket(asyncio.Protocol):
    """An open WebSocket.

    ``is_full`` tells that the client does not read as fast as it is written to; ``is_alive`` that something came
    from it since somebody set it to false.
    """

    __slots__ = (
        "_cutting",
        "_ear",
        "_held",
        "_reader",
        "_transport",
        "_waiting_bytes_max",
        "is_alive",
        "is_full",
        "open",
    )

    def __init__(self, *, message_bytes_max: int, waiting_bytes_max: int) -> None:
        self._reader = Reader(message_bytes_max)
        self._waiting_bytes_max = waiting_bytes_max
        self._cutting: asyncio.TimerHandle | None = None
        self._held = False
        self.open = True
        self.is_full = False
        self.is_alive = True

    def belong_to(self, ear: Ear) -> None:
        """Say whom to call; to be said before the connection is made."""
        self._ear = ear

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=self._waiting_bytes_max)

    def data_received(self, data: bytes) -> None:
        """Take what the client sent."""
        self.is_alive = True
        if self.open or not self._held:
            self._reader.feed(data)
            self._read()

    def pause_writing(self) -> None:
        """Note that too much waits."""
        self.is_full = True
        self._ear.stalled()

    def resume_writing(self) -> None:
        """Note that it was sent."""
        self.is_full = False
        if self.open:
            self._ear.drained()

    def connection_lost(self, _: Exception | None) -> None:
        """End."""
        self.open = False
        if self._cutting:
            self._cutting.cancel()
        self._ear.lost()

    def write(self, frames: bytes) -> None:
        """Send what is framed already; does nothing once the socket closes."""
        if self.open:
            self._transport.write(frames)

    def hold(self) -> None:
        """Read nothing more until ``go_on``."""
        self._held = True
        self._transport.pause_reading()

    def go_on(self) -> None:
        """Read again, first what has come already."""
        self._held = False
        if not self._transport.is_closing():
            self._transport.resume_reading()
            self._read()

    def close(self, code: int, reason: str) -> None:
        """End the connection with a reason; a client that does not answer is cut off a little later."""
        if self.open:
            self._transport.write(close_frame(code, reason))
            self._close_soon()

    def _close_soon(self) -> None:
        self.open = False
        if self._held:
            self._held = False
            self._transport.resume_reading()
        self._cutting = asyncio.get_running_loop().call_later(LINGER_SECONDS, self._transport.abort)

    def _read(self) -> None:
        try:
            while not self._held and (message := self._reader.next()) is not None:
                self._take(message)
        except FrameRefused as refused:
            self.close(refused.code, refused.reason)
            self._held = True  # What follows cannot be told apart, and is passed over.

    def _take(self, message: Message) -> None:
        if message.opcode == Opcode.CLOSE:
            if self.open:
                self._transport.write(frame(Opcode.CLOSE, message.payload[:2]))
                self._close_soon()
            self._transport.close()
        elif not self.open or message.opcode == Opcode.PONG:
            pass
        elif message.opcode == Opcode.PING:
            self.write(frame(Opcode.PONG, message.payload))
        elif message.opcode == Opcode.TEXT:
            self._ear.heard(message.payload)
        else:
            self.close(NOT_TEXT, "Messages are text.")
