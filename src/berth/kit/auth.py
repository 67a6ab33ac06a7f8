"""Who is calling, as every module sees it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do at most: a guest looks, a user reserves, an administrator decides."""

    GUEST = "guest"
    USER = "user"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Principal:
    """A verified caller, as the person's row stands now and not as the token said when it was issued."""

    id: int
    username: str
    name: str
    role: Role
    timezone: str | None
    session_id: int
    language: str = "en"

    @property
    def is_admin(self) -> bool:
        """Tell whether the caller may act for others and see who reserved what."""
        return self.role is Role.ADMIN


class TokenRefused(Exception):
    """The token is forged, expired or revoked, or its owner is inactive. The message may be shown."""


Identify = Callable[[str], Awaitable[Principal]]
"""Answers the principal of an access token, or raises ``TokenRefused``."""
