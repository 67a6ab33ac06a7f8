"""A hall whose seats change, and a server of sockets on a real port that tells of it."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import uvicorn

from berth.contracts.catalog import Catalog, Site
from berth.contracts.seating.performances import AreaNow, AreaTaken, PerformanceCancelled, SeatsChanged, SeatsNow
from berth.edges.live.mirror import LETTERS
from berth.edges.live.sockets import Sockets, Terms
from berth.kit.auth import Principal, Role, TokenRefused
from berth.kit.http.front import Front
from berth.kit.http.limit import Limits
from berth.kit.http.protocol import http_protocol
from berth.kit.outbox.event import Envelope, Event
from berth.kit.telemetry.metrics import Requests
from berth.kit.telemetry.trace import tracer_to

PEOPLE = {
    "ann's": Principal(1, "ann", "Ann", Role.USER, None, 1),
    "ann's next": Principal(1, "ann", "Ann", Role.USER, None, 1),
    "bob's": Principal(2, "bob", "Bob", Role.USER, None, 2),
    "cy's": Principal(3, "cy", "Cy", Role.ADMIN, None, 3),
}


def envelope(event: Event) -> Envelope:
    """The event as it travels."""
    return Envelope("seating", 1, event.type, event.subject, datetime.now(UTC), event.data(), None, None)


def cancelled(performance_id: int = 12) -> PerformanceCancelled:
    """The event that a performance does not take place."""
    start = datetime(2027, 3, 2, 19, tzinfo=UTC)
    return PerformanceCancelled(performance_id, 3, "Aida", 1, 4, start, start + timedelta(hours=2), "The tenor is ill.")


@dataclass
class Hall:
    """The seats of performance 12 as the database has them; each change answers the event of it."""

    seats: list[tuple[str, int]] = field(default_factory=lambda: [("free", 1)] * 6)
    areas: dict[str, tuple[int, int]] = field(default_factory=lambda: {"floor": (0, 1)})
    readings: int = 0
    reading: asyncio.Event = field(default_factory=asyncio.Event)
    away: bool = False

    def __post_init__(self) -> None:
        self.reading.set()

    def change(self, state: str, *places: int, floor: int | None = None) -> SeatsChanged:
        for place in places:
            self.seats[place] = (state, self.seats[place][1] + 1)
        if floor is not None:
            self.areas["floor"] = (floor, self.areas["floor"][1] + 1)
        areas = () if floor is None else (AreaTaken("floor", *self.areas["floor"]),)
        pairs = tuple((place, self.seats[place][1]) for place in places)
        return SeatsChanged(12, 1, state, pairs, areas, 1)

    def now(self) -> SeatsNow:
        return SeatsNow(
            12,
            self.states,
            tuple(version for _, version in self.seats),
            tuple(AreaNow(key, 100, taken, version) for key, (taken, version) in self.areas.items()),
        )

    @property
    def states(self) -> str:
        return "".join(LETTERS[state] for state, _ in self.seats)

    async def seats_of(self, performance_id: int) -> SeatsNow | None:
        self.readings += 1
        if self.away:
            raise ConnectionError("seating is away")
        found = self.now() if performance_id == 12 else None
        await self.reading.wait()
        return found


class SeatingOf:
    """Seating, with one hall."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    async def seats(self, *, performance_id: int) -> SeatsNow | None:
        return await self._hall.seats_of(performance_id)


@dataclass(frozen=True)
class Thing:
    """As much of a resource as is asked for here."""

    id: int


class Places:
    """A catalog with resources 4 and 5, of which ``at_site`` lie at site 3."""

    def __init__(self) -> None:
        self.at_site = {4}

    async def resources(self, *, ids: Iterable[int]) -> Mapping[int, Thing]:
        return {one: Thing(one) for one in ids if one in {4, 5}}

    async def sites(self, *, ids: Iterable[int]) -> Mapping[int, Site]:
        return {one: Site(one, "Hall", None) for one in ids if one == 3}

    async def search(self, *, query: object) -> list[Thing]:
        return [Thing(one) for one in sorted(self.at_site)]


@dataclass
class Served:
    """Where the sockets are served, and what they are told by."""

    url: str
    sockets: Sockets
    hall: Hall
    places: Places
    signed_out: set[str]

    def tell(self, *events: Event | Envelope) -> None:
        """Tell this process of events, as the bus does."""
        envelopes = [one if isinstance(one, Envelope) else envelope(one) for one in events]
        for broadcast in self.sockets.broadcasts:
            wanted = [one for one in envelopes if broadcast.types is None or one.type in broadcast.types]
            if wanted:
                broadcast.tell(wanted)

    def interrupt(self) -> None:
        """Have missed what was told, and hear again from now on."""
        for broadcast in self.sockets.broadcasts:
            broadcast.began()


@contextlib.asynccontextmanager
async def served(terms: Terms | None = None, catalog: Catalog | None = None) -> AsyncIterator[Served]:
    """Serve a hall on a port of this machine."""
    hall, places, signed_out = Hall(), Places(), set[str]()

    async def identify(token: str) -> Principal:
        if token not in PEOPLE or token in signed_out:
            raise TokenRefused("The access token is not valid; sign in again.")
        return PEOPLE[token]

    limits = Limits(address_per_minute=0, person_per_minute=0)
    sockets = Sockets(
        identify=identify,
        limits=limits,
        seating=SeatingOf(hall),
        catalog=catalog or places,
        origin="https://rooms.example.org",
        terms=terms,
    )
    for broadcast in sockets.broadcasts:
        broadcast.audience.reached.set()

    async def nothing_else(scope: object, receive: object, send: object) -> None:
        raise AssertionError("only sockets are asked for here")

    front = Front(
        nothing_else,
        {},
        body_bytes_max=10_000,
        requests=Requests(),
        tracer=tracer_to(None, "1"),
        sockets={"/ws": sockets.open},
    )
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(front, lifespan="off", log_config=None, http=http_protocol(front))
        server = uvicorn.Server(config)
        tasks = [asyncio.ensure_future(server.serve(sockets=[listening])), *map(_started, sockets.tasks)]
        try:
            yield Served(f"http://127.0.0.1:{listening.getsockname()[1]}", sockets, hall, places, signed_out)
        finally:
            sockets.close()
            server.should_exit = True
            for task in tasks[1:]:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def _started(task: object) -> asyncio.Future[None]:
    return asyncio.ensure_future(task())


async def until(condition: Callable[[], object]) -> None:
    """Wait for what is to come about."""
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0.01)
