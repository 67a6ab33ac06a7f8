"""What booking does when those who confirm its reservations answer, and what its searches hear of."""

from berth.contracts.booking.reservation import ReservationCreated
from berth.kit.outbox.subscription import Group
from berth.modules.booking.domain.life.confirming import ANSWERS
from berth.modules.booking.domain.searches.freeing import FREEING

GROUP = Group("booking", frozenset({ReservationCreated.type, *ANSWERS}))

SEARCHES = Group("booking_searches", frozenset(FREEING), gather_seconds=0.5)
"""What becomes free, for those who want to be told; nobody waits for the answer."""
