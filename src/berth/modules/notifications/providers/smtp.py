"""Mails by SMTP: a connection for each."""

import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal
from urllib.parse import unquote, urlsplit

import aiosmtplib

from berth.modules.notifications.providers.port import MailboxAway, MailRefused

Security = Literal["smtp", "starttls", "smtps"]
PORTS: dict[str, tuple[Security, int]] = {"smtp": ("smtp", 25), "starttls": ("starttls", 587), "smtps": ("smtps", 465)}
SECONDS_MAX = 30.0
"""How long the server may take for one answer; below what an errand may take as a whole."""


@dataclass(frozen=True, slots=True)
class Server:
    """An SMTP server. ``smtp`` encrypts if the server offers it, ``starttls`` always, ``smtps`` from the first byte."""

    security: Security
    host: str
    port: int
    username: str | None = None
    password: str | None = None


def read_server(url: str) -> Server:
    """Read ``smtp://user:password@host:port``; raise ``ValueError`` with a sentence if it is none."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("it begins with smtp://, starttls:// or smtps://, and names a host")
    if (parts.username is None) != (parts.password is None):
        raise ValueError("it names a user and a password, or neither")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("it ends with the host and the port; write / ? and # in a password as %2F, %3F and %23")
    security, port = PORTS[parts.scheme]
    return Server(
        security,
        parts.hostname,
        parts.port or port,
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
    )


class SmtpMailbox:
    """Sends mails through a server."""

    def __init__(
        self, server: Server, *, tls_context: ssl.SSLContext | None = None, seconds_max: float = SECONDS_MAX
    ) -> None:
        self._server = server
        self._tls_context = tls_context
        self._seconds_max = seconds_max

    async def send(self, message: EmailMessage) -> None:
        """Send the mail. What the server says about this mail for good (5xx) refuses it; all else is tried again."""
        try:
            async with self._client() as client:
                await _hand_over(client, message)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailboxAway(repr(error)) from error

    def _client(self) -> aiosmtplib.SMTP:
        one = self._server
        return aiosmtplib.SMTP(
            hostname=one.host,
            port=one.port,
            timeout=self._seconds_max,
            use_tls=one.security == "smtps",
            start_tls={"smtp": None, "starttls": True, "smtps": False}[one.security],
            username=one.username,
            password=one.password,
            tls_context=self._tls_context,
        )


async def _hand_over(client: aiosmtplib.SMTP, message: EmailMessage) -> None:
    """Send the mail over a connection on which we have signed in."""
    try:
        await client.send_message(message)
    except aiosmtplib.SMTPRecipientsRefused as refused:
        if all(each.code >= 500 for each in refused.recipients):
            said = "; ".join(f"{each.code} {each.message}" for each in refused.recipients)
            raise MailRefused(said) from refused
        raise
    except aiosmtplib.SMTPDataError as error:
        if error.code >= 500:
            raise MailRefused(f"{error.code} {error.message}") from error
        raise
    except aiosmtplib.SMTPNotSupported as error:  # an address of letters that this server cannot take
        raise MailRefused(str(error)) from error
