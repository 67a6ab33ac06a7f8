"""The wiring of notifications.

It listens to booking, payments and seating. It needs catalog and identity only for names and addresses, when somebody
reads and when a mail is written, and seating for the tickets that are mailed.
"""

from dataclasses import dataclass
from email.utils import parseaddr
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.contracts.seating.performances import Seating
from berth.kit.module import Built, Module, Tools
from berth.kit.refusal import Refused
from berth.modules.notifications.api import preference, reading
from berth.modules.notifications.domain.invitation import Party
from berth.modules.notifications.domain.letter import sendable
from berth.modules.notifications.handlers import GROUP
from berth.modules.notifications.jobs import forget_old_ones, remind_in_time
from berth.modules.notifications.providers.folder import FolderMailbox
from berth.modules.notifications.providers.port import Mailbox
from berth.modules.notifications.providers.smtp import SmtpMailbox, read_server
from berth.modules.notifications.store.telling import SEND
from berth.modules.notifications.usecases.mailing import Mailing, Sender
from berth.modules.notifications.usecases.preference import Preferences
from berth.modules.notifications.usecases.reading import Centre
from berth.modules.notifications.usecases.telling import Telling


@dataclass(frozen=True)
class Options:
    """What an operator decides about notifications.

    ``kept_days`` is how long one is kept once read. Without ``smtp_url`` mails go to ``mail_folder``.
    """

    kept_days: int
    smtp_url: str | None
    mail_from: str | None
    mail_folder: Path
    origin: str


def mailbox_of(options: Options) -> Mailbox:
    """Answer where mails go; refuse an address of a server that is none."""
    if options.smtp_url is None:
        return FolderMailbox(options.mail_folder)
    try:
        return SmtpMailbox(read_server(options.smtp_url))
    except ValueError as error:
        raise Refused(f"BERTH_SMTP_URL is not the address of a mail server: {error}.") from error


def sender_of(options: Options) -> Sender:
    """Answer whom mails come from: as set, or else ``berth`` at Berth's own host."""
    host = urlsplit(options.origin).hostname or "localhost"
    name, email = parseaddr(options.mail_from or f"Berth <berth@{host}>")
    try:
        if not all(email.rpartition("@")):
            raise ValueError("it has no @")
        return Sender(Party(name, sendable(email)), options.origin, host)
    except ValueError as error:
        raise Refused(f"BERTH_MAIL_FROM is not like Berth <berth@example.org>: {error}.") from error


def build(tools: Tools, *, options: Options, mailbox: Mailbox, sender: Sender) -> Built:
    """Build the notification centre, the mails and the reminders."""
    catalog, identity = tools.need(Catalog), tools.need(Identity)
    centre = Centre(tools.database, catalog, identity, tools.clock)
    telling = Telling(tools.outbox, tools.errands)
    mailing = Mailing(
        identity=identity,
        catalog=catalog,
        seating=tools.need(Seating),
        mailbox=mailbox,
        errands=tools.errands,
        clock=tools.clock,
        sender=sender,
    )
    return Built(
        routers=(reading.router, preference.router),
        parts=(centre, Preferences(tools.database, tools.clock)),
        tasks=(forget_old_ones(centre, options.kept_days), remind_in_time(telling, tools.database, tools.clock)),
        handlers={GROUP.name: telling.tell},
        errands={SEND: mailing.send},
        errands_can_wait=True,
    )


def notifications(options: Options) -> Module:
    """Answer notifications, ready to be assembled; refuse options that cannot be."""
    return Module(
        "notifications",
        "berth.modules.notifications",
        partial(build, options=options, mailbox=mailbox_of(options), sender=sender_of(options)),
        needs=(Catalog, Identity, Seating),
        groups=(GROUP,),
    )
