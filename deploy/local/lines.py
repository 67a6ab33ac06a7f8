"""What many programs write, as lines for one person: whose it is comes first, and JSON is made readable."""

import json
import sys
import zlib
from typing import Any, TextIO

COLOURS = (36, 32, 33, 35, 34, 96, 92, 93, 95, 94)
GREY, RED = 90, 31
NAME_WIDTH = 13
ALARMING = frozenset({"warning", "error", "critical"})


class Lines:
    """Writes lines to a terminal or a pipe; colours are for terminals alone."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._coloured = self._stream.isatty()

    def __call__(self, name: str, line: str) -> None:
        """Write a line of the program of this name."""
        colour = COLOURS[zlib.crc32(name.encode()) % len(COLOURS)]
        text, alarming = readable(line)
        shown = self._painted(text, RED) if alarming else text
        self._stream.write(f"{self._painted(name.ljust(NAME_WIDTH), colour)} {self._painted('|', GREY)} {shown}\n")
        self._stream.flush()

    def _painted(self, text: str, colour: int) -> str:
        return f"\x1b[{colour}m{text}\x1b[0m" if self._coloured else text


def readable(line: str) -> tuple[str, bool]:
    """Answer a line as people read it, and whether it is alarming; what is no line of a JSON log stays as it is."""
    if not line.startswith("{"):
        return line, False
    try:
        members: dict[str, Any] = json.loads(line)
    except ValueError:
        return line, False
    time = str(members.pop("timestamp", ""))[11:19]
    level = str(members.pop("level", "info"))
    event = str(members.pop("event", ""))
    trace = members.pop("exception", None)
    words = [time, level.ljust(7), event, *(f"{name}={value}" for name, value in members.items())]
    return " ".join(word for word in words if word) + (f"\n{trace}" if trace else ""), level in ALARMING
