"""The maps of performances that somebody watches: one mirror of each in a process, however many follow it."""

import asyncio
import time
from collections.abc import Sequence

import structlog

from berth.contracts.seating.performances import (
    PerformanceCancelled,
    PerformanceChanged,
    Seating,
    SeatsChanged,
    SeatsNow,
)
from berth.edges.live.client import Client
from berth.edges.live.messages import missed
from berth.edges.live.mirror import Mirror
from berth.edges.live.notices import notices
from berth.edges.live.topics import PERFORMANCE, Topic
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Audience, Broadcast

REST_SECONDS_MIN, REST_SECONDS_MAX = 0.05, 0.15
"""After a telling, what changes gathers for so long: the longer, the longer it takes to tell it to all."""

REST_FACTOR = 0.5
"""So many times as long as the last telling took; other work has its turn in the midst of each anyway."""

AT_ONCE = 250
"""So many clients are told before others have their turn."""

REACHED_SECONDS_MAX = 1.0
RETRY_SECONDS = 1.0
SUSPECT_SECONDS = 1.0
RECHECK_SECONDS = 30.0
"""How often a mirror is compared with what seating says; it is right already, unless an event was lost unseen."""

NOTICED = (PerformanceChanged, PerformanceCancelled)
"""After these the performance itself is to be looked at again."""


class Watched:
    """A mirror, who follows it, the task that reads it, and whether all are to be sent the whole map next.

    ``notices`` are those that nobody was told yet; ``missed`` are those who have to hear that they were not told one.
    """

    def __init__(self, performance_id: int) -> None:
        self.topic = Topic(PERFORMANCE, performance_id)
        self.mirror = Mirror(self.topic.name)
        self.clients: set[Client] = set()
        self.rung = asyncio.Event()
        self.begins = False
        self.notices: dict[bytes, None] = {}
        self.missed: set[Client] = set()
        self.reading: asyncio.Task[None] | None = None


class Performances:
    """All mirrors of this process. Events reach it by broadcast, so that any number of processes may serve."""

    def __init__(self, seating: Seating | None) -> None:
        self._seating = seating
        self._watched: dict[int, Watched] = {}
        self._audience = Audience()
        self._news = asyncio.Event()
        types = frozenset(one.type for one in (SeatsChanged, *NOTICED))
        self.broadcast = Broadcast(types, self._tell, self._began, self._audience)

    @property
    def count(self) -> int:
        """Answer how many mirrors there are."""
        return len(self._watched)

    def follow(self, client: Client, topic: Topic) -> None:
        """Send a client the map and what becomes of it."""
        if self._seating is None:
            client.refuse(topic, "Seats are not told here.")
            return
        one = self._watched.get(topic.id)
        if one is None:
            one = self._watched[topic.id] = Watched(topic.id)
            self._audience.come()
            one.reading = asyncio.ensure_future(self._read(self._seating, one))
        one.clients.add(client)
        self.catch_up(client, topic)

    def unfollow(self, client: Client, topic: Topic) -> None:
        """Send a client nothing more; a mirror that nobody follows is forgotten."""
        one = self._watched.get(topic.id)
        if one is not None:
            one.clients.discard(client)
            one.missed.discard(client)
            if not one.clients:
                self._forget(one)

    def catch_up(self, client: Client, topic: Topic) -> None:
        """Send a client the map as it is, if it is read: else everybody gets it once it is."""
        one = self._watched.get(topic.id)
        if one is not None:
            _tell_missed(one, client)
            if one.mirror.is_read:
                client.tell(topic, one.mirror.snapshot())

    async def run(self) -> None:
        """Tell what changes, until cancelled."""
        while True:
            await self._news.wait()
            self._news.clear()
            began = time.monotonic()
            for one in list(self._watched.values()):
                await _tell_all(one)
            took = time.monotonic() - began
            await asyncio.sleep(min(REST_SECONDS_MAX, max(REST_SECONDS_MIN, took * REST_FACTOR)))

    def close(self) -> None:
        """Forget all mirrors, for the process ends."""
        for one in list(self._watched.values()):
            self._forget(one)

    def _tell(self, envelopes: Sequence[Envelope]) -> None:
        if not self._watched:
            return
        for envelope in envelopes:
            if envelope.type == SeatsChanged.type:
                self._hear(envelope.read(SeatsChanged))
                continue
            one = self._watched.get(envelope.members()["performance_id"])
            if one is not None:
                one.notices.update((notice.frame(one.topic), None) for notice in notices(envelope))
                self._news.set()

    def _hear(self, event: SeatsChanged) -> None:
        one = self._watched.get(event.performance_id)
        if one is not None:
            one.mirror.hear(event)
            self._news.set()
            if one.mirror.suspects:
                one.rung.set()

    def _began(self) -> None:
        for one in self._watched.values():
            if one.mirror.is_read:
                one.missed |= one.clients
                self._news.set()
            one.mirror.begin()
            one.rung.set()

    async def _read(self, seating: Seating, one: Watched) -> None:
        """Read the seats, and again whenever there is a reason to."""
        await _reached(self._audience)
        while True:
            one.rung.clear()
            epoch = one.mirror.epoch
            now = await self._asked(seating, one)
            if epoch != one.mirror.epoch:
                continue
            if now is None:
                self._refuse(one)
                return
            one.begins |= one.mirror.read(now)
            self._news.set()
            if one.mirror.suspects:
                one.rung.set()
            try:
                async with asyncio.timeout(RECHECK_SECONDS):
                    await one.rung.wait()
            except TimeoutError:
                continue
            if one.mirror.is_read:
                await asyncio.sleep(SUSPECT_SECONDS)

    async def _asked(self, seating: Seating, one: Watched) -> SeatsNow | None:
        while True:
            try:
                return await seating.seats(performance_id=one.topic.id)
            except Exception as error:
                structlog.get_logger().warning("seats_unknown", topic=one.topic.name, reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)

    def _refuse(self, one: Watched) -> None:
        clients = tuple(one.clients)
        self._forget(one)
        for client in clients:
            client.refuse(one.topic, "There is no such performance.")

    def _forget(self, one: Watched) -> None:
        del self._watched[one.topic.id]
        one.clients.clear()
        self._audience.leave()
        if one.reading and one.reading is not asyncio.current_task():
            one.reading.cancel()


async def _reached(audience: Audience) -> None:
    try:
        async with asyncio.timeout(REACHED_SECONDS_MAX):
            await audience.reached.wait()
    except TimeoutError:
        structlog.get_logger().warning("events_away")


async def _tell_all(one: Watched) -> None:
    """Tell all who follow what is new; one task does so, or a delta could overtake the map that it belongs to."""
    told, one.notices = b"".join(one.notices), {}
    frame = _map_of(one) + told
    clients = tuple(one.clients) if frame or one.missed else ()
    for at in range(0, len(clients), AT_ONCE):
        for client in clients[at : at + AT_ONCE]:
            if client in one.clients:
                _tell_missed(one, client)
                if frame and not client.tell(one.topic, frame) and told:
                    one.missed.add(client)
        await asyncio.sleep(0)


def _map_of(one: Watched) -> bytes:
    """Answer what is to be told of the map; nothing before it is read."""
    if not one.mirror.is_read:
        return b""
    begins, one.begins = one.begins, False
    return one.mirror.snapshot() if begins else one.mirror.delta() or b""


def _tell_missed(one: Watched, client: Client) -> None:
    """Tell a client that it was not told of everything, if that is so; one that does not read is told later."""
    if client in one.missed and client.tell(one.topic, missed(one.topic.name)):
        one.missed.discard(client)
