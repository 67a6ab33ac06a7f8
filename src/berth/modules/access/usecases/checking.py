"""Asks the lock for a sign of life."""

import time
from dataclasses import dataclass

from berth.modules.access.providers import Lock, LockAway, LockRefused


@dataclass(frozen=True, slots=True)
class Sign:
    """What came back: which provider was asked, whether it answered well, what it said, and after how long."""

    provider: str
    alive: bool
    says: str
    milliseconds: int


class Checking:
    """The verb of testing a lock."""

    def __init__(self, lock: Lock) -> None:
        self._lock = lock

    async def check(self, resource_id: int) -> Sign:
        """Answer whether the lock of a resource answers; nothing is opened or changed."""
        began = time.monotonic()
        try:
            await self._lock.sign_of_life(resource_id)
        except (LockAway, LockRefused) as error:
            alive, says = False, str(error)
        else:
            alive, says = True, "codes are checked by Berth alone" if self._lock.takes_at_once else "the lock answers"
        return Sign(self._lock.name, alive, says, round((time.monotonic() - began) * 1000))
