"""Entries, and the hash that chains each to the one before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from berth.contracts.access import CodeTried
from berth.contracts.identity import PersonRegistered
from berth.kit.outbox.event import Envelope

ID_MAX = 2**63 - 1
BY_THE_PERSON = frozenset({PersonRegistered.type, CodeTried.type})
"""The events whose person is who did it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: the last entry's sequence and hash, or 0 and zeros before the first."""

    sequence: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what, when and from where.

    ``event`` is the event's id, such as ``booking/42``. ``actor_id`` is none if the system did it, ``address``
    and ``trace_id`` are if no request caused it. ``data`` is the event's own JSON, on one line.
    """

    sequence: int
    event: str
    type: str
    subject: str
    actor_id: int | None
    occurred_at: datetime
    recorded_at: datetime
    address: str | None
    trace_id: str | None
    data: str
    previous_hash: bytes
    hash: bytes

    @property
    def members(self) -> Mapping[str, Any]:
        """Answer the event's members as JSON has them."""
        members: dict[str, Any] = orjson.loads(self.data)
        return members


def canonical(entry: Entry) -> bytes:
    """Answer the bytes whose SHA-256 is the entry's hash: one line of JSON, described in docs/audit.md."""
    return orjson.dumps(
        {
            "sequence": entry.sequence,
            "event": entry.event,
            "type": entry.type,
            "subject": entry.subject,
            "actor_id": entry.actor_id,
            "occurred_at": entry.occurred_at,
            "recorded_at": entry.recorded_at,
            "address": entry.address,
            "trace_id": entry.trace_id,
            "data": orjson.Fragment(entry.data),
            "previous_hash": entry.previous_hash.hex(),
        },
        option=orjson.OPT_UTC_Z,
    )


def chained(envelopes: Sequence[Envelope], head: Head, recorded_at: datetime) -> list[Entry]:
    """Answer the entries of these events, to stand behind the head in this order."""
    entries = []
    for envelope in envelopes:
        unsealed = Entry(
            sequence=head.sequence + 1,
            event=envelope.id,
            type=envelope.type,
            subject=envelope.subject,
            actor_id=_actor_id(envelope),
            occurred_at=envelope.time,
            recorded_at=recorded_at,
            address=envelope.address,
            trace_id=envelope.trace_parent[3:35] if envelope.trace_parent else None,
            data=_on_one_line(envelope.data),
            previous_hash=head.hash,
            hash=b"",
        )
        entry = _sealed(unsealed)
        entries.append(entry)
        head = Head(entry.sequence, entry.hash)
    return entries


def digest(entry: Entry) -> bytes:
    """Answer the hash that belongs to the entry's content."""
    return sha256(canonical(entry)).digest()


def _sealed(entry: Entry) -> Entry:
    # A copy made by ``dataclasses.replace`` takes longer than the hash, and this runs for every event.
    object.__setattr__(entry, "hash", digest(entry))
    return entry


def _actor_id(envelope: Envelope) -> int | None:
    """Answer who did it; who registers does it himself."""
    members = envelope.members()
    found = members.get("person_id" if envelope.type in BY_THE_PERSON else "actor_id")
    return found if type(found) is int and 0 < found <= ID_MAX else None


def _on_one_line(data: str) -> str:
    """Answer JSON without line ends: unescaped they stand between its tokens only, where a space says the same."""
    return data.replace("\r", " ").replace("\n", " ")
