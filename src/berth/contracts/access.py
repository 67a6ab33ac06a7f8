"""Door codes, as booking may ask about them, and what access answers to it. No event ever holds a code."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, Protocol

from berth.contracts.booking.reservation import Answer
from berth.kit.outbox.event import Event
from berth.kit.remote.contract import command

Verdict = Literal["right", "wrong", "not_valid_now", "too_many_tries"]


class Access(Protocol):
    """The questions that access answers."""

    async def code_of(self, *, reservation_id: int) -> str | None:
        """Answer the code of a reservation that holds; none if it has none. Only its owner may see it."""
        ...

    @command
    async def try_code(self, *, reservation_id: int, code: str, person_id: int) -> Verdict:
        """Answer whether this is the reservation's code and valid now; wrong tries are counted and limited."""
        ...


@dataclass(frozen=True, slots=True)
class CodeIssued(Answer):
    """There is a code, valid from ``valid_from`` until ``valid_until``."""

    type: ClassVar[str] = "berth.access.code_issued.v1"
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class CodeRefused(Answer):
    """No code could be made to work, for a lock did not take it."""

    type: ClassVar[str] = "berth.access.code_refused.v1"
    reason: str


@dataclass(frozen=True, slots=True)
class CodeRevoked(Answer):
    """The code, if there was one, opens nothing any more."""

    type: ClassVar[str] = "berth.access.code_revoked.v1"


@dataclass(frozen=True, slots=True)
class CodeExpired(Answer):
    """The code's time is over."""

    type: ClassVar[str] = "berth.access.code_expired.v1"


@dataclass(frozen=True, slots=True)
class CodeTried(Event):
    """Somebody tried a code, with this ``Verdict``. What was typed is not told."""

    type: ClassVar[str] = "berth.access.code_tried.v1"
    reservation_id: int
    person_id: int
    verdict: Verdict

    @property
    def subject(self) -> str:
        """Name the reservation."""
        return f"reservation/{self.reservation_id}"
