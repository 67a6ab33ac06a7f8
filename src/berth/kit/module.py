"""What a module is to the composition root: what it offers, what it needs, how it is built."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import APIRouter

from berth.kit.clock import Clock
from berth.kit.db import Changes, Database
from berth.kit.errand.ask import Errands
from berth.kit.errand.runner import Do
from berth.kit.http.front import HotRoute
from berth.kit.http.limit import Limits
from berth.kit.outbox.subscription import Broadcast, Group, Handler
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox

Contract = TypeVar("Contract")


@dataclass(frozen=True)
class Tools:
    """What every module is handed."""

    database: Database
    outbox: Outbox
    timers: Timers
    errands: Errands
    changes: Changes
    clock: Clock
    limits: Limits
    needs: Mapping[type, Any]

    def need(self, contract: type[Contract]) -> Contract:
        """Answer what fulfils the contract, near or far."""
        fulfilled: Contract = self.needs[contract]
        return fulfilled


@dataclass(frozen=True)
class Built:
    """A module ready to serve.

    ``parts`` are the objects that its HTTP functions ask for by type; ``hot`` maps ``(method, path)``
    to handlers served ahead of the framework; ``tasks`` run as long as the process serves; ``start``
    runs once before the first request. ``handlers`` are those of the groups that the module states, by
    name; ``timers`` handle its timers that fell due, by name, and ``errands`` do its errands, which step back
    behind events if ``errands_can_wait``; ``broadcasts`` are told in every process.
    """

    offer: object | None = None
    routers: Sequence[APIRouter] = ()
    parts: Sequence[object] = ()
    hot: Mapping[tuple[str, str], HotRoute] = field(default_factory=dict)
    tasks: Sequence[Callable[[], Awaitable[None]]] = ()
    start: Callable[[], Awaitable[None]] | None = None
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    timers: Mapping[str, Handler] = field(default_factory=dict)
    errands: Mapping[str, Do] = field(default_factory=dict)
    errands_can_wait: bool = False
    broadcasts: Sequence[Broadcast] = ()


@dataclass(frozen=True)
class Module:
    """A module's name, which is also its schema's; its package, where its migrations are; and its wiring.

    ``offers`` is the contract that it fulfils, ``needs`` are those that it asks of others, and ``groups``
    what it listens to: they are stated here, so that each process knows those of all modules. ``rights``
    names the tables on which its role has fewer rights than all, such as ``{"entry": "select, insert"}``; such a
    module always uses the database as its own role.
    """

    name: str
    package: str
    build: Callable[[Tools], Built]
    offers: type | None = None
    needs: tuple[type, ...] = ()
    groups: tuple[Group, ...] = ()
    rights: Mapping[str, str] = field(default_factory=dict)
