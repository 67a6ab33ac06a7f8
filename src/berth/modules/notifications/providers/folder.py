"""Mails as files, for who has no mail server: each as ``.eml``, which mail programs open."""

import asyncio
import os
import re
import secrets
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from berth.modules.notifications.providers.port import MailboxAway

NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


class FolderMailbox:
    """Puts mails into a folder, which is made when the first one comes and closed to other users."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: EmailMessage) -> None:
        """Write the mail, whole or not at all; the same one again replaces itself."""
        name = NOT_IN_NAMES.sub("-", message["Message-ID"].partition("@")[0]).strip("-")
        try:
            await asyncio.to_thread(self._write, f"{name}.eml", message.as_bytes(policy=SMTP))
        except OSError as error:
            raise MailboxAway(f"{self._folder} cannot be written to: {error}") from error

    def _write(self, name: str, text: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / f".{name}.{secrets.token_hex(4)}"
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._folder / name)
        finally:
            draft.unlink(missing_ok=True)
