"""What there is to say, and what a language has to have to say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Title(StrEnum):
    """What a notification is called. ``{what}`` are the resources."""

    RESERVED = "reserved"
    PENDING = "pending"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    READY = "ready"
    MISSED = "missed"
    REMINDER = "reminder"
    CHANGE_REFUSED = "change_refused"
    APPROVAL_ASKED = "approval_asked"
    APPROVED = "approved"
    REJECTED = "rejected"
    PAYMENT_ASKED = "payment_asked"
    PAYMENT_TAKEN = "payment_taken"
    PAYMENT_RETURNED = "payment_returned"
    WAITLIST_OFFERED = "waitlist_offered"
    WAITLIST_OVER = "waitlist_over"
    PARTLY_CONFIRMED = "partly_confirmed"
    NOT_CONFIRMED = "not_confirmed"
    SERIES_MISSED = "series_missed"
    CLOSED = "closed"
    SEARCH_MATCHED = "search_matched"
    TICKETS = "tickets"


class Phrase(StrEnum):
    """A sentence. ``{it}`` is the reservation: its resources, its time and its title; or an order of seats.

    Those of an occurrence speak of one time of a series, ``{when}``.
    """

    CREATED_SELF = "created_self"
    CREATED_STAFF = "created_staff"
    CREATED_SYSTEM = "created_system"
    PENDING = "pending"
    CHANGED_SELF = "changed_self"
    CHANGED_STAFF = "changed_staff"
    CHANGED_SYSTEM = "changed_system"
    CANCELLED_SELF = "cancelled_self"
    CANCELLED_STAFF = "cancelled_staff"
    CANCELLED_SYSTEM = "cancelled_system"
    SERIES = "series"
    REASON = "reason"
    READY = "ready"
    MISSED = "missed"
    REMINDER = "reminder"
    CHANGE_REFUSED = "change_refused"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_REMINDED = "approval_reminded"
    APPROVAL_ESCALATED = "approval_escalated"
    APPROVED = "approved"
    APPROVED_SELF = "approved_self"
    REJECTED = "rejected"
    REJECTED_SELF = "rejected_self"
    MESSAGE = "message"
    PAYMENT_ASKED = "payment_asked"
    PAYMENT_TAKEN = "payment_taken"
    PAYMENT_RETURNED = "payment_returned"
    PAYMENT_KEPT = "payment_kept"
    PAYMENT_KEPT_WHOLE = "payment_kept_whole"
    ORDER_PAYMENT_ASKED = "order_payment_asked"
    ORDER_PAYMENT_TAKEN = "order_payment_taken"
    ORDER_PAYMENT_RETURNED = "order_payment_returned"
    ORDER_PAYMENT_KEPT_WHOLE = "order_payment_kept_whole"
    ORDER_PAID = "order_paid"
    ORDER_CHANGED = "order_changed"
    ORDER_CANCELLED_SELF = "order_cancelled_self"
    ORDER_CANCELLED_STAFF = "order_cancelled_staff"
    ORDER_CANCELLED_SYSTEM = "order_cancelled_system"
    ORDER_RETURNED = "order_returned"
    ORDER_RETURNED_BY_TERMS = "order_returned_by_terms"
    PERFORMANCE_CANCELLED = "performance_cancelled"
    WAITLIST_OFFERED = "waitlist_offered"
    WAITLIST_LAPSED = "waitlist_lapsed"
    WAITLIST_EXPIRED = "waitlist_expired"
    SERIES_PENDING = "series_pending"
    SERIES_ALL = "series_all"
    SERIES_SOME = "series_some"
    SERIES_NONE = "series_none"
    SERIES_MISSED = "series_missed"
    OCCURRENCE_REFUSED = "occurrence_refused"
    OCCURRENCE_NOT_CONFIRMED = "occurrence_not_confirmed"
    OCCURRENCE_TAKEN = "occurrence_taken"
    OCCURRENCE_NOT_ALLOWED = "occurrence_not_allowed"
    OCCURRENCES_MORE = "occurrences_more"
    CLOSED = "closed"
    CLOSED_MOVED = "closed_moved"
    CLOSED_PENDING = "closed_pending"
    CLOSED_CANCELLED = "closed_cancelled"
    CLOSED_UNMOVED = "closed_unmoved"
    CLOSED_HELD = "closed_held"
    CLOSED_OFFERED = "closed_offered"
    SEARCH_MATCHED = "search_matched"
    SEARCH_MORE = "search_more"
    SEARCH_FIRST = "search_first"


class Part(StrEnum):
    """A piece of a sentence, or a label of a mail."""

    AND = "and"
    MORE = "more"
    QUOTED = "quoted"
    RESERVATION = "reservation"
    ORDER = "order"
    RESOURCE = "resource"
    SOMEBODY = "somebody"
    TIME = "time"
    NAME = "name"
    RESOURCES = "resources"
    TITLE = "title"
    DESCRIPTION = "description"
    DETAILS = "details"
    HELLO = "hello"
    COLON = "colon"
    WHAT_LABEL = "what_label"
    WHEN_LABEL = "when_label"
    WHERE_LABEL = "where_label"
    TITLE_LABEL = "title_label"
    OPEN = "open"
    OPEN_WAITLIST = "open_waitlist"
    OPEN_SERIES = "open_series"
    OPEN_RESERVATIONS = "open_reservations"
    OPEN_FIND = "open_find"
    OPEN_ORDER = "open_order"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class Words:
    """A language: its locale, its way of writing a day and the first of a month, and all that it says."""

    locale: str
    day: str
    first_day: str
    titles: Mapping[Title, str]
    phrases: Mapping[Phrase, str]
    parts: Mapping[Part, str]
