"""What notifications listens to: what is told to people, and what moves a reservation of which they are reminded."""

from berth.contracts.booking.series import SeriesExtended
from berth.kit.outbox.subscription import Group
from berth.modules.notifications.domain.course import FOLLOWED
from berth.modules.notifications.domain.news import EVENTS
from berth.modules.notifications.domain.told.orders import CONTRACTS as ORDERS

GROUP = Group(
    "notifications",
    frozenset(EVENTS) | frozenset(FOLLOWED) | frozenset(ORDERS) | {SeriesExtended.type},
    gather_seconds=0.03,
)
