"""Mails: written when they are sent, with the names that hold then."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import structlog

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Contact, Identity
from berth.contracts.seating.performances import Seating
from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.kit.errand.ask import Errands
from berth.kit.errand.runner import Settle
from berth.kit.errand.store import Errand
from berth.kit.http.problem import Problem
from berth.kit.localtime import UnknownZone, zone
from berth.modules.notifications.domain.invitation import Party, invitation
from berth.modules.notifications.domain.kinds import OF_SERIES, OF_WAITLIST, WITH_TICKETS, Kind
from berth.modules.notifications.domain.languages.words import Part
from berth.modules.notifications.domain.letter import Letter, Tickets, message_of
from berth.modules.notifications.domain.rendering import Names, Reader, entry_text, render, resource_ids
from berth.modules.notifications.domain.told.closing import single
from berth.modules.notifications.domain.told.matches import find_path
from berth.modules.notifications.providers.port import Mailbox, MailboxAway, MailRefused
from berth.modules.notifications.store.telling import SEND

TRIED_FOR = timedelta(days=3)
PAUSE_FIRST = timedelta(seconds=15)
PAUSE_MAX = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom mails come from, and the address of Berth that their links lead to, without a slash at its end."""

    party: Party
    origin: str
    host: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What an errand of a mail holds; ``failures`` is how often it could not be sent."""

    person_id: int
    kind: Kind
    by_self: bool
    data: Mapping[str, Any]
    sequence: int
    happened_at: datetime
    failures: int

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Mail":
        """Read the data of an errand."""
        return cls(
            person_id=data["person_id"],
            kind=Kind(data["kind"]),
            by_self=data["by_self"],
            data=data["data"],
            sequence=data["sequence"],
            happened_at=datetime.fromisoformat(data["happened_at"]),
            failures=data.get("failures", 0),
        )


class TicketsAway(Exception):
    """The tickets that go with a mail could not be had now; later they may."""


class Mailing:
    """The verb of sending a mail. It is done outside of any transaction, and may be done twice."""

    def __init__(
        self,
        *,
        identity: Identity,
        catalog: Catalog,
        seating: Seating,
        mailbox: Mailbox,
        errands: Errands,
        clock: Clock,
        sender: Sender,
        pause_first: timedelta = PAUSE_FIRST,
    ) -> None:
        self._identity = identity
        self._catalog = catalog
        self._seating = seating
        self._mailbox = mailbox
        self._errands = errands
        self._clock = clock
        self._sender = sender
        self._pause_first = pause_first

    async def send(self, errand: Errand) -> Settle | None:
        """Write and send a mail; one that cannot be sent now is tried again for three days.

        Nobody writes to who is inactive or unknown, and a mail that is refused is not tried again.
        """
        mail = Mail.of(errand.data)
        contact = (await self._identity.contacts(ids=[mail.person_id])).get(mail.person_id)
        if contact is None:
            return None
        try:
            letter, reader = await self._letter(errand, mail, contact)
            await self._mailbox.send(message_of(letter, reader.words))
        except MailRefused as refused:
            structlog.get_logger().warning("mail_refused", key=errand.key, person=mail.person_id, reason=str(refused))
        except (MailboxAway, TicketsAway) as away:
            return self._again(errand, mail, away)
        return None

    async def _letter(self, errand: Errand, mail: Mail, contact: Contact) -> tuple[Letter, Reader]:
        reader = Reader(contact.language, _zone(contact.timezone))
        names = await self._names(mail)
        text = render(mail.kind, mail.data, names, reader, by_self=mail.by_self)
        recipient = Party(contact.name, contact.email)
        url, opens = self._link(mail)
        kind, about, said = mail.kind, mail.data, text
        only = single(mail.data) if kind is Kind.RESOURCE_CLOSED else None
        if only:
            kind = Kind.RESERVATION_CANCELLED if only["outcome"] == "cancel" else Kind.RESERVATION_CHANGED
            about, said = only, entry_text(only, names, reader, text)
        carried = invitation(
            kind,
            about,
            said,
            sequence=mail.sequence,
            stamp=mail.happened_at,
            host=self._sender.host,
            organizer=self._sender.party,
            attendee=recipient,
            url=url,
        )
        id_ = f"{errand.key.replace('/', '.').replace('+', '.')}@{self._sender.host}"
        tickets = await self._tickets(mail)
        return Letter(id_, self._sender.party, recipient, text, url, opens, mail.happened_at, carried, tickets), reader

    async def _tickets(self, mail: Mail) -> Tickets | None:
        """Answer the tickets that go with a mail, as they are now; none once their order was cancelled."""
        if mail.kind not in WITH_TICKETS:
            return None
        try:
            printed = await self._seating.tickets(order_id=mail.data["order_id"])
        except Problem as problem:
            raise TicketsAway(str(problem)) from problem
        return Tickets(mail.data["order_id"], base64.b64decode(printed)) if printed else None

    def _link(self, mail: Mail) -> tuple[str, Part]:
        if mail.kind in OF_WAITLIST:
            return f"{self._sender.origin}/waitlist", Part.OPEN_WAITLIST
        if mail.kind in OF_SERIES:
            return f"{self._sender.origin}/series/{mail.data['series_id']}", Part.OPEN_SERIES
        if mail.kind is Kind.SEARCH_MATCHED:
            return f"{self._sender.origin}{find_path(mail.data)}", Part.OPEN_FIND
        if mail.data.get("order_id") is not None:
            return f"{self._sender.origin}/orders/{mail.data['order_id']}", Part.OPEN_ORDER
        if mail.data.get("reservation_id") is None:
            return f"{self._sender.origin}/reservations", Part.OPEN_RESERVATIONS
        return f"{self._sender.origin}/reservations/{mail.data['reservation_id']}", Part.OPEN

    async def _names(self, mail: Mail) -> Names:
        ids = resource_ids(mail.data)
        resources = await self._catalog.resources(ids=ids) if ids else {}
        asked = mail.kind is Kind.APPROVAL_ASKED
        people = await self._identity.people(ids=[mail.data["owner_id"]]) if asked else {}
        return Names({id_: one.name for id_, one in resources.items()}, {id_: one.name for id_, one in people.items()})

    def _again(self, errand: Errand, mail: Mail, away: MailboxAway | TicketsAway) -> Settle | None:
        """Answer what has the mail tried again later, each time after twice as long; none if that is to end."""
        now = self._clock()
        log = structlog.get_logger()
        if now - mail.happened_at > TRIED_FOR and mail.failures:
            log.error("mail_given_up", key=errand.key, person=mail.person_id, reason=str(away))
            return None
        pause = min(self._pause_first * 2 ** min(mail.failures, 16), PAUSE_MAX)
        log.warning("mail_not_sent", key=errand.key, reason=str(away), again_in_seconds=pause.total_seconds())
        later = {**errand.data, "failures": mail.failures + 1}

        async def settle(connection: Connection) -> None:
            await self._errands.ask(connection, errand.key, SEND, later, due_at=now + pause)

        return settle


def _zone(name: str | None) -> tzinfo:
    try:
        return zone(name) if name and name != "UTC" else UTC
    except UnknownZone:
        return UTC
