"""The first administrator: what the settings may say, and what the first start prints."""

from dataclasses import dataclass

from berth.kit.refusal import Refused
from berth.modules.identity.domain.passwords import LENGTH_MAX, LENGTH_MIN
from berth.modules.identity.domain.people import normalized_email


class AdministratorRefused(Refused):
    """The settings name an administrator that cannot be; the message says what to set."""


@dataclass(frozen=True)
class Administrator:
    """The administrator that an operator configures for the first start."""

    email: str
    password: str


def configured_administrator(email: str | None, password: str | None) -> Administrator | None:
    """Answer the administrator of the settings, or none; raise ``AdministratorRefused`` for a bad one."""
    if not email and not password:
        return None
    if not email or not password:
        missing = "BERTH_ADMIN_PASSWORD" if email else "BERTH_ADMIN_EMAIL"
        raise AdministratorRefused(f"{missing} is missing: set it, or neither of BERTH_ADMIN_EMAIL and _PASSWORD.")
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX:
        raise AdministratorRefused(f"BERTH_ADMIN_PASSWORD needs {LENGTH_MIN} to {LENGTH_MAX} characters.")
    try:
        return Administrator(normalized_email(email), password)
    except ValueError as error:
        raise AdministratorRefused(f"BERTH_ADMIN_EMAIL: {error}") from error


def announcement(origin: str, token: str) -> str:
    """Answer what tells an operator how to make the first administrator."""
    line = "=" * 78
    return "\n".join(
        (
            "",
            line,
            "  Berth has no administrator yet. Open this link once to make yourself one:",
            "",
            f"    {origin}/setup?token={token}",
            "",
            "  or do the same on the command line:",
            "",
            f"    berth admin create --token {token}",
            "",
            "  It is valid until it is used, or until the next start prints another.",
            line,
            "",
        )
    )
