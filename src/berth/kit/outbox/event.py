"""What happened: as the writer states it (``Event``), and as it travels (``Envelope``)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeAlias, TypeVar

import orjson
from pydantic import TypeAdapter

from berth.kit.db import Row
from berth.kit.origin import Origin


@dataclass(frozen=True, slots=True)
class Event:
    """The base of every event in ``contracts``: a frozen value with a versioned CloudEvents type."""

    type: ClassVar[str]

    @property
    def subject(self) -> str:
        """Name what changed, such as ``reservation/42``; events of one subject keep their order."""
        raise TypeError(f"{type(self).__name__} does not say what its subject is")

    def data(self) -> str:
        """Answer the event's own members as JSON."""
        return orjson.dumps(self, option=orjson.OPT_UTC_Z).decode()


Kind = TypeVar("Kind", bound=Event)
KindOfEvent: TypeAlias = type[Kind]
"""An event's class, where ``type`` is already the name of something else."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event on its way.

    ``source`` is the module that wrote it and ``number`` its place in that module's outbox: together they
    name it, and they grow with each event of one subject. ``data`` is JSON text. ``trace_parent`` (W3C) and
    ``address`` are those of the request that caused it, if one did.
    """

    source: str
    number: int
    type: str
    subject: str
    time: datetime
    data: str
    trace_parent: str | None
    address: str | None

    @property
    def id(self) -> str:
        """Answer the CloudEvents id, such as ``booking/42``."""
        return f"{self.source}/{self.number}"

    @property
    def origin(self) -> Origin | None:
        """Answer the request that caused the event, if one did."""
        return Origin(self.trace_parent, self.address) if self.trace_parent else None

    def members(self) -> dict[str, Any]:
        """Answer the event's members as JSON has them."""
        members: dict[str, Any] = orjson.loads(self.data)
        return members

    def read(self, kind: KindOfEvent[Kind]) -> Kind:
        """Answer the event as its contract describes it; members that a newer writer added are left out."""
        event: Kind = _adapter(kind).validate_json(self.data)
        return event


def envelope_of(row: Row, source: str, number: int) -> Envelope:
    """Answer the event of a row of an outbox, an inbox or the dead letters."""
    return Envelope(
        source=source,
        number=number,
        type=row["type"],
        subject=row["subject"],
        time=row["occurred_at"],
        data=row["data"],
        trace_parent=row["trace_parent"],
        address=row["address"],
    )


_adapters: dict[str, TypeAdapter[Any]] = {}


def _adapter(kind: type[Event]) -> TypeAdapter[Any]:
    if kind.type not in _adapters:
        _adapters[kind.type] = TypeAdapter(kind)
    return _adapters[kind.type]
