"""What quota listens to: all that booking says of what it wants confirmed."""

from berth.kit.outbox.subscription import Group
from berth.modules.quota.usecases.confirming import KINDS

GROUP = Group("quota", frozenset(KINDS))
