"""What changes at resources, at sites and for oneself: told to whoever follows it, as what to look at again."""

import asyncio
import contextlib
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import structlog

from berth.contracts.catalog import Catalog, ResourceQuery
from berth.edges.live.client import Client
from berth.edges.live.messages import message, missed
from berth.edges.live.notices import Notice, merged, notices
from berth.edges.live.topics import ALONE, NOTICES, RESOURCE, RESOURCES, SITE, Topic
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.subscription import Audience, Broadcast

GATHER_SECONDS, GATHER_SECONDS_MAX = 0.05, 0.25
"""What is to be looked at again is told once, however often it changes within this time, or as long as telling took."""

AT_ONCE = 250
"""So many clients are told before others have their turn."""

REACHED_SECONDS_MAX = 1.0
WAITING_MAX = 5_000
PLACES = "berth.catalog."
"""Events after which a site may have other resources."""

Delivery = tuple[Topic, Client, bytes]
Sites = Mapping[Topic, frozenset[int]]


class Following:
    """Who follows what in this process. Events reach it by broadcast, so that any number of processes may serve."""

    def __init__(self, catalog: Catalog | None) -> None:
        self._catalog = catalog
        self._clients: defaultdict[Topic, set[Client]] = defaultdict(set)
        self._confirmed: set[tuple[Topic, Client]] = set()
        self._sites: dict[Topic, frozenset[int]] = {}
        self._waiting: dict[Notice, None] = {}
        self._missed: set[tuple[Topic, Client]] = set()
        self._rung = asyncio.Event()
        self._audience = Audience()
        self._tasks: set[asyncio.Task[None]] = set()
        self.broadcast = Broadcast(None, self._tell, self._began, self._audience)

    def follow(self, client: Client, topic: Topic) -> None:
        """Tell a client of a topic, once it is known to be there and events reach this process."""
        if client not in self._clients[topic]:
            self._clients[topic].add(client)
            self._audience.come()
        task = asyncio.ensure_future(self._confirm(client, topic))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def unfollow(self, client: Client, topic: Topic) -> None:
        """Tell a client no more of a topic."""
        clients = self._clients.get(topic)
        if clients and client in clients:
            clients.discard(client)
            self._confirmed.discard((topic, client))
            self._audience.leave()
            if not clients:
                del self._clients[topic]
                self._sites.pop(topic, None)

    def catch_up(self, client: Client, topic: Topic) -> None:
        """Tell a client that it was not told of everything."""
        client.tell(topic, missed(topic.name))

    async def run(self) -> None:
        """Tell what changes, until cancelled."""
        took = 0.0
        while True:
            await self._rung.wait()
            await asyncio.sleep(min(GATHER_SECONDS_MAX, max(GATHER_SECONDS, took)))
            self._rung.clear()
            waiting, self._waiting = self._waiting, {}
            late, self._missed = self._missed, set()
            sites: Sites = self._sites
            if late or any(one.type.startswith(PLACES) for one in waiting):
                sites = await self._looked_at_sites()
            began = time.monotonic()
            deliveries = [(topic, client, missed(topic.name)) for topic, client in late]
            deliveries += [*self._of_places(waiting, sites), *self._of_people(waiting)]
            await self._deliver(deliveries)
            took = time.monotonic() - began

    def _tell(self, envelopes: Sequence[Envelope]) -> None:
        if self._clients:
            self._waiting.update((one, None) for envelope in envelopes for one in notices(envelope))
            if len(self._waiting) > WAITING_MAX:
                self._waiting.clear()
                self._missed.update((topic, client) for topic, clients in self._clients.items() for client in clients)
            self._rung.set()

    def _began(self) -> None:
        """Note who missed something; to those who were not told that they are told, the telling begins here."""
        if self._confirmed:
            self._missed |= self._confirmed
            self._rung.set()

    async def _deliver(self, deliveries: Sequence[Delivery]) -> None:
        for at in range(0, len(deliveries), AT_ONCE):
            for topic, client, frame in deliveries[at : at + AT_ONCE]:
                if client in self._clients.get(topic, ()):
                    client.tell(topic, frame)
            await asyncio.sleep(0)

    def _of_places(self, told: Iterable[Notice], sites: Sites) -> Iterator[Delivery]:
        """Answer what is told at resources and sites, all of a topic as one."""
        at: defaultdict[Topic, list[Notice]] = defaultdict(list)
        for notice in told:
            if notice.people is None:
                for topic in self._places_of(notice, sites):
                    at[topic].append(notice)
        for topic, theirs in at.items():
            frames = b"".join(one.frame(topic) for one in merged(theirs))
            yield from ((topic, client, frames) for client in self._clients[topic])

    def _places_of(self, notice: Notice, sites: Sites) -> Iterator[Topic]:
        near = (Topic(RESOURCES), *(Topic(RESOURCE, id_) for id_ in notice.resource_ids))
        yield from (one for one in near if one in self._clients)
        for topic, resource_ids in sites.items():
            if topic in self._clients and (
                notice.subject == topic.name or not resource_ids.isdisjoint(notice.resource_ids)
            ):
                yield topic

    def _of_people(self, told: Iterable[Notice]) -> Iterator[Delivery]:
        """Answer what is told to those whom it concerns, all of a client as one."""
        topic = Topic(NOTICES)
        clients: defaultdict[int, list[Client]] = defaultdict(list)
        administrators: list[Client] = []
        for client in self._clients.get(topic, ()):
            if client.principal is not None:
                clients[client.principal.id].append(client)
                if client.principal.is_admin:
                    administrators.append(client)
        frames: defaultdict[Client, list[bytes]] = defaultdict(list)
        for notice in told:
            found = {client for id_ in notice.people or () for client in clients.get(id_, ())}
            if notice.administrators:
                found.update(administrators)
            if found:
                frame = notice.frame(topic)
                for client in found:
                    frames[client].append(frame)
        yield from ((topic, client, b"".join(theirs)) for client, theirs in frames.items())

    async def _confirm(self, client: Client, topic: Topic) -> None:
        try:
            there = await self._is_there(topic)
        except Exception as error:
            structlog.get_logger().warning("topic_unknown", topic=topic.name, reason=str(error))
            self.unfollow(client, topic)
            client.refuse(topic, "It cannot be told at the moment; try again.")
            return
        if not there:
            self.unfollow(client, topic)
            client.refuse(topic, f"There is no {topic.kind} {topic.id}.")
            return
        # If events reach this process later only, `missed` is told then.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(REACHED_SECONDS_MAX):
                await self._audience.reached.wait()
        if client in self._clients.get(topic, ()):
            self._confirmed.add((topic, client))
            client.tell(topic, message("subscribed", topic=topic.name))

    async def _is_there(self, topic: Topic) -> bool:
        if topic.kind in ALONE:
            return True
        if self._catalog is None:
            return False
        if topic.kind == RESOURCE:
            return bool(await self._catalog.resources(ids=[topic.id]))
        if not await self._catalog.sites(ids=[topic.id]):
            return False
        if topic not in self._sites:
            self._sites[topic] = await self._resources_at(self._catalog, topic)
        return True

    async def _looked_at_sites(self) -> Sites:
        """Find out which resources lie at the sites; a moved one counts to where it was, too, for this once."""
        before = dict(self._sites)
        if self._catalog is None:
            return before
        for topic in [one for one in self._clients if one.kind == SITE]:
            try:
                self._sites[topic] = await self._resources_at(self._catalog, topic)
            except Exception as error:
                structlog.get_logger().warning("site_unknown", topic=topic.name, reason=str(error))
        return {topic: now | before.get(topic, frozenset()) for topic, now in self._sites.items()}

    @staticmethod
    async def _resources_at(catalog: Catalog, topic: Topic) -> frozenset[int]:
        return frozenset(one.id for one in await catalog.search(query=ResourceQuery(site_id=topic.id)))
