"""Where the work of a task came from: which request, from which address.

It is the one thing that is not handed from function to function: it changes no rule, and every event and
every line of the log bears it. A task inherits it from the one that made it.
"""

import itertools
import re
import secrets
from contextvars import ContextVar
from dataclasses import dataclass

TRACE_PARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
NO_TRACE, NO_SPAN = "0" * 32, "0" * 16


@dataclass(frozen=True, slots=True)
class Origin:
    """``trace_parent`` is W3C's; ``address`` the network address of the caller, or none for work of our own."""

    trace_parent: str
    address: str | None

    @property
    def trace_id(self) -> str:
        """Answer the 32 hexadecimal digits that name the trace; they are the request's id, too."""
        return self.trace_parent[3:35]


_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)
_process = secrets.token_hex(12)
_numbers = itertools.count(1)


def origin() -> Origin | None:
    """Answer where the work of this task came from, if it was said."""
    return _origin.get()


def came_from(found: Origin | None) -> None:
    """Say where the work of this task, and of those that it makes, comes from; none: from nobody's request."""
    _origin.set(found)


def new_trace_parent() -> str:
    """Answer a trace of its own."""
    number = next(_numbers)
    return f"00-{_process}{number & 0xFFFFFFFF:08x}-{_process[:8]}{number & 0xFFFFFFFF:08x}-01"


def trace_parent_of(header: str | None) -> str:
    """Answer the trace that a caller sent along, or a new one if it sent none or no good one."""
    if header is None or not TRACE_PARENT.fullmatch(header) or header[3:35] == NO_TRACE or header[36:52] == NO_SPAN:
        return new_trace_parent()
    return header
