"""Waits until a reservation's confirmations are decided, for callers who would rather wait than ask again."""

import asyncio
import itertools
from collections.abc import Sequence

from berth.contracts.booking.reservation import (
    ChangeRefused,
    ReservationCancelled,
    ReservationChanged,
    ReservationReady,
)
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Broadcast
from berth.modules.booking.usecases.reading import Reading

LOOK_SECONDS = 1.0
DECIDING = frozenset({ReservationReady.type, ReservationChanged.type, ReservationCancelled.type, ChangeRefused.type})


class Settling:
    """The waiting. It hears of decisions by broadcast, and looks now and then, for a broadcast may be missed."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._waiting: dict[str, list[asyncio.Event]] = {}
        self.broadcast = Broadcast(DECIDING, self._heard, self._began)

    async def wait(self, id_: int, seconds_max: float) -> None:
        """Return when nothing of the reservation is undecided any more, or the time is over."""
        give_up_at = asyncio.get_running_loop().time() + seconds_max
        subject, decided = f"reservation/{id_}", asyncio.Event()
        self._waiting.setdefault(subject, []).append(decided)
        try:
            while await self._reading.undecided(id_):
                left = give_up_at - asyncio.get_running_loop().time()
                if left <= 0:
                    return
                try:
                    async with asyncio.timeout(min(left, LOOK_SECONDS)):
                        await decided.wait()
                except TimeoutError:
                    continue
                decided.clear()
        finally:
            self._waiting[subject].remove(decided)
            if not self._waiting[subject]:
                del self._waiting[subject]

    def _heard(self, envelopes: Sequence[Envelope]) -> None:
        for one in envelopes:
            for decided in self._waiting.get(one.subject, ()):
                decided.set()

    def _began(self) -> None:
        for decided in itertools.chain.from_iterable(self._waiting.values()):
            decided.set()
