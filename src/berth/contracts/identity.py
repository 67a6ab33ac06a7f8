"""People, as other modules may ask about them, and what happens to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from berth.kit.auth import Principal
from berth.kit.outbox.event import Event

LANGUAGES = ("en", "fr", "es")
"""The languages in which Berth writes to people; the first one is the default."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as others see them."""

    id: int
    username: str
    name: str
    active: bool
    role: str = "user"


@dataclass(frozen=True, slots=True)
class Contact:
    """How to write to a person: in ``language``, one of ``LANGUAGES``; ``timezone`` is an IANA name or none."""

    id: int
    email: str
    name: str
    language: str
    timezone: str | None


class Identity(Protocol):
    """The questions that identity answers."""

    async def authenticate(self, *, token: str) -> Principal:
        """Answer who an access token belongs to, as that person's row stands now.

        Raises ``TokenRefused`` if it is forged, expired or revoked, or the person is inactive.
        """
        ...

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        """Answer the persons with these ids, inactive ones too; unknown ids are left out."""
        ...

    async def named(self, *, usernames: Sequence[str]) -> Mapping[str, Person]:
        """Answer the persons with these usernames, which are in lower case, inactive ones too; unknown are left out."""
        ...

    async def contacts(self, *, ids: Sequence[int]) -> Mapping[int, Contact]:
        """Answer how to write to these persons; unknown and inactive ones are left out."""
        ...

    async def administrators(self) -> Sequence[int]:
        """Answer the ids of the active administrators."""
        ...


@dataclass(frozen=True, slots=True)
class PersonRegistered(Event):
    """Somebody has an account now."""

    type: ClassVar[str] = "berth.identity.person_registered.v1"
    person_id: int
    username: str
    role: str

    @property
    def subject(self) -> str:
        """Name the person."""
        return f"person/{self.person_id}"


@dataclass(frozen=True, slots=True)
class PersonChanged(Event):
    """A person's account was changed; ``changes`` names the members.

    ``before`` and ``after`` hold them, as JSON has them, but never a password or what was made of one.
    """

    type: ClassVar[str] = "berth.identity.person_changed.v1"
    person_id: int
    actor_id: int
    changes: tuple[str, ...]
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None

    @property
    def subject(self) -> str:
        """Name the person."""
        return f"person/{self.person_id}"
