"""The folder of mails, read."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from berth.kit.refusal import Refused


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail of the folder."""

    name: str
    date: str
    to: str
    subject: str
    text: str
    attached: list[str]

    def members(self) -> dict[str, str]:
        """Answer its headers."""
        return {"name": self.name, "date": self.date, "to": self.to, "subject": self.subject}


def files(folder: Path) -> list[Path]:
    """Answer the files of the mails, the newest first; none if there is no folder."""
    found = [(file.stat().st_mtime_ns, file) for file in folder.glob("*.eml") if not file.name.startswith(".")]
    return [file for _, file in sorted(found, reverse=True)]


def kept(folder: Path, limit: int) -> list[KeptMail]:
    """Answer the newest mails."""
    return [_read(file) for file in files(folder)[:limit]]


def one_of(folder: Path, name: str) -> KeptMail:
    """Answer the mail of this name; refuse one that is not there."""
    by_name = {file.stem: file for file in files(folder)}
    if name.removesuffix(".eml") not in by_name:
        raise Refused(f"There is no mail {name} in {folder}: `berth mail list` names those there are.")
    return _read(by_name[name.removesuffix(".eml")])


def _read(file: Path) -> KeptMail:
    message = message_from_bytes(file.read_bytes(), policy=default)
    if not isinstance(message, EmailMessage):
        raise Refused(f"{file} is no mail.")
    body = message.get_body(("plain",))
    return KeptMail(
        file.stem,
        str(message["Date"]),
        str(message["To"]),
        str(message["Subject"]),
        body.get_content().strip() if body else "",
        [part.get_filename() or part.get_content_type() for part in message.iter_attachments()],
    )
