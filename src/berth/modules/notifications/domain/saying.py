"""What is said of an event: which title and which sentences, in whatever language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.languages.words import Phrase, Title
from berth.modules.notifications.domain.told.closing import Group, groups

SYSTEM_ID = 0
"""The actor of what Berth itself does."""

Said = tuple[Title, Sequence[Phrase]]


def said(kind: Kind, data: Mapping[str, Any], *, by_self: bool) -> Said:
    """Answer what the members of the event call for."""
    if kind in SIMPLE:
        title, phrase = SIMPLE[kind]
        return title, [phrase]
    if kind in OF_SOMEBODY:
        return OF_SOMEBODY[kind](data, by_self)
    return OF_SOMETHING[kind](data)


def _by(data: Mapping[str, Any], by_self: bool, self_: Phrase, staff: Phrase, system: Phrase) -> Phrase:
    if by_self:
        return self_
    return system if data.get("actor_id") == SYSTEM_ID else staff


def _created(data: Mapping[str, Any], by_self: bool) -> Said:
    phrase = _by(data, by_self, Phrase.CREATED_SELF, Phrase.CREATED_STAFF, Phrase.CREATED_SYSTEM)
    if data.get("state") == "pending":
        return Title.PENDING, [phrase, Phrase.PENDING]
    if data.get("awaiting"):
        several = _series(data)
        return Title.PENDING, [phrase, *several, Phrase.SERIES_PENDING if several else Phrase.PENDING]
    return Title.RESERVED, [phrase, *_series(data)]


def _changed(data: Mapping[str, Any], by_self: bool) -> Said:
    phrase = _by(data, by_self, Phrase.CHANGED_SELF, Phrase.CHANGED_STAFF, Phrase.CHANGED_SYSTEM)
    return Title.CHANGED, [phrase, *_series(data)]


def _cancelled(data: Mapping[str, Any], by_self: bool) -> Said:
    phrase = _by(data, by_self, Phrase.CANCELLED_SELF, Phrase.CANCELLED_STAFF, Phrase.CANCELLED_SYSTEM)
    return Title.CANCELLED, [phrase, *_series(data), *([Phrase.REASON] if data.get("reason") else [])]


def _series(data: Mapping[str, Any]) -> list[Phrase]:
    """Answer what is said beside it if it happened to more than one reservation of a series."""
    return [Phrase.SERIES] if data.get("count", 0) > 1 else []


def _change_refused(data: Mapping[str, Any]) -> Said:
    return Title.CHANGE_REFUSED, [Phrase.CHANGE_REFUSED, *([Phrase.REASON] if data.get("reason") else [])]


def _asked(data: Mapping[str, Any]) -> Said:
    phrases = {"reminded": Phrase.APPROVAL_REMINDED, "escalated": Phrase.APPROVAL_ESCALATED}
    return Title.APPROVAL_ASKED, [phrases.get(data["why"], Phrase.APPROVAL_ASKED)]


def _decided(data: Mapping[str, Any], by_self: bool) -> Said:
    if data["approved"]:
        title, phrase = Title.APPROVED, Phrase.APPROVED_SELF if by_self else Phrase.APPROVED
    else:
        title, phrase = Title.REJECTED, Phrase.REJECTED_SELF if by_self else Phrase.REJECTED
    return title, [phrase, *([Phrase.MESSAGE] if data.get("message") else [])]


def _to_pay(data: Mapping[str, Any]) -> Said:
    return Title.PAYMENT_ASKED, [Phrase.ORDER_PAYMENT_ASKED if _is_order(data) else Phrase.PAYMENT_ASKED]


def _taken(data: Mapping[str, Any]) -> Said:
    return Title.PAYMENT_TAKEN, [Phrase.ORDER_PAYMENT_TAKEN if _is_order(data) else Phrase.PAYMENT_TAKEN]


def _returned(data: Mapping[str, Any]) -> Said:
    of_order = _is_order(data)
    if not data["returned_minor"]:
        return Title.PAYMENT_RETURNED, [Phrase.ORDER_PAYMENT_KEPT_WHOLE if of_order else Phrase.PAYMENT_KEPT_WHOLE]
    phrase = Phrase.ORDER_PAYMENT_RETURNED if of_order else Phrase.PAYMENT_RETURNED
    return Title.PAYMENT_RETURNED, [phrase, *([Phrase.PAYMENT_KEPT] if data["kept_minor"] else [])]


def _is_order(data: Mapping[str, Any]) -> bool:
    return data.get("order_id") is not None


def _matched(data: Mapping[str, Any]) -> Said:
    more = [Phrase.SEARCH_MORE] if data.get("more") else []
    return Title.SEARCH_MATCHED, [Phrase.SEARCH_MATCHED, *more, Phrase.SEARCH_FIRST]


def _waited(data: Mapping[str, Any]) -> Said:
    return Title.WAITLIST_OVER, [Phrase.WAITLIST_LAPSED if data["how"] == "lapsed" else Phrase.WAITLIST_EXPIRED]


def _settled(data: Mapping[str, Any]) -> Said:
    count, confirmed = data["count"], data["confirmed"]
    if not confirmed:
        return Title.NOT_CONFIRMED, [Phrase.CANCELLED_SYSTEM if count == 1 else Phrase.SERIES_NONE]
    if confirmed < count:
        return Title.PARTLY_CONFIRMED, [Phrase.SERIES_SOME]
    return Title.READY, [Phrase.READY if count == 1 else Phrase.SERIES_ALL]


def said_of_occurrence(kind: Kind, why: str | None) -> Phrase:
    """Answer what is said of one time of a series that was not confirmed, or could not be reserved."""
    if kind is Kind.SERIES_MISSED:
        return Phrase.OCCURRENCE_NOT_ALLOWED if why == "refused" else Phrase.OCCURRENCE_TAKEN
    return Phrase.OCCURRENCE_REFUSED if why else Phrase.OCCURRENCE_NOT_CONFIRMED


def _closed(data: Mapping[str, Any]) -> Said:
    became = [OF_CLOSING[group] for group in groups(data)]
    return Title.CLOSED, [Phrase.CLOSED, *became, *([Phrase.REASON] if data.get("reason") else [])]


def _order_cancelled(data: Mapping[str, Any], by_self: bool) -> Said:
    """Answer why an order is no more and, if it was paid, whether all of that comes back."""
    staff = Phrase.PERFORMANCE_CANCELLED if data.get("performance_cancelled") else Phrase.ORDER_CANCELLED_STAFF
    phrase = _by(data, by_self, Phrase.ORDER_CANCELLED_SELF, staff, Phrase.ORDER_CANCELLED_SYSTEM)
    back = Phrase.ORDER_RETURNED_BY_TERMS if by_self else Phrase.ORDER_RETURNED
    paid = data["was_paid"] and data["amount_minor"]
    return Title.CANCELLED, [phrase, *([Phrase.REASON] if data.get("reason") else []), *([back] if paid else [])]


OF_CLOSING: Mapping[Group, Phrase] = {
    Group.MOVED: Phrase.CLOSED_MOVED,
    Group.PENDING: Phrase.CLOSED_PENDING,
    Group.CANCELLED: Phrase.CLOSED_CANCELLED,
    Group.UNMOVED: Phrase.CLOSED_UNMOVED,
    Group.HELD: Phrase.CLOSED_HELD,
    Group.OFFERED: Phrase.CLOSED_OFFERED,
}
"""What is said of each group of what became of things when a resource was closed."""

SIMPLE: Mapping[Kind, tuple[Title, Phrase]] = {
    Kind.RESERVATION_READY: (Title.READY, Phrase.READY),
    Kind.RESERVATION_MISSED: (Title.MISSED, Phrase.MISSED),
    Kind.RESERVATION_REMINDER: (Title.REMINDER, Phrase.REMINDER),
    Kind.WAITLIST_OFFERED: (Title.WAITLIST_OFFERED, Phrase.WAITLIST_OFFERED),
    Kind.SERIES_MISSED: (Title.SERIES_MISSED, Phrase.SERIES_MISSED),
    Kind.ORDER_PAID: (Title.TICKETS, Phrase.ORDER_PAID),
    Kind.ORDER_CHANGED: (Title.CHANGED, Phrase.ORDER_CHANGED),
}
"""The kinds that are always told in one way."""

OF_SOMEBODY: Mapping[Kind, Callable[[Mapping[str, Any], bool], Said]] = {
    Kind.RESERVATION_CREATED: _created,
    Kind.RESERVATION_CHANGED: _changed,
    Kind.RESERVATION_CANCELLED: _cancelled,
    Kind.APPROVAL_DECIDED: _decided,
    Kind.ORDER_CANCELLED: _order_cancelled,
}
"""The kinds where it matters whose doing it was."""

OF_SOMETHING: Mapping[Kind, Callable[[Mapping[str, Any]], Said]] = {
    Kind.CHANGE_REFUSED: _change_refused,
    Kind.APPROVAL_ASKED: _asked,
    Kind.PAYMENT_ASKED: _to_pay,
    Kind.PAYMENT_TAKEN: _taken,
    Kind.PAYMENT_RETURNED: _returned,
    Kind.WAITLIST_OVER: _waited,
    Kind.SERIES_SETTLED: _settled,
    Kind.RESOURCE_CLOSED: _closed,
    Kind.SEARCH_MATCHED: _matched,
}
"""The kinds where it matters what the event says."""
