"""``kit.bus.in_order``: many events in few messages, those of one subject one after the other."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.kit.bus.in_order import ATTRIBUTES_CHARACTERS, CHARACTERS_MAX, Message, in_rounds, publish_in_order
from berth.kit.bus.port import BusAway
from berth.kit.outbox.event import Envelope

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def events(told: Sequence[tuple[str, str, int]]) -> list[Envelope]:
    """Events of these subjects, types and lengths, numbered from 1."""
    return [
        Envelope("booking", number, type_, subject, NOW, "x" * length, None, None)
        for number, (subject, type_, length) in enumerate(told, start=1)
    ]


TOLD = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["made", "asked", "ready"]), st.sampled_from([10, 90_000])),
    max_size=60,
).map(events)


@given(TOLD)
def test_each_event_travels_once_behind_the_one_before_it_of_its_subject(told: list[Envelope]) -> None:
    rounds = in_rounds(told)
    places = {
        one.number: (number, message.type, place)
        for number, messages in enumerate(rounds)
        for message in messages
        for place, one in enumerate(message.events)
    }
    assert sum(len(message.events) for messages in rounds for message in messages) == len(places) == len(told)
    for before in told:
        for after in told:
            if before.subject == after.subject and before.number < after.number:
                first, second = places[before.number], places[after.number]
                assert first[0] < second[0] or (first[:2] == second[:2] and first[2] < second[2])


@given(TOLD)
def test_a_message_has_one_type_and_a_size_that_brokers_take(told: list[Envelope]) -> None:
    for messages in in_rounds(told):
        assert len({message.type for message in messages}) == len(messages)
        for message in messages:
            assert {one.type for one in message.events} == {message.type}
            assert sum(len(one.data) + ATTRIBUTES_CHARACTERS for one in message.events) <= CHARACTERS_MAX


def test_what_happened_to_many_in_the_same_steps_is_a_round_for_each_step() -> None:
    told = events([(str(subject), step, 10) for subject in range(50) for step in ("made", "asked", "ready")])
    assert [[(one.type, len(one.events)) for one in messages] for messages in in_rounds(told)] == [
        [("made", 50)],
        [("asked", 50)],
        [("ready", 50)],
    ]


def test_one_that_is_too_large_by_itself_travels_alone() -> None:
    rounds = in_rounds(events([("a", "made", 10), ("a", "made", CHARACTERS_MAX), ("a", "made", 10)]))
    assert [[len(message.events) for message in messages] for messages in rounds] == [[1], [1], [1]]


class Broker:
    """Confirms messages when told to, and refuses those of one type."""

    def __init__(self, refuses: str | None = None) -> None:
        self.published: list[str] = []
        self.confirming = asyncio.Event()
        self._refuses = refuses

    async def publish(self, message: Message) -> None:
        self.published.append(message.type)
        if message.type == self._refuses:
            raise BusAway("no")
        await self.confirming.wait()


async def test_a_round_begins_when_the_one_before_is_confirmed() -> None:
    broker, told = Broker(), events([("a", "made", 1), ("a", "asked", 1), ("b", "ready", 1)])
    publishing = asyncio.ensure_future(publish_in_order(told, broker.publish, asyncio.Event()))
    await asyncio.sleep(0.01)
    assert broker.published == ["made", "ready"]
    broker.confirming.set()
    assert {one.number for one in await publishing} == {1, 2, 3}
    assert broker.published == ["made", "ready", "asked"]


async def test_after_one_that_fails_no_other_round_begins_and_what_was_confirmed_is_answered() -> None:
    broker, failed = Broker(refuses="made"), asyncio.Event()
    broker.confirming.set()
    told = events([("a", "made", 1), ("a", "asked", 1), ("b", "ready", 1), ("b", "asked", 1)])
    assert [one.number for one in await publish_in_order(told, broker.publish, failed)] == [3]
    assert broker.published == ["made", "ready"]
    assert failed.is_set()


async def test_if_nothing_is_confirmed_the_broker_is_away() -> None:
    with pytest.raises(BusAway, match="no"):
        await publish_in_order(events([("a", "made", 1)]), Broker(refuses="made").publish, asyncio.Event())
