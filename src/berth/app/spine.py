"""Puts the event spine together, for the modules that this process serves."""

from collections.abc import Sequence
from datetime import timedelta

from berth.app.database import Doors
from berth.app.settings import Settings
from berth.kit.bus.port import Bus
from berth.kit.clock import Clock
from berth.kit.http.front import Front
from berth.kit.inbox.worker import Retries
from berth.kit.module import Module
from berth.kit.outbox.pace import Courtesy
from berth.kit.outbox.relay import Listener
from berth.kit.outbox.spine import Member, Spine, Terms
from berth.kit.outbox.subscription import Broadcast
from berth.kit.telemetry.watch import Watch


def spine(
    settings: Settings,
    *,
    everything: Sequence[Module],
    members: Sequence[Member],
    doors: Doors,
    clock: Clock,
    bus: Bus | None,
    front: Front,
    broadcasts: Sequence[Broadcast],
    watch: Watch,
) -> Spine:
    """Answer the spine: for the groups of ``everything``, of which the ``members`` are served here."""
    return Spine(
        members=members,
        listeners=[Listener(module.name, group) for module in everything for group in module.groups],
        whole=doors.whole,
        bus=bus,
        changes=doors.changes,
        connect=doors.connect,
        clock=clock,
        courtesy=Courtesy(lambda: front.requests_served),
        terms=Terms(Retries(settings.events_attempts_max), timedelta(days=settings.events_kept_days)),
        broadcasts=broadcasts,
        watch=watch,
    )
