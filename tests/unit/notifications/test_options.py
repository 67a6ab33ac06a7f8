"""What an operator may say about mails, and what is refused at the start."""

from dataclasses import replace
from pathlib import Path

import pytest

from berth.kit.refusal import Refused
from berth.modules.notifications.domain.invitation import Party
from berth.modules.notifications.module import Options, mailbox_of, sender_of
from berth.modules.notifications.providers.folder import FolderMailbox
from berth.modules.notifications.providers.smtp import SmtpMailbox

OPTIONS = Options(
    kept_days=90, smtp_url=None, mail_from=None, mail_folder=Path("mail"), origin="https://rooms.example.org"
)


def test_without_a_server_mails_go_to_the_folder() -> None:
    assert isinstance(mailbox_of(OPTIONS), FolderMailbox)
    assert isinstance(mailbox_of(replace(OPTIONS, smtp_url="smtp://mail.example.org")), SmtpMailbox)


def test_mails_come_from_berths_own_host_unless_said() -> None:
    assert sender_of(OPTIONS).party == Party("Berth", "berth@rooms.example.org")
    said = replace(OPTIONS, mail_from="Salle <rooms@exämple.org>", origin="http://127.0.0.1:8000")
    assert sender_of(said).party == Party("Salle", "rooms@xn--exmple-cua.org")


def test_what_cannot_be_is_refused_by_the_name_of_its_setting_and_without_the_password() -> None:
    with pytest.raises(Refused, match="BERTH_SMTP_URL") as refused:
        mailbox_of(replace(OPTIONS, smtp_url="http://ada:secret@mail"))
    assert "secret" not in str(refused.value)
    for wrong in ("Berth", "berth@", "@example.org"):
        with pytest.raises(Refused, match="BERTH_MAIL_FROM"):
            sender_of(replace(OPTIONS, mail_from=wrong))
