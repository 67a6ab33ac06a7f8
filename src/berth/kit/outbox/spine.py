"""Puts relays, workers and timers together, for the modules that this process serves."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

import structlog

from berth.kit.bus.connection import until
from berth.kit.bus.port import Bus, BusAway
from berth.kit.clock import Clock
from berth.kit.db import Changes, Connection, Database, DatabaseAway
from berth.kit.errand.runner import Do, Runner
from berth.kit.inbox import parcels
from berth.kit.inbox import store as inbox
from berth.kit.inbox.worker import Retries, Worker
from berth.kit.outbox.dead_letters import INBOX_CHANNEL
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.leadership import Leadership
from berth.kit.outbox.pace import GATHER_SECONDS, Bell, Courtesy
from berth.kit.outbox.relay import Listener, Relay, load, to_broker, to_parcels
from berth.kit.outbox.subscription import Broadcast, Group, Handler
from berth.kit.outbox.timers import TIMERS, Alarm, by_name
from berth.kit.telemetry.watch import Watch

FORGET_EVERY_SECONDS = 3600.0
FORGET_AT_ONCE = 5000
RECENT_MAX = 4000
AWAY_PAUSE_SECONDS = 0.5
GATHER_BELOW = 50
"""So few events from a broker at once are a trickle; of what is let gather, a batch costs as much as one event."""


@dataclass(frozen=True)
class Bells:
    """What a module rings when it has written an event, set a timer or asked for an errand."""

    outbox: Bell = field(default_factory=Bell)
    timer: Bell = field(default_factory=Bell)
    errand: Bell = field(default_factory=Bell)


@dataclass(frozen=True)
class Member:
    """A module that this process serves, as the spine sees it."""

    schema: str
    database: Database
    bells: Bells = field(default_factory=Bells)
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    timers: Mapping[str, Handler] = field(default_factory=dict)
    errands: Mapping[str, Do] = field(default_factory=dict)
    errands_can_wait: bool = False
    broadcasts: Sequence[Broadcast] = ()


@dataclass(frozen=True)
class Terms:
    """How the spine works: how failing events are tried again, and how long handled ones are kept."""

    retries: Retries
    kept: timedelta


class Spine:
    """Everything that moves events in this process.

    ``listeners`` are the groups of all modules, served here or elsewhere. Without a ``bus`` every module is
    served here, and ``whole`` is a door open to all their schemas. ``broadcasts`` are those beside the members'.
    """

    def __init__(
        self,
        *,
        members: Sequence[Member],
        listeners: Sequence[Listener],
        whole: Database,
        bus: Bus | None,
        changes: Changes,
        connect: Callable[[], Awaitable[Connection]],
        clock: Clock,
        courtesy: Courtesy,
        terms: Terms,
        broadcasts: Sequence[Broadcast] = (),
        watch: Watch | None = None,
    ) -> None:
        self._members = members
        self._listeners = listeners
        self._whole = whole
        self._bus = bus
        self._clock = clock
        self._courtesy = courtesy
        self._terms = terms
        self._broadcasts = (*broadcasts, *(one for member in members for one in member.broadcasts))
        self._watch = watch or Watch()
        self._recent: dict[tuple[str, int], Envelope] = {}
        self._bells: dict[tuple[str, str], Bell] = {}
        self._leadership = Leadership(connect)
        for member in members:
            self._add(member)
        changes.subscribe(INBOX_CHANNEL, self._replayed)
        if bus is None:
            for broadcast in self._broadcasts:
                _begun(broadcast)

    def tasks(self) -> Sequence[Callable[[], Awaitable[None]]]:
        """Answer what must run as long as the process serves."""
        listening = [self._listening(self._bus, one) for one in self._broadcasts] if self._bus else []
        return (self._leadership.run, *listening)

    def _add(self, member: Member) -> None:
        lead, schema = self._leadership.add, member.schema
        lead(f"{schema} relay", Relay(self._hand_on(member), member.bells.outbox, self._courtesy).run)
        lead(f"{schema} forgetting", self._forgetting(member))
        for listener in self._listeners:
            if listener.schema == schema:
                self._add_group(member, listener.group)
        if member.timers:
            bell = self._add_worker(member, Group(TIMERS), by_name(member.timers))
            alarm = Alarm(
                database=member.database,
                schema=schema,
                clock=self._clock,
                bell=member.bells.timer,
                fallen_due=bell.ring,
            )
            lead(f"{schema} alarm", alarm.run)
        if member.errands:
            runner = Runner(
                database=member.database,
                schema=schema,
                errands=member.errands,
                bell=member.bells.errand,
                clock=self._clock,
                retries=self._terms.retries,
                pause_seconds=self._courtesy.errand_pause_seconds if member.errands_can_wait else lambda: 0.0,
            )
            lead(f"{schema} errands", runner.run)

    def _add_group(self, member: Member, group: Group) -> None:
        bell = self._add_worker(member, group, member.handlers[group.name])
        if self._bus:
            self._leadership.add(f"{member.schema} {group.name} intake", self._intake(self._bus, member, group, bell))

    def _add_worker(self, member: Member, group: Group, handle: Handler) -> Bell:
        bell = self._bells[member.schema, group.name] = Bell()
        worker = Worker(
            database=member.database,
            schema=member.schema,
            group=group.name,
            handle=handle,
            load=self._loaded,
            bell=bell,
            courtesy=self._courtesy,
            clock=self._clock,
            retries=self._terms.retries,
            watch=self._watch,
            gather_seconds=group.gather_seconds,
            rung_for_inbox=self._bus is not None,
        )
        self._leadership.add(f"{member.schema} {group.name} worker", worker.run)
        return bell

    def _hand_on(self, member: Member) -> Callable[[], Awaitable[int]]:
        if self._bus is None:
            return to_parcels(self._whole, member.schema, self._listeners, self._handed_on)
        groups = [one.group for one in self._listeners]
        bus, step, prepared = self._bus, to_broker(member.database, member.schema, self._bus, self._watch), False

        async def prepared_step() -> int:
            nonlocal prepared
            try:
                if not prepared:
                    await bus.prepare(groups)
                    prepared = True
                return await step()
            except BusAway as away:
                prepared = False
                structlog.get_logger().warning("broker_away", reason=str(away))
                await asyncio.sleep(AWAY_PAUSE_SECONDS)
                member.bells.outbox.ring()
                return 0

        return prepared_step

    async def _loaded(self, source: str, numbers: Sequence[int]) -> Sequence[Envelope]:
        """Answer events that were handed on: those of the last moments from memory, for each group reads them."""
        known = [self._recent.get((source, number)) for number in numbers]
        if None in known:
            return await load(self._whole, source, numbers)
        return cast(Sequence[Envelope], known)

    def _handed_on(self, envelopes: Sequence[Envelope]) -> None:
        self._watch.deliveries.published(envelopes[0].source, len(envelopes))
        self._recent.update(((one.source, one.number), one) for one in envelopes)
        while len(self._recent) > RECENT_MAX:
            del self._recent[next(iter(self._recent))]
        types = {one.type for one in envelopes}
        for listener in self._listeners:
            if any(listener.group.wants(one) for one in types):
                self._bells[listener.schema, listener.group.name].ring()
        for broadcast in self._broadcasts:
            wanted = [one for one in envelopes if broadcast.types is None or one.type in broadcast.types]
            if wanted:
                broadcast.tell(wanted)

    def _intake(self, bus: Bus, member: Member, group: Group, bell: Bell) -> Callable[[], Awaitable[None]]:
        async def store(envelopes: Sequence[Envelope]) -> float:
            concerning = [one for one in envelopes if group.concerns(one)]
            while concerning:
                try:
                    await inbox.store(member.database, member.schema, group.name, concerning)
                except DatabaseAway:
                    await asyncio.sleep(AWAY_PAUSE_SECONDS)
                else:
                    bell.ring()
                    break
            return max(GATHER_SECONDS, group.gather_seconds) if len(envelopes) < GATHER_BELOW else 0.0

        async def take_in() -> None:
            while True:
                try:
                    await bus.prepare([one.group for one in self._listeners])
                    await bus.consume(group, store)
                except BusAway as away:
                    structlog.get_logger().warning("broker_away", group=group.name, reason=str(away))
                await asyncio.sleep(AWAY_PAUSE_SECONDS)

        return take_in

    def _listening(self, bus: Bus, broadcast: Broadcast) -> Callable[[], Awaitable[None]]:
        audience = broadcast.audience

        async def hear() -> None:
            try:
                await bus.listen(broadcast.types, broadcast.tell, lambda: _begun(broadcast))
            finally:
                audience.reached.clear()

        async def listen() -> None:
            while True:
                await audience.present.wait()
                try:
                    await until(audience.gone, hear())
                except BusAway as away:
                    structlog.get_logger().warning("broker_away", reason=str(away))
                    await asyncio.sleep(AWAY_PAUSE_SECONDS)

        return listen

    def _forgetting(self, member: Member) -> Callable[[], Awaitable[None]]:
        async def forget() -> None:
            while True:
                before = self._clock() - self._terms.kept
                wanted = await self._still_wanted(member, before)
                if wanted or not await inbox.forget(member.database, member.schema, before, FORGET_AT_ONCE):
                    await asyncio.sleep(FORGET_EVERY_SECONDS)

        return forget

    async def _still_wanted(self, member: Member, before: datetime) -> bool:
        """Tell whether a group is so far behind that it still has to handle events from before then."""
        if self._bus:
            return False
        schemas = {one.schema for one in self._listeners}
        oldest = await parcels.oldest(self._whole, sorted(schemas), member.schema)
        return oldest is not None and oldest < before

    def _replayed(self, schema: str | None) -> None:
        for (one, _), bell in self._bells.items():
            if schema in (None, one):
                bell.ring()


def _begun(broadcast: Broadcast) -> None:
    broadcast.audience.reached.set()
    broadcast.began()
