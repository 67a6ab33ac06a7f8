"""Accounts, and how names and addresses are written so that each is one person's only."""

import re
from dataclasses import dataclass
from datetime import datetime

import email_validator
from email_validator import EmailNotValidError, validate_email

from berth.contracts.identity import LANGUAGES
from berth.kit.auth import Role

# The library's own way of accepting names such as nas.local and office.test: self-hosted networks use them.
email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()

USERNAME_PATTERN = "[A-Za-z0-9_.-]{3,50}"
USERNAME_RULE = "3 to 50 letters without accents, digits, dots, hyphens or underscores"
NAME_LENGTH_MAX = 200
USERNAME_LENGTH_MAX = 50
EMAIL_LENGTH_MAX = 254

_NOT_IN_USERNAMES = re.compile(r"[^a-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account as its owner and administrators see it."""

    id: int
    username: str
    email: str
    name: str
    role: Role
    timezone: str | None
    language: str
    active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A checked and normalised account that is not stored yet."""

    username: str
    email: str
    name: str
    role: Role
    password_hash: str
    language: str = LANGUAGES[0]


class Taken(Exception):
    """Another account has this; ``member`` is ``username`` or ``email``."""

    def __init__(self, member: str) -> None:
        super().__init__(member)
        self.member = member


class UnknownPerson(Exception):
    """Nobody has this id."""


class LastAdministrator(Exception):
    """Without this person nobody could administer Berth."""


def normalized_username(text: str) -> str:
    """Answer a username as it is stored, in lower case; raise ``ValueError`` with a sentence if it is none."""
    if not re.fullmatch(USERNAME_PATTERN, text):
        raise ValueError(f"a username is {USERNAME_RULE}")
    return text.lower()


def normalized_name(text: str) -> str:
    """Answer a person's name without space around it; raise ``ValueError`` with a sentence if nothing is left."""
    name = text.strip()
    if not name or not name.isprintable():
        raise ValueError("a name needs visible characters, on one line")
    return name


def normalized_email(text: str) -> str:
    """Answer an e-mail address as it is stored, in lower case; raise ``ValueError`` with a sentence if it is none.

    Its syntax counts, not whether mail arrives.
    """
    try:
        valid = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError as error:
        raise ValueError(f"this is not an e-mail address: {error}") from error
    return valid.normalized.lower()


def username_from_email(email: str, attempt: int = 0) -> str:
    """Answer a username made of an address's local part; a later attempt answers another one."""
    local = _NOT_IN_USERNAMES.sub("-", email.rsplit("@", 1)[0].lower())
    suffix = f"-{attempt + 1}" if attempt else ""
    if len(local) < 3:
        local = f"{local}-admin"
    return local[: USERNAME_LENGTH_MAX - len(suffix)] + suffix
