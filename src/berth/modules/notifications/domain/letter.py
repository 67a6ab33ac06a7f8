"""A notification as a mail: a subject, a text, the same as HTML, a calendar entry, and tickets."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from jinja2 import DictLoader, Environment, StrictUndefined, select_autoescape

from berth.modules.notifications.domain.invitation import Invitation, Party
from berth.modules.notifications.domain.languages.words import Part, Words
from berth.modules.notifications.domain.rendering import Text
from berth.modules.notifications.domain.sheet import HTML, PLAIN
from berth.modules.notifications.domain.writing import one_line

SUBJECT_LENGTH_MAX = 200

# HTML is escaped, text is not.
_templates = Environment(
    loader=DictLoader({"letter.html": HTML, "letter.txt": PLAIN}),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Tickets:
    """The tickets of an order as a PDF."""

    order_id: int
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, and to whom.

    ``id`` names it, so that one that is sent twice can be told to be the same; ``opens`` is what its link is called.
    """

    id: str
    sender: Party
    recipient: Party
    text: Text
    url: str
    opens: Part
    written_at: datetime
    invitation: Invitation | None
    tickets: Tickets | None = None


def message_of(letter: Letter, words: Words) -> EmailMessage:
    """Answer the mail, ready to be sent. Nothing that people typed can add a header to it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _address(letter.sender)
    message["To"] = _address(letter.recipient)
    message["Subject"] = one_line(letter.text.title)[:SUBJECT_LENGTH_MAX]
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.id}>"
    message["Auto-Submitted"] = "auto-generated"
    members = _members(letter, words)
    message.set_content(_templates.get_template("letter.txt").render(members))
    message.add_alternative(_templates.get_template("letter.html").render(members), subtype="html")
    if letter.invitation:
        _attach(message, letter.invitation)
    if letter.tickets:
        file = f"tickets-{letter.tickets.order_id}.pdf"
        message.add_attachment(letter.tickets.pdf, maintype="application", subtype="pdf", filename=file)
    message["Content-Language"] = words.locale.partition("_")[0]
    return message


def _members(letter: Letter, words: Words) -> dict[str, object]:
    labels = (Part.WHAT_LABEL, Part.WHEN_LABEL, Part.WHERE_LABEL, Part.TITLE_LABEL)
    values = (letter.text.what, letter.text.when, letter.text.where, letter.text.named)
    return {
        "language": words.locale.partition("_")[0],
        "title": letter.text.title,
        "hello": words.parts[Part.HELLO].format(name=one_line(letter.recipient.name)),
        "body": letter.text.body,
        "colon": words.parts[Part.COLON],
        "rows": [(words.parts[label], value) for label, value in zip(labels, values, strict=True) if value],
        "open": words.parts[letter.opens],
        "url": letter.url,
        "why": words.parts[Part.WHY],
    }


def _attach(message: EmailMessage, invitation: Invitation) -> None:
    """Attach the entry in the way that mail programs offer it for the calendar."""
    message.add_attachment(
        invitation.text,
        maintype="text",
        subtype="calendar",
        filename=invitation.file,
        params={"method": invitation.method, "charset": "utf-8"},
        cte="base64",
    )


def _address(party: Party) -> Address | str:
    email = sendable(party.email)
    # Python writes no name beside an address that needs SMTPUTF8.
    return Address(one_line(party.name), addr_spec=email) if email.isascii() else email


def sendable(email: str) -> str:
    """Answer the address with its domain in ASCII, as every server takes it."""
    local, _, domain = email.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"
