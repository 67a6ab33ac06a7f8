"""Everybody who listens in this process, each with what they have not been told yet."""

import asyncio
from collections import deque
from collections.abc import Sequence

from berth.edges.live.notices import Notice, notices
from berth.kit.auth import Principal
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Audience, Broadcast

WAITING_MAX = 500
MISSED = Notice("missed", None, (), None)
"""Takes the place of what a listener did not hear, too slow or cut off: everything is to be looked at again."""

REACHED_SECONDS_MAX = 1.0


class Listener:
    """Somebody who listens."""

    def __init__(self, caller: Principal) -> None:
        self._caller = caller
        self._waiting: deque[Notice] = deque()
        self._rung = asyncio.Event()
        self.closed = False

    def tell(self, notice: Notice) -> None:
        """Keep a notice until it is heard, if it is for this person; one that already waits is not kept twice."""
        if not notice.is_for(self._caller.id, is_admin=self._caller.is_admin) or notice in self._waiting:
            return
        if len(self._waiting) >= WAITING_MAX:
            self._waiting.clear()
            notice = MISSED
        self._waiting.append(notice)
        self._rung.set()

    def close(self) -> None:
        """End the listening."""
        self.closed = True
        self._rung.set()

    async def hear(self, seconds_max: float) -> Sequence[Notice]:
        """Answer what there is to tell, once there is something; nothing, if the time passes without."""
        try:
            async with asyncio.timeout(seconds_max):
                await self._rung.wait()
        except TimeoutError:
            return ()
        self._rung.clear()
        heard = list(self._waiting)
        self._waiting.clear()
        return heard


class Hub:
    """The listeners of this process. Events reach it by broadcast, so that any number of processes may serve."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._audience = Audience()
        self.broadcast = Broadcast(None, self.tell, self._began, self._audience)

    def tell(self, envelopes: Sequence[Envelope]) -> None:
        """Tell the listeners what happened."""
        if not self._listeners:
            return
        self._tell([one for envelope in envelopes for one in notices(envelope)])

    async def join(self, caller: Principal) -> Listener:
        """Answer a new listener, to be left when it ends, once events reach it; later, if the broker is away."""
        self._audience.come()
        try:
            async with asyncio.timeout(REACHED_SECONDS_MAX):
                await self._audience.reached.wait()
        except TimeoutError:
            pass
        except asyncio.CancelledError:
            self._audience.leave()
            raise
        listener = Listener(caller)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        self._listeners.discard(listener)
        self._audience.leave()

    def _began(self) -> None:
        self._tell([MISSED])

    def _tell(self, told: Sequence[Notice]) -> None:
        for listener in self._listeners:
            for notice in told:
                listener.tell(notice)

    def close(self) -> None:
        """End every listening, for the process ends."""
        for listener in self._listeners:
            listener.close()
