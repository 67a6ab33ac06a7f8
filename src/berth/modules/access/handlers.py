"""What access listens to: all that booking says of what it wants confirmed."""

from berth.contracts.booking.reservation import means
from berth.kit.outbox.subscription import Group
from berth.modules.access.domain.request import KINDS, STEP

GROUP = Group("access", frozenset(KINDS), concerns=means(STEP))
