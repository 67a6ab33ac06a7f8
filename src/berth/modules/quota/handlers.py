"""What quota listens to: all that booking says of what it wants confirmed."""

from berth.contracts.booking.reservation import means
from berth.kit.outbox.subscription import Group
from berth.modules.quota.usecases.confirming import KINDS, STEP

GROUP = Group("quota", frozenset(KINDS), concerns=means(STEP))
