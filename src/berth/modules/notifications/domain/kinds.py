"""What people are told of, by which channels, and what they may switch off."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a notification tells of."""

    RESERVATION_CREATED = "reservation_created"
    RESERVATION_CHANGED = "reservation_changed"
    RESERVATION_CANCELLED = "reservation_cancelled"
    RESERVATION_READY = "reservation_ready"
    RESERVATION_MISSED = "reservation_missed"
    RESERVATION_REMINDER = "reservation_reminder"
    CHANGE_REFUSED = "change_refused"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_DECIDED = "approval_decided"
    PAYMENT_ASKED = "payment_asked"
    PAYMENT_TAKEN = "payment_taken"
    PAYMENT_RETURNED = "payment_returned"
    WAITLIST_OFFERED = "waitlist_offered"
    WAITLIST_OVER = "waitlist_over"
    SERIES_SETTLED = "series_settled"
    SERIES_MISSED = "series_missed"
    RESOURCE_CLOSED = "resource_closed"
    SEARCH_MATCHED = "search_matched"
    ORDER_PAID = "order_paid"
    ORDER_CHANGED = "order_changed"
    ORDER_CANCELLED = "order_cancelled"


class Channel(StrEnum):
    """How a notification reaches a person."""

    IN_APP = "in_app"
    EMAIL = "email"


OF_ONESELF = frozenset(
    {
        Kind.RESERVATION_CREATED,
        Kind.RESERVATION_CHANGED,
        Kind.RESERVATION_CANCELLED,
        Kind.APPROVAL_DECIDED,
        Kind.ORDER_CANCELLED,
    }
)
"""What a person may have done himself; of the rest, nothing is a confirmation of one's own doings."""

OF_WAITLIST = frozenset({Kind.WAITLIST_OFFERED, Kind.WAITLIST_OVER})
"""What is about a place in the waitlist, and not about a reservation."""

OF_SERIES = frozenset({Kind.SERIES_SETTLED, Kind.SERIES_MISSED})
"""What is about a series, and not about one reservation."""

OF_ORDERS = frozenset({Kind.ORDER_PAID, Kind.ORDER_CHANGED, Kind.ORDER_CANCELLED})
"""What is about an order of seats, and not about a reservation."""

WITH_TICKETS = frozenset({Kind.ORDER_PAID, Kind.ORDER_CHANGED})
"""What is mailed with the tickets as they are now."""

NOT_MAILED = frozenset({Kind.PAYMENT_TAKEN})
"""What one may read in the app, and is not worth a mail to who did not ask for it."""

REMINDER_HOURS_MIN, REMINDER_HOURS_DEFAULT, REMINDER_HOURS_MAX = 1, 24, 168
"""How long before its start people are reminded of a reservation."""


@dataclass(frozen=True, slots=True)
class Switch:
    """What a person may switch on and off.

    ``by_self`` tells the confirmation of one's own doings from the news of what others did.
    """

    kind: Kind
    by_self: bool
    channel: Channel = Channel.IN_APP

    @property
    def on_by_default(self) -> bool:
        """Tell whether it is on for who never touched it.

        In the app everything, until it is too much; by mail what one does not know yet.
        """
        return self.channel is Channel.IN_APP or not (self.by_self or self.kind in NOT_MAILED)


SWITCHES = tuple(
    Switch(kind, by_self, channel)
    for channel in Channel
    for kind in Kind
    for by_self in ((False, True) if kind in OF_ONESELF else (False,))
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person wants to be told, and how many hours before the start to be reminded; none is never."""

    switches: Mapping[Switch, bool]
    reminder_hours: int | None = REMINDER_HOURS_DEFAULT


def settled(chosen: Mapping[Switch, bool]) -> dict[Switch, bool]:
    """Answer every switch: as it was chosen, or else at its default."""
    return {switch: chosen.get(switch, switch.on_by_default) for switch in SWITCHES}
