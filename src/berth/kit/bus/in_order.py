"""Publishing many events in few messages, and yet those of one subject one after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from berth.kit.bus.port import BusAway
from berth.kit.outbox.event import Envelope

CHARACTERS_MAX = 200_000
"""Of the events in one message: NATS takes up to a megabyte, and a character can be four bytes."""

ATTRIBUTES_CHARACTERS = 500


@dataclass(slots=True)
class Message:
    """Events of one type that travel together, in the order in which they happened."""

    type: str
    events: list[Envelope] = field(default_factory=list)
    characters: int = 0

    def has_room_for(self, envelope: Envelope) -> bool:
        """Tell whether the event goes in; into an empty message any does."""
        return not self.events or self.characters + _characters(envelope) <= CHARACTERS_MAX

    def put(self, envelope: Envelope) -> None:
        """Add the event behind the others."""
        self.events.append(envelope)
        self.characters += _characters(envelope)


def in_rounds(envelopes: Sequence[Envelope]) -> Sequence[Sequence[Message]]:
    """Answer the rounds of messages in which the events are published, with a message for each type in each round.

    An event is behind the one before it of its subject in the same message, or else in a later round.
    """
    rounds: list[dict[str, Message]] = []
    last: dict[str, tuple[int, str]] = {}
    for envelope in envelopes:
        place, type_ = last.get(envelope.subject, (0, envelope.type))
        if type_ != envelope.type:
            place += 1
        while True:
            if place == len(rounds):
                rounds.append({})
            message = rounds[place].setdefault(envelope.type, Message(envelope.type))
            if message.has_room_for(envelope):
                break
            place += 1
        message.put(envelope)
        last[envelope.subject] = place, envelope.type
    return [list(one.values()) for one in rounds]


async def publish_in_order(
    envelopes: Sequence[Envelope], publish: Callable[[Message], Awaitable[None]], failed: asyncio.Event
) -> Sequence[Envelope]:
    """Publish the events and answer those confirmed; ``publish`` returns once its message is.

    A round of messages begins once the one before is confirmed. The first message that cannot be published ends it
    all: those under way are waited for, the rest stays. ``failed`` is set then, and ``BusAway`` raised if nothing
    was confirmed.
    """
    confirmed: list[Envelope] = []
    failures: list[BusAway] = []

    async def work(message: Message) -> None:
        try:
            await publish(message)
        except BusAway as away:
            failures.append(away)
            failed.set()
        else:
            confirmed.extend(message.events)

    for messages in in_rounds(envelopes):
        await asyncio.gather(*(work(one) for one in messages))
        if failures:
            break
    if failures and not confirmed:
        raise failures[0]
    return confirmed


def _characters(envelope: Envelope) -> int:
    return len(envelope.data) + ATTRIBUTES_CHARACTERS
