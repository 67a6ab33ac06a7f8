"""Which events concern whom."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from berth.contracts.booking.closing import ClosingNotice
from berth.contracts.booking.reservation import (
    ApprovalAsked,
    ApprovalDecided,
    ChangeRefused,
    ReservationCancelled,
    ReservationChanged,
    ReservationCreated,
    ReservationEvent,
    ReservationMissed,
    ReservationReady,
)
from berth.contracts.booking.searches import SearchMatched
from berth.contracts.booking.series import SeriesCancelled, SeriesChanged, SeriesCreated, SeriesEvent
from berth.contracts.booking.waitlist import WaitlistEnded, WaitlistOffered
from berth.contracts.payments import PaymentAsked, PaymentReturned, PaymentTaken
from berth.kit.outbox.event import Envelope
from berth.modules.notifications.domain.course import Reminded, reservations_behind
from berth.modules.notifications.domain.kinds import OF_ONESELF, Channel, Kind, Switch
from berth.modules.notifications.domain.told.closing import single

Whom = Callable[[Envelope], Sequence[tuple[int, bool]]]
"""Answers the persons to be told of an event, each with whether it was that person's own doing."""


@dataclass(frozen=True, slots=True)
class News:
    """An event, as far as one person is to be told of it, if its switches are on.

    ``data`` is the event's, as JSON text; ``trace_parent`` and ``address`` are those of the request behind it.
    ``later`` is how many events of the same batch, and of the same reservation, come behind it. ``mail_key``
    names the mail, so that there is one of it. What is not about a reservation has no ``reservation_id``; an order's
    ``sequence`` for calendars is known here, a reservation's where it is written.
    """

    person_id: int
    kind: Kind
    by_self: bool
    subject: str
    reservation_id: int | None
    data: str
    happened_at: datetime
    mail_key: str
    later: int = 0
    sequence: int | None = None
    trace_parent: str | None = None
    address: str | None = None

    def by_default(self, channel: Channel) -> bool:
        """Tell whether the person is told by this channel unless he chose otherwise."""
        return Switch(self.kind, self.by_self, channel).on_by_default


def _owner(contract: type[ReservationEvent]) -> Whom:
    def whom(envelope: Envelope) -> Sequence[tuple[int, bool]]:
        event = envelope.read(contract)
        return [(event.owner_id, event.actor_id == event.owner_id)]

    return whom


def _owner_of_series(contract: type[SeriesEvent]) -> Whom:
    """Answer the owner, if it happened to any reservation at all."""

    def whom(envelope: Envelope) -> Sequence[tuple[int, bool]]:
        event = envelope.read(contract)
        return [(event.owner_id, event.actor_id == event.owner_id)] if event.reservation_id is not None else []

    return whom


def _approvers(envelope: Envelope) -> Sequence[tuple[int, bool]]:
    return [(id_, False) for id_ in dict.fromkeys(envelope.read(ApprovalAsked).approver_ids)]


def _payer(contract: type[PaymentAsked] | type[PaymentTaken]) -> Whom:
    def whom(envelope: Envelope) -> Sequence[tuple[int, bool]]:
        event = envelope.read(contract)
        return [(event.payer_id, False)] if event.amount_minor else []

    return whom


def _paid_before(envelope: Envelope) -> Sequence[tuple[int, bool]]:
    event = envelope.read(PaymentReturned)
    return [(event.payer_id, False)] if event.returned_minor or event.kept_minor else []


def _searching(envelope: Envelope) -> Sequence[tuple[int, bool]]:
    return [(envelope.read(SearchMatched).owner_id, False)]


def _waiting(envelope: Envelope) -> Sequence[tuple[int, bool]]:
    return [(envelope.read(WaitlistOffered).owner_id, False)]


def _waited(envelope: Envelope) -> Sequence[tuple[int, bool]]:
    """Answer who waited in vain; who accepts, declines or leaves knows."""
    event = envelope.read(WaitlistEnded)
    return [(event.owner_id, False)] if event.how in ("lapsed", "expired") else []


def _affected(envelope: Envelope) -> Sequence[tuple[int, bool]]:
    return [(envelope.read(ClosingNotice).owner_id, False)]


EVENTS: Mapping[str, tuple[Kind, Whom]] = {
    ReservationCreated.type: (Kind.RESERVATION_CREATED, _owner(ReservationCreated)),
    ReservationChanged.type: (Kind.RESERVATION_CHANGED, _owner(ReservationChanged)),
    ReservationCancelled.type: (Kind.RESERVATION_CANCELLED, _owner(ReservationCancelled)),
    SeriesCreated.type: (Kind.RESERVATION_CREATED, _owner_of_series(SeriesCreated)),
    SeriesChanged.type: (Kind.RESERVATION_CHANGED, _owner_of_series(SeriesChanged)),
    SeriesCancelled.type: (Kind.RESERVATION_CANCELLED, _owner_of_series(SeriesCancelled)),
    ReservationReady.type: (Kind.RESERVATION_READY, _owner(ReservationReady)),
    ReservationMissed.type: (Kind.RESERVATION_MISSED, _owner(ReservationMissed)),
    ChangeRefused.type: (Kind.CHANGE_REFUSED, _owner(ChangeRefused)),
    ApprovalAsked.type: (Kind.APPROVAL_ASKED, _approvers),
    ApprovalDecided.type: (Kind.APPROVAL_DECIDED, _owner(ApprovalDecided)),
    PaymentAsked.type: (Kind.PAYMENT_ASKED, _payer(PaymentAsked)),
    PaymentTaken.type: (Kind.PAYMENT_TAKEN, _payer(PaymentTaken)),
    PaymentReturned.type: (Kind.PAYMENT_RETURNED, _paid_before),
    WaitlistOffered.type: (Kind.WAITLIST_OFFERED, _waiting),
    WaitlistEnded.type: (Kind.WAITLIST_OVER, _waited),
    ClosingNotice.type: (Kind.RESOURCE_CLOSED, _affected),
    SearchMatched.type: (Kind.SEARCH_MATCHED, _searching),
}
"""The events that people are told of, by their types; of a payment of nothing nobody is.

What happens to a series is told once, by the first of its reservations; what a closing does, once to each owner.
"""

TOLD_AS_ONE = frozenset({SeriesCreated.type, SeriesChanged.type, SeriesCancelled.type})


def news_of(envelopes: Sequence[Envelope]) -> list[News]:
    """Answer who is to be told what, in the order of the events; those that concern nobody are passed over."""
    behind = reservations_behind(envelopes)
    found = []
    for place, envelope in enumerate(envelopes):
        if envelope.type not in EVENTS:
            continue
        members = envelope.members()
        if _is_told_together(envelope.type, members):
            continue
        about = _about(envelope, members)
        kind, whom = EVENTS[envelope.type]
        for person_id, by_self in whom(envelope):
            one = News(
                person_id=person_id,
                kind=kind,
                by_self=by_self and kind in OF_ONESELF,
                subject=about.subject,
                reservation_id=about.reservation_id,
                data=about.data,
                happened_at=envelope.time,
                mail_key=f"mail/{envelope.id}/{person_id}",
                later=behind[place],
                trace_parent=envelope.trace_parent,
                address=envelope.address,
            )
            found.append(one)
    return found


@dataclass(frozen=True, slots=True)
class _About:
    subject: str
    reservation_id: int | None
    data: str


def _is_told_together(type_: str, members: Mapping[str, Any]) -> bool:
    """Tell whether an event is one of many, of which people are told once by another."""
    told = (*TOLD_AS_ONE, ClosingNotice.type)
    return type_ not in told and bool(members.get("series_id") or members.get("closing_id"))


def _about(envelope: Envelope, members: Mapping[str, Any]) -> _About:
    """Answer what a notification is about: of a series its first reservation, of a closing the only one, if it is.

    Where payments has the number of an order in place of a reservation's, it becomes what it is: ``order_id``.
    """
    id_ = members.get("reservation_id")
    if members.get("of") == "order":
        others = {name: value for name, value in members.items() if name != "reservation_id"}
        return _About(f"order/{id_}", None, orjson.dumps({**others, "order_id": id_}).decode())
    if envelope.type == ClosingNotice.type:
        one = single(members)
        if one:
            data = orjson.dumps({**members, "reservation_id": one["reservation_id"]}).decode()
            return _About(f"reservation/{one['reservation_id']}", one["reservation_id"], data)
    subject = f"reservation/{id_}" if envelope.type in TOLD_AS_ONE else envelope.subject
    return _About(subject, id_, envelope.data)


def reminder_of(one: Reminded, now: datetime) -> News:
    """Answer the news that a reservation will begin."""
    subject = f"reservation/{one.reservation_id}"
    members = {
        "reservation_id": one.reservation_id,
        "state": one.state,
        "owner_id": one.owner_id,
        "title": one.title,
        "resource_ids": one.resource_ids,
        "start": one.start,
        "end": one.end,
    }
    return News(
        person_id=one.owner_id,
        kind=Kind.RESERVATION_REMINDER,
        by_self=False,
        subject=subject,
        reservation_id=one.reservation_id,
        data=orjson.dumps(members, option=orjson.OPT_UTC_Z).decode(),
        happened_at=now,
        mail_key=f"mail/reminder/{one.reservation_id}/{one.start:%Y%m%dT%H%M%S%z}",
    )


@dataclass(frozen=True, slots=True)
class Notification:
    """What a person was told; ``data`` are the members of the event, as JSON has them.

    Those of a payment have the time and the resources of its reservation beside them, if it is known.
    """

    id: int
    kind: Kind
    by_self: bool
    subject: str
    data: Mapping[str, Any]
    created_at: datetime
    read_at: datetime | None
