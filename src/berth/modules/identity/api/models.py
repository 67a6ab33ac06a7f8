"""What goes in and out over HTTP."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from berth.contracts.identity import LANGUAGES
from berth.kit.auth import Role
from berth.kit.localtime import zone
from berth.modules.identity.domain.language import preferred_language
from berth.modules.identity.domain.passwords import LENGTH_MAX, LENGTH_MIN
from berth.modules.identity.domain.people import (
    EMAIL_LENGTH_MAX,
    NAME_LENGTH_MAX,
    USERNAME_LENGTH_MAX,
    USERNAME_PATTERN,
    normalized_email,
    normalized_name,
    normalized_username,
)

WITHOUT_NUL = r"^[^\x00]*$"


def _told(read: Callable[[str], str]) -> AfterValidator:
    """Let a rule of the domain read the text, and tell its sentence as it is."""

    def told(text: str) -> str:
        try:
            return read(text)
        except ValueError as error:
            raise PydanticCustomError("refused", "{reason}", {"reason": str(error)}) from error

    return AfterValidator(told)


def _known_zone(name: str) -> str:
    zone(name)
    return name


Username = Annotated[
    str,
    StringConstraints(max_length=USERNAME_LENGTH_MAX),
    _told(normalized_username),
    Field(json_schema_extra={"pattern": f"^{USERNAME_PATTERN}$"}),
]
Email = Annotated[
    str,
    StringConstraints(min_length=3, max_length=EMAIL_LENGTH_MAX),
    _told(normalized_email),
    Field(json_schema_extra={"format": "email"}),
]
PersonName = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LENGTH_MAX), _told(normalized_name)]
Language = Literal["en", "fr", "es"]
Zone = Annotated[str, StringConstraints(max_length=64), _told(_known_zone)]
Password = Annotated[str, StringConstraints(max_length=LENGTH_MAX, pattern=WITHOUT_NUL)]
NewPassword = Annotated[str, StringConstraints(min_length=LENGTH_MIN, max_length=LENGTH_MAX, pattern=WITHOUT_NUL)]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=256)]


def language_of(request: Request) -> str:
    """Answer the language to write to a newcomer in: what the request likes best of those there are."""
    return preferred_language(request.headers.get("accept-language", ""), LANGUAGES) or LANGUAGES[0]


class Input(BaseModel):
    """What is read strictly: a member that nobody asked for is a mistake to be told."""

    model_config = ConfigDict(extra="forbid")


class RegisterInput(Input):
    """A new account; without a name, the username stands for it."""

    username: Username
    email: Email
    password: NewPassword
    name: PersonName | None = None


class TokenInput(BaseModel):
    """The password form of OAuth 2.0, whose further members are ignored (RFC 6749, section 3.2)."""

    username: Annotated[str, StringConstraints(min_length=1, max_length=EMAIL_LENGTH_MAX, pattern=WITHOUT_NUL)]
    password: Password
    grant_type: Annotated[str, StringConstraints(pattern="^password$")] | None = None


class SignInInput(Input):
    """A username or e-mail address, and its password."""

    username: Annotated[str, StringConstraints(min_length=1, max_length=EMAIL_LENGTH_MAX, pattern=WITHOUT_NUL)]
    password: Password


class RefreshInput(Input):
    """A refresh token, good for one exchange."""

    refresh_token: Secret


class LogoutInput(Input):
    """Optionally the refresh token of another session that is to end too."""

    refresh_token: Secret | None = None


class SetupInput(Input):
    """The first administrator, and the token that the first start printed."""

    token: Secret
    email: Email
    password: NewPassword
    username: Username | None = None
    name: PersonName | None = None


class OwnChanges(Input):
    """What to change about oneself; null leaves name, e-mail and language as they are, and clears the time zone."""

    name: PersonName | None = None
    email: Email | None = None
    timezone: Zone | None = None
    language: Language | None = None


class OwnPassword(Input):
    """A new password, and the present one as proof."""

    current_password: Password
    new_password: NewPassword


class PersonChanges(Input):
    """What an administrator changes about somebody; null leaves a member as it is."""

    role: Role | None = None
    active: Annotated[bool | None, Field(strict=True)] = None
    name: PersonName | None = None


class ResetPassword(Input):
    """A new password for somebody who is locked out."""

    new_password: NewPassword


class PersonOutput(BaseModel):
    """An account."""

    id: int
    username: str
    email: str
    name: str
    role: Role
    timezone: str | None
    language: Language
    active: bool
    created_at: datetime


class PeopleOutput(BaseModel):
    """A page of accounts."""

    items: list[PersonOutput]
    next_cursor: str | None


class AccessOutput(BaseModel):
    """An access token, valid for ``expires_in`` seconds; the refresh token is in the cookie."""

    access_token: str
    token_type: str
    expires_in: int


class TokenOutput(BaseModel):
    """An access token, valid for ``expires_in`` seconds, and the refresh token that is exchanged for the next pair."""

    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int
