"""Publishing many events at once, and yet those of one subject one after the other."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence

from berth.kit.bus.port import BusAway
from berth.kit.outbox.event import Envelope

UNDER_WAY_MAX = 50
"""Unconfirmed events at a time: far more of them and brokers begin to answer too late for all."""


async def publish_in_order(
    envelopes: Sequence[Envelope], publish: Callable[[Envelope], Awaitable[None]], failed: asyncio.Event
) -> Sequence[Envelope]:
    """Publish the events and answer those confirmed; ``publish`` returns once its event is.

    The first one that cannot be published ends it all: those under way are waited for, the rest stays.
    ``failed`` is set then, and ``BusAway`` raised if none was confirmed.
    """
    by_subject: dict[str, list[Envelope]] = {}
    for envelope in envelopes:
        by_subject.setdefault(envelope.subject, []).append(envelope)
    confirmed: list[Envelope] = []
    failures: list[BusAway] = []

    async def work(subjects: Iterator[list[Envelope]]) -> None:
        for chain in subjects:
            for envelope in chain:
                if failures:
                    return
                try:
                    await publish(envelope)
                except BusAway as away:
                    failures.append(away)
                    failed.set()
                    return
                confirmed.append(envelope)

    shared = iter(by_subject.values())
    async with asyncio.TaskGroup() as workers:
        for _ in range(min(UNDER_WAY_MAX, len(by_subject))):
            workers.create_task(work(shared))
    if failures and not confirmed:
        raise failures[0]
    return confirmed
