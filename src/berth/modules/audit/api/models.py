"""What audit answers over HTTP."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from berth.modules.audit.domain.verifying import Reason


class ActorShown(BaseModel):
    """Who did it; the names are today's, and null if nobody has the id any more."""

    id: int
    username: str | None
    name: str | None


class EntryShown(BaseModel):
    """Who did what. ``actor`` is null if the system did it, ``address`` and ``trace_id`` if no request caused it.

    ``before`` and ``after`` hold the members that changed, where the event tells them; ``data`` is all of it.
    """

    sequence: int
    event: str
    type: str
    subject: str
    actor: ActorShown | None
    occurred_at: datetime
    recorded_at: datetime
    address: str | None
    trace_id: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    data: Any
    previous_hash: str
    hash: str


class EntryPage(BaseModel):
    """A page of entries, newest first."""

    items: list[EntryShown]
    next_cursor: str | None


class HeadShown(BaseModel):
    """The last entry that fits: note both elsewhere, to compare them at a later time."""

    sequence: int
    hash: str


class CheckpointShown(HeadShown):
    """The last entry that was removed for its age, and when."""

    removed_at: datetime


class BreakShown(BaseModel):
    """The first entry at which the chain breaks."""

    sequence: int
    reason: Reason
    message: str


class VerdictShown(BaseModel):
    """What verifying found; ``noted_was_removed`` says that the head to compare with is older than what is kept."""

    ok: bool
    entries: int
    head: HeadShown
    checkpoint: CheckpointShown | None
    noted_was_removed: bool
    broken: BreakShown | None
