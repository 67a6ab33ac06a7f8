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


def _returned(data: Mapping[str, Any]) -> Said:
    if not data["returned_minor"]:
        return Title.PAYMENT_RETURNED, [Phrase.PAYMENT_KEPT_WHOLE]
    return Title.PAYMENT_RETURNED, [Phrase.PAYMENT_RETURNED, *([Phrase.PAYMENT_KEPT] if data["kept_minor"] else [])]


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
    Kind.PAYMENT_ASKED: (Title.PAYMENT_ASKED, Phrase.PAYMENT_ASKED),
    Kind.PAYMENT_TAKEN: (Title.PAYMENT_TAKEN, Phrase.PAYMENT_TAKEN),
    Kind.WAITLIST_OFFERED: (Title.WAITLIST_OFFERED, Phrase.WAITLIST_OFFERED),
    Kind.SERIES_MISSED: (Title.SERIES_MISSED, Phrase.SERIES_MISSED),
}
"""The kinds that are always told in one way."""

OF_SOMEBODY: Mapping[Kind, Callable[[Mapping[str, Any], bool], Said]] = {
    Kind.RESERVATION_CREATED: _created,
    Kind.RESERVATION_CHANGED: _changed,
    Kind.RESERVATION_CANCELLED: _cancelled,
    Kind.APPROVAL_DECIDED: _decided,
}
"""The kinds where it matters whose doing it was."""

OF_SOMETHING: Mapping[Kind, Callable[[Mapping[str, Any]], Said]] = {
    Kind.CHANGE_REFUSED: _change_refused,
    Kind.APPROVAL_ASKED: _asked,
    Kind.PAYMENT_RETURNED: _returned,
    Kind.WAITLIST_OVER: _waited,
    Kind.SERIES_SETTLED: _settled,
    Kind.RESOURCE_CLOSED: _closed,
    Kind.SEARCH_MATCHED: _matched,
}
"""The kinds where it matters what the event says."""
