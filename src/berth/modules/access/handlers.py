"""What access listens to: all that booking says of what it wants confirmed."""

from berth.kit.outbox.subscription import Group
from berth.modules.access.domain.request import KINDS

GROUP = Group("access", frozenset(KINDS))
