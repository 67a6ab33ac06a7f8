"""``/ws``: everybody who is connected to this process, from the hello to the end."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from berth.contracts.catalog import Catalog
from berth.contracts.seating.performances import Seating
from berth.edges.live.client import ENDS, NOT_SIGNED_IN, SILENT, TOO_MUCH, TOO_SLOW, Client
from berth.edges.live.following import Following
from berth.edges.live.messages import HEARTBEAT, message
from berth.edges.live.performances import Performances
from berth.edges.live.topics import PERFORMANCE, Topic
from berth.kit.auth import Identify, Principal, TokenRefused
from berth.kit.http.limit import Limits
from berth.kit.http.problem import Problem
from berth.kit.outbox.subscription import Broadcast
from berth.kit.websocket.socket import Socket
from berth.kit.websocket.upgrade import Upgrade, refuse_other_origins

PATH = "/ws"
AGAIN_SECONDS = 1.0
LOOKS = 15
"""Heartbeats are spread over so many looks, so that not everybody is written to and asked about at once."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What clients may expect, and what is expected of them."""

    hello_seconds_max: float = 5.0
    heartbeat_seconds: float = 15.0
    behind_seconds_max: float = 10.0
    silent_heartbeats_max: int = 2
    topics_max: int = 50
    messages_max: int = 200
    message_bytes_max: int = 8_192
    waiting_bytes_max: int = 65_536


def _lasting(run: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Answer the task that begins again after a fault of ours: without it thousands would be told nothing more."""

    async def lasting() -> None:
        while True:
            try:
                await run()
            except Exception as error:
                structlog.get_logger().error("telling_failed", exc_info=error)
                await asyncio.sleep(AGAIN_SECONDS)

    return lasting


class Sockets:
    """The clients of this process; without a contract, what only it can tell is refused."""

    def __init__(
        self,
        *,
        identify: Identify,
        limits: Limits,
        seating: Seating | None,
        catalog: Catalog | None,
        origin: str,
        terms: Terms | None = None,
    ) -> None:
        self._identify = identify
        self._limits = limits
        self._origin = origin
        self._terms = terms or Terms()
        self._performances = Performances(seating)
        self._following = Following(catalog)
        self._addresses: dict[Client, str] = {}
        self._circles: list[set[Client]] = [set() for _ in range(LOOKS)]
        self._came = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def broadcasts(self) -> Sequence[Broadcast]:
        """Answer what the clients' news come by."""
        return (self._performances.broadcast, self._following.broadcast)

    @property
    def tasks(self) -> Sequence[Callable[[], Awaitable[None]]]:
        """Answer what must run as long as the process serves."""
        return tuple(map(_lasting, (self._watch_over, self._performances.run, self._following.run)))

    def open(self, upgrade: Upgrade) -> Socket:
        """Answer the socket of a new client; raise a ``Problem`` for one that may not come."""
        refuse_other_origins(upgrade, self._origin)
        if upgrade.query:
            raise Problem(400, "query-refused", "The address has no query: a token belongs into the first message.")
        socket = Socket(
            message_bytes_max=self._terms.message_bytes_max, waiting_bytes_max=self._terms.waiting_bytes_max
        )
        client = Client(socket, self, topics_max=self._terms.topics_max, messages_max=self._terms.messages_max)
        socket.belong_to(client)
        self._addresses[client] = upgrade.address
        self._came += 1
        self._circles[self._came % LOOKS].add(client)
        return socket

    def greet(self, client: Client, token: str) -> None:
        """Find out who says hello, and welcome them."""
        task = asyncio.ensure_future(self._greet(client, token))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def follow(self, client: Client, topic: Topic) -> None:
        """Begin to tell a client of a topic."""
        self._telling(topic).follow(client, topic)

    def unfollow(self, client: Client, topic: Topic) -> None:
        """Tell a client no more of a topic."""
        self._telling(topic).unfollow(client, topic)

    def catch_up(self, client: Client, topic: Topic) -> None:
        """Tell a client of a topic as it is now."""
        self._telling(topic).catch_up(client, topic)

    def left(self, client: Client) -> None:
        """Forget a client."""
        self._addresses.pop(client, None)
        for circle in self._circles:
            circle.discard(client)
        for topic in client.topics:
            self.unfollow(client, topic)

    def close(self) -> None:
        """End all connections, for the process ends."""
        for circle in self._circles:
            for client in circle:
                client.close(ENDS, "Berth stops or starts anew; connect again.")

    def _telling(self, topic: Topic) -> Performances | Following:
        return self._performances if topic.kind == PERFORMANCE else self._following

    async def _greet(self, client: Client, token: str) -> None:
        before = client.principal
        try:
            found = await self._found(client, token)
            if before is not None and before.id != found.id:
                client.close(NOT_SIGNED_IN, "This is somebody else's token: connect anew.")
                return
            client.principal, client.token = found, token
            self._addresses.pop(client, None)
            client.socket.write(message("welcome", heartbeat_seconds=self._terms.heartbeat_seconds))
        except TokenRefused as refused:
            client.close(NOT_SIGNED_IN, str(refused))
        except Problem as problem:
            client.close(TOO_MUCH if problem.status == 429 else ENDS, problem.detail)
        except Exception as error:
            structlog.get_logger().warning("greeting_failed", reason=str(error))
            client.close(ENDS, "Who you are cannot be found out at the moment; try again.")
        finally:
            client.socket.go_on()

    async def _found(self, client: Client, token: str) -> Principal:
        try:
            return await self._identify(token)
        except TokenRefused:
            await self._limits.count_address(self._addresses.get(client, ""))
            raise

    async def _watch_over(self) -> None:
        """Look at one circle of clients after the other, and at all who are late."""
        while True:
            for circle in self._circles:
                await asyncio.sleep(self._terms.heartbeat_seconds / LOOKS)
                self._end_late_ones()
                await self._recognise(self._beat(circle))

    def _end_late_ones(self) -> None:
        now, terms = time.monotonic(), self._terms
        for client in list(self._addresses):
            if now - client.came_at > terms.hello_seconds_max:
                client.close(NOT_SIGNED_IN, f"There was no hello within {terms.hello_seconds_max:g} seconds.")
        for circle in self._circles:
            for client in circle:
                if client.stalled_at is not None and now - client.stalled_at > terms.behind_seconds_max:
                    client.close(TOO_SLOW, f"Too slow: nothing was read for {terms.behind_seconds_max:g} seconds.")

    def _beat(self, circle: set[Client]) -> Sequence[Client]:
        """Send a circle its heartbeat, end those from whom nothing comes, and answer the others."""
        there = [one for one in circle if one.principal is not None and one.socket.open]
        for client in there:
            client.messages = 0
            client.silent = 0 if client.socket.is_alive else client.silent + 1
            client.socket.is_alive = False
            if client.silent >= self._terms.silent_heartbeats_max:
                client.close(SILENT, f"Nothing came for {self._terms.silent_heartbeats_max} heartbeats.")
            elif not client.socket.is_full:
                client.socket.write(HEARTBEAT)
        return there

    async def _recognise(self, clients: Sequence[Client]) -> None:
        """Look again who they are, each token once: whose token ends, or who is locked out, is told no more."""
        by_token: dict[str, list[Client]] = {}
        for client in clients:
            by_token.setdefault(client.token, []).append(client)
        for token, theirs in by_token.items():
            try:
                found = await self._identify(token)
            except TokenRefused as refused:
                for client in theirs:
                    if client.token == token:
                        client.close(NOT_SIGNED_IN, str(refused))
            except Exception as error:
                structlog.get_logger().warning("recognising_failed", reason=str(error))
            else:
                for client in theirs:
                    client.principal = found
