"""One client: who it is, what it follows, and what it could not be told because it did not read."""

import time
from typing import Protocol

from berth.edges.live.messages import MessageRefused, message, read, refused
from berth.edges.live.topics import Topic, topic_of
from berth.kit.auth import Principal
from berth.kit.websocket.socket import Socket

NOT_UNDERSTOOD, NOT_SIGNED_IN, TOO_SLOW, SILENT, TOO_MUCH = 4400, 4401, 4408, 4409, 4429
ENDS = 1001


class House(Protocol):
    """Where clients come to."""

    def greet(self, client: "Client", token: str) -> None:
        """Find out who says hello, and let the client go on."""

    def follow(self, client: "Client", topic: Topic) -> None:
        """Begin to tell a client of a topic, or refuse it; begin anew if it follows it already."""

    def unfollow(self, client: "Client", topic: Topic) -> None:
        """Tell a client no more of a topic."""

    def catch_up(self, client: "Client", topic: Topic) -> None:
        """Tell a client of a topic as it is now."""

    def left(self, client: "Client") -> None:
        """Forget a client."""


class Client:
    """The one at the other end of a socket.

    ``messages`` counts what it said since its last heartbeat, ``silent`` its heartbeats without an answer, and
    ``stalled_at`` is when it ceased to read, by ``time.monotonic``.
    """

    __slots__ = (
        "_behind",
        "_house",
        "_messages_max",
        "_topics_max",
        "came_at",
        "messages",
        "principal",
        "silent",
        "socket",
        "stalled_at",
        "token",
        "topics",
    )

    def __init__(self, socket: Socket, house: House, *, topics_max: int, messages_max: int) -> None:
        self.socket = socket
        self.came_at = time.monotonic()
        self.principal: Principal | None = None
        self.token = ""
        self.topics: tuple[Topic, ...] = ()
        self.messages = 0
        self.silent = 0
        self.stalled_at: float | None = None
        self._behind: tuple[Topic, ...] = ()
        self._house = house
        self._topics_max = topics_max
        self._messages_max = messages_max

    def tell(self, topic: Topic, frame: bytes) -> bool:
        """Tell what is new of a topic; one who does not read is told how things stand once it does.

        Answers whether it was told.
        """
        if self.socket.is_full:
            if topic not in self._behind:
                self._behind += (topic,)
            return False
        self.socket.write(frame)
        return True

    def refuse(self, topic: Topic, reason: str) -> None:
        """Say that a topic is not told."""
        self.drop(topic)
        self.socket.write(refused(topic.name, reason))

    def drop(self, topic: Topic) -> None:
        """Follow a topic no more."""
        self.topics = tuple(one for one in self.topics if one != topic)
        self._behind = tuple(one for one in self._behind if one != topic)

    def close(self, code: int, reason: str) -> None:
        """End it with a reason."""
        self.socket.close(code, reason)

    def heard(self, payload: bytes) -> None:
        """Take what the client says."""
        self.messages += 1
        if self.messages > self._messages_max:
            self.close(TOO_MUCH, f"More than {self._messages_max} messages between two heartbeats.")
            return
        try:
            type_, said = read(payload)
        except MessageRefused as error:
            self.close(NOT_UNDERSTOOD, str(error))
            return
        if type_ == "hello":
            self._hello(said.get("token"))
        elif self.principal is None:
            self.close(NOT_SIGNED_IN, 'Say who you are first: {"type":"hello","token":"…"}.')
        elif type_ == "subscribe":
            self._subscribe(said.get("topic"))
        elif type_ == "unsubscribe":
            self._unsubscribe(said.get("topic"))
        else:
            self.close(NOT_UNDERSTOOD, "A message is a hello, subscribe or unsubscribe.")

    def stalled(self) -> None:
        """Note that it does not read."""
        self.stalled_at = time.monotonic()

    def drained(self) -> None:
        """Tell how things stand that it could not be told of."""
        self.stalled_at = None
        behind, self._behind = self._behind, ()
        for topic in behind:
            self._house.catch_up(self, topic)

    def lost(self) -> None:
        """Leave."""
        self._house.left(self)

    def _hello(self, token: object) -> None:
        if not isinstance(token, str) or not token:
            self.close(NOT_SIGNED_IN, "A hello has an access token.")
            return
        self.socket.hold()
        self._house.greet(self, token)

    def _subscribe(self, name: object) -> None:
        topic = topic_of(name)
        if topic is None:
            self.socket.write(refused(name, "Topics are performance/1, resource/1, site/1, resources and notices."))
            return
        if topic not in self.topics:
            if len(self.topics) >= self._topics_max:
                self.socket.write(refused(name, f"One connection follows {self._topics_max} topics at most."))
                return
            self.topics += (topic,)
        self._house.follow(self, topic)

    def _unsubscribe(self, name: object) -> None:
        topic = topic_of(name)
        if topic in self.topics:
            self.drop(topic)
            self._house.unfollow(self, topic)
            self.socket.write(message("unsubscribed", topic=topic.name))
