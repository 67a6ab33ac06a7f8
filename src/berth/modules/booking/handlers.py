"""What booking does when those who confirm its reservations answer, and when its own clock strikes."""

from berth.contracts.booking.reservation import ReservationCreated
from berth.kit.outbox.subscription import Group
from berth.modules.booking.domain.life.confirming import ANSWERS

GROUP = Group("booking", frozenset({ReservationCreated.type, *ANSWERS}))
