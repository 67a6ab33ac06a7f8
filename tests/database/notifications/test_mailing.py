"""Mails by a real SMTP server, and by a folder: sent once if it can be, later if not, and never to who left."""

import asyncio
import base64
import email
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
import pytest_asyncio
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from berth.contracts.identity import Contact, Person
from berth.contracts.payments import PaymentAsked
from berth.contracts.seating.orders import OrderPaid
from berth.kit.errand.ask import Errands
from berth.kit.errand.runner import Runner
from berth.kit.http.problem import Problem
from berth.kit.inbox.worker import Retries
from berth.kit.outbox.pace import Bell
from berth.modules.notifications.domain.invitation import Party
from berth.modules.notifications.providers.folder import FolderMailbox
from berth.modules.notifications.providers.port import Mailbox
from berth.modules.notifications.providers.smtp import Server, SmtpMailbox, read_server
from berth.modules.notifications.store.telling import SEND
from berth.modules.notifications.usecases.mailing import Mailing, Sender
from tests.database.notifications.conftest import ADA, LIN, NINE, TEN, Process, enveloped, reserved

PATIENCE_SECONDS = 20
PDF = b"%PDF-1.4\xff\x00 tickets"

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


class Rooms:
    """A catalogue that knows no name any more."""

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, object]:
        return {}


class Contacts:
    """An identity where Lin has left."""

    async def contacts(self, *, ids: Sequence[int]) -> Mapping[int, Contact]:
        return {id_: Contact(id_, "ada@example.org", "Ada", "fr", "Europe/Rome") for id_ in ids if id_ == ADA.id}

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        return {}


class BoxOffice:
    """A seating that has tickets of order 43, and of no other; it is ``away`` for the next so many questions."""

    def __init__(self, away: int = 0) -> None:
        self.away = away

    async def tickets(self, *, order_id: int) -> str | None:
        if self.away:
            self.away -= 1
            raise Problem(503, "service-away", "This needs the service seating.")
        return base64.b64encode(PDF).decode() if order_id == 43 else None


class PostOffice:
    """What the SMTP server does: ``answers`` are given to the next mails in place of taking them."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.answers: list[str] = []
        self.refused_recipients: list[str] = []
        self.hang_up = 0
        self.password = "pass/word"
        self.came = asyncio.Event()

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list) -> str:  # noqa: N802 aiosmtpd's name
        self.came.set()
        if self.refused_recipients:
            return self.refused_recipients.pop(0)
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 aiosmtpd's name
        self.came.set()
        if self.hang_up:
            self.hang_up -= 1
            server.transport.abort()
            return "421 Gone"
        if self.answers:
            return self.answers.pop(0)
        self.taken.append(envelope)
        return "250 OK"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, how: str, said: object) -> AuthResult:
        good = isinstance(said, LoginPassword) and said.password == self.password.encode()
        return AuthResult(success=good, handled=False)

    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(one.content, policy=default) for one in self.taken]


@pytest_asyncio.fixture(loop_scope="session")
async def office() -> AsyncIterator[tuple[PostOffice, int]]:
    """A server that wants a password, and its port."""
    office = PostOffice()

    def serve() -> SMTP:
        return SMTP(
            office, hostname="localhost", authenticator=office.authenticate, auth_required=True, auth_require_tls=False
        )

    server = await asyncio.get_running_loop().create_server(serve, "127.0.0.1", 0)
    yield office, server.sockets[0].getsockname()[1]
    server.close()


def at(port: int, password: str = "pass/word") -> SmtpMailbox:
    return SmtpMailbox(Server("smtp", "127.0.0.1", port, "berth", password), seconds_max=5)


async def deliver(
    process: Process, mailbox: Mailbox, *, until_left: int = 0, box_office: BoxOffice | None = None
) -> None:
    """Do the errands, as the process does, until so many are left."""
    bell = Bell()
    mailing = Mailing(
        identity=Contacts(),
        catalog=Rooms(),
        seating=box_office or BoxOffice(),
        mailbox=mailbox,
        errands=Errands("notifications", bell),
        clock=lambda: datetime.now(UTC),
        sender=Sender(Party("Berth", "berth@example.org"), "https://berth.example.org", "berth.example.org"),
        pause_first=timedelta(milliseconds=20),
    )
    runner = Runner(
        database=process.database,
        schema="notifications",
        errands={SEND: mailing.send},
        bell=bell,
        clock=lambda: datetime.now(UTC),
        retries=Retries(attempts_max=1),
    )
    running = asyncio.create_task(runner.run())
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                left = await process.mails()
                if len(left) == until_left:
                    return
                await asyncio.sleep(0.01)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_mail_comes_by_a_server_that_wants_a_password(process: Process, office: tuple[PostOffice, int]) -> None:
    post, port = office
    await process.tell(reserved(42, ADA, LIN))
    await deliver(process, at(port))
    [mail] = post.mails()
    assert [one.addr_spec for one in mail["To"].addresses] == ["ada@example.org"]
    assert mail["From"].addresses[0].addr_spec == "berth@example.org"
    assert mail["Subject"].startswith("Réservé")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["reservation.ics"]
    assert post.taken[0].mail_from == "berth@example.org"


async def test_a_mail_of_an_order_that_is_to_be_paid_leads_to_the_order(
    process: Process, office: tuple[PostOffice, int]
) -> None:
    post, port = office
    await process.tell(enveloped(PaymentAsked(43, 1, ADA.id, "EUR", 1250, of="order", performance="Aida"), 1))
    await deliver(process, at(port))
    [mail] = post.mails()
    assert mail["Subject"].split() == ["À", "payer", ":", "la", "commande", "43", "·", "Aida"]
    text = mail.get_body(("plain",)).get_content()
    assert "Voir la commande" in text
    assert "https://berth.example.org/orders/43" in text.split()
    assert "réservation" not in text
    assert list(mail.iter_attachments()) == []


async def test_a_mail_of_a_paid_order_brings_the_tickets_and_the_performance_for_the_calendar(
    process: Process, office: tuple[PostOffice, int]
) -> None:
    post, port = office
    for number, order_id in ((1, 43), (2, 44)):
        paid = OrderPaid(order_id, 5, ADA.id, ADA.id, "Aida", NINE, TEN, "Europe/Rome", 0, "EUR", 2, venue="Teatro")
        await process.tell(enveloped(paid, number))
    await deliver(process, at(port))
    good, void = sorted(post.mails(), key=lambda one: one["Subject"])
    assert good["Subject"].replace("\N{NO-BREAK SPACE}", " ") == "Vos billets : la commande 43 · Aida"
    assert {"Teatro", "https://berth.example.org/orders/43"} <= {*good.get_body(("plain",)).get_content().split()}
    entry, tickets = good.iter_attachments()
    assert (entry.get_filename(), entry.get_content_type()) == ("performance.ics", "text/calendar")
    assert (tickets.get_filename(), tickets.get_payload(decode=True)) == ("tickets-43.pdf", PDF)
    assert [one.get_filename() for one in void.iter_attachments()] == ["performance.ics"]


async def test_while_the_tickets_cannot_be_had_their_mail_waits(
    process: Process, office: tuple[PostOffice, int]
) -> None:
    post, port = office
    paid = OrderPaid(43, 5, ADA.id, ADA.id, "Aida", NINE, TEN, "Europe/Rome", 0, "EUR", 2, venue="Teatro")
    await process.tell(enveloped(paid, 1, datetime.now(UTC)))
    await deliver(process, at(port), box_office=BoxOffice(away=3))
    [mail] = post.mails()
    assert [one.get_filename() for one in mail.iter_attachments()] == ["performance.ics", "tickets-43.pdf"]


async def test_who_has_left_is_not_written_to(process: Process, office: tuple[PostOffice, int]) -> None:
    post, port = office
    await process.tell(reserved(42, LIN, ADA), reserved(43, ADA, LIN))
    await deliver(process, at(port))
    assert [mail["To"].addresses[0].addr_spec for mail in post.mails()] == ["ada@example.org"]


@pytest.mark.parametrize("where", ["recipient", "data"])
async def test_what_is_refused_for_good_is_not_tried_again_and_holds_up_nobody(
    process: Process, office: tuple[PostOffice, int], where: str
) -> None:
    post, port = office
    {"recipient": post.refused_recipients, "data": post.answers}[where].append("550 No such person")
    await process.tell(reserved(42, ADA, LIN), reserved(43, ADA, LIN))
    await deliver(process, at(port))
    assert len(post.taken) == 1


@pytest.mark.parametrize("where", ["recipient", "data"])
async def test_what_is_refused_for_now_is_sent_later(
    process: Process, office: tuple[PostOffice, int], where: str
) -> None:
    post, port = office
    {"recipient": post.refused_recipients, "data": post.answers}[where].extend(["451 Later"] * 3)
    await process.tell(reserved(42, ADA, LIN))
    await deliver(process, at(port))
    assert len(post.taken) == 1


async def test_a_server_that_goes_away_in_the_middle_gets_the_same_mail_again(
    process: Process, office: tuple[PostOffice, int]
) -> None:
    post, port = office
    post.hang_up = 2
    await process.tell(reserved(42, ADA, LIN))
    await deliver(process, at(port))
    [mail] = post.mails()
    assert mail["Message-ID"] == f"<mail.booking.42.{ADA.id}@berth.example.org>"


async def test_while_the_server_is_away_or_wants_another_password_mails_wait(
    process: Process, office: tuple[PostOffice, int]
) -> None:
    post, port = office
    await process.tell(reserved(42, ADA, LIN))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        free = closed.getsockname()[1]
    for mailbox in (at(free), at(port, "wrong")):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(deliver(process, mailbox), 1)
        [waiting] = await process.mails()
        assert waiting["failures"] >= 1
    await process.database.execute("update notifications.errand set due_at = now()")
    await deliver(process, at(port))
    assert len(post.taken) == 1


async def test_without_a_server_mails_are_files_and_the_same_one_is_one_file(process: Process, tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    for _ in range(2):
        await process.tell(reserved(42, ADA, LIN))
        await deliver(process, FolderMailbox(folder))
    [file] = folder.iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == (f"mail-booking-42-{ADA.id}.eml", 0o600)
    assert email.message_from_bytes(file.read_bytes(), policy=default)["Subject"].startswith("Réservé")


async def test_a_folder_that_cannot_be_written_to_has_mails_wait(process: Process, tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    await process.tell(reserved(42, ADA, LIN))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(deliver(process, FolderMailbox(tmp_path / "mail")), 1)
    assert (await process.mails())[0]["failures"] >= 1


def test_the_address_of_a_server_is_read() -> None:
    assert read_server("smtp://mail.example.org") == Server("smtp", "mail.example.org", 25)
    assert read_server("smtps://mail.example.org") == Server("smtps", "mail.example.org", 465)
    assert read_server("starttls://ada:p%2Fw%40d@[::1]:2525") == Server("starttls", "::1", 2525, "ada", "p/w@d")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail", "smtp://", "smtp://ada@mail", "smtp://mail/inbox"])
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="it "):
        read_server(url)
