"""Frames: whatever a client sends is put together, however it is cut; what breaks the rules is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.kit.websocket.frames import FrameRefused, Message, Opcode, Reader, close_frame, frame

MASK = b"\x1f\x00\xff\x55"


def masked(opcode: int, payload: bytes, *, final: bool = True) -> bytes:
    """A frame as a client sends it."""
    size = len(payload)
    sizes = bytes([size]) if size < 126 else b"\x7e" + size.to_bytes(2, "big")
    head = bytes([(0x80 if final else 0) | opcode, 0x80 | sizes[0]]) + sizes[1:]
    return head + MASK + bytes(one ^ MASK[place % 4] for place, one in enumerate(payload))


def read(data: bytes, pieces: int, bytes_max: int = 1000) -> list[Message]:
    reader, found = Reader(bytes_max), []
    for at in range(0, len(data), pieces):
        reader.feed(data[at : at + pieces])
        while (message := reader.next()) is not None:
            found.append(message)
    return found


@given(st.lists(st.lists(st.binary(max_size=300), min_size=1, max_size=3), max_size=5), st.integers(1, 700))
def test_messages_are_put_together_from_frames_and_frames_from_bytes(messages: list[list[bytes]], pieces: int) -> None:
    data = b""
    for parts in messages:
        for place, part in enumerate(parts):
            data += masked(0 if place else Opcode.TEXT, part, final=place == len(parts) - 1)
            data += masked(Opcode.PONG, b"still here")
    found = [one for one in read(data, pieces) if one.opcode != Opcode.PONG]
    assert found == [Message(Opcode.TEXT, b"".join(parts)) for parts in messages]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (frame(Opcode.TEXT, b"{}"), 1002),
        (bytes([0xC1]) + masked(1, b"")[1:], 1002),
        (masked(3, b""), 1002),
        (masked(0, b"goes on"), 1002),
        (masked(1, b"", final=False) + masked(1, b""), 1002),
        (masked(9, b"x" * 126), 1002),
        (masked(9, b"", final=False), 1002),
        (masked(1, b"x" * 1001), 1009),
        (masked(1, b"x" * 600, final=False) + masked(0, b"x" * 600), 1009),
        (b"\x81\xff" + (2**63).to_bytes(8, "big"), 1009),
    ],
)
def test_what_breaks_the_rules_is_refused(data: bytes, code: int) -> None:
    with pytest.raises(FrameRefused) as refused:
        read(data, 50)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65_535, b"\x81\x7e\xff\xff"),
        (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_a_frame_says_its_length_in_as_few_bytes_as_it_takes(size: int, head: bytes) -> None:
    assert frame(Opcode.TEXT, b"x" * size) == head + b"x" * size


def test_a_reason_fits_into_a_closing() -> None:
    assert close_frame(4401, "Sign in.") == b"\x88\x0a\x11\x31Sign in."
    cut = close_frame(4401, "é" * 100)
    assert cut[1] == len(cut) - 2 <= 125
    assert set(cut[4:].decode()) == {"é"}
