"""What sends mails, as the verbs see it."""

from email.message import EmailMessage
from typing import Protocol


class MailRefused(Exception):
    """This mail will never be taken, such as for an address that does not exist."""


class MailboxAway(Exception):
    """The mail could not be sent now; later it may."""


class Mailbox(Protocol):
    """Where mails go."""

    async def send(self, message: EmailMessage) -> None:
        """Send the mail, which its Message-ID names; raise ``MailRefused`` or ``MailboxAway``."""
        ...
