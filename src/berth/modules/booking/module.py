"""The wiring of booking: it needs catalog for the rules, identity for names, and access for codes at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from berth.contracts.access import Access
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.auth import Principal
from berth.kit.http.front import HotRoute
from berth.kit.module import Built, Module, Tools
from berth.modules.booking.api import approving, availability, blackout, creating, door, reservation, schedule, visiting
from berth.modules.booking.api.waiting import Waiting
from berth.modules.booking.handlers import GROUP
from berth.modules.booking.jobs import forget_first_answers, wind_clocks
from berth.modules.booking.usecases.availability import Availability
from berth.modules.booking.usecases.blackout import Blackouts
from berth.modules.booking.usecases.changing import Changing
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.creating import Creating
from berth.modules.booking.usecases.idempotency import FirstAnswers
from berth.modules.booking.usecases.life.approving import Approving
from berth.modules.booking.usecases.life.confirming import Confirming
from berth.modules.booking.usecases.life.living import TIMER, Living
from berth.modules.booking.usecases.life.requesting import Requesting
from berth.modules.booking.usecases.life.settling import Settling
from berth.modules.booking.usecases.life.visiting import Visiting
from berth.modules.booking.usecases.life.winding import Winding
from berth.modules.booking.usecases.placing import Placer
from berth.modules.booking.usecases.reading import Reading

ROUTERS = (
    reservation.router,
    creating.router,
    visiting.router,
    door.router,
    approving.router,
    blackout.router,
    availability.router,
    schedule.router,
)


@dataclass(frozen=True)
class Verbs:
    """Booking's verbs that others of its doors need, too."""

    placer: Placer
    creating: Creating
    reading: Reading
    waiting: Waiting
    finding: Availability
    living: Living
    settling: Settling
    conflicts: Conflicts
    requesting: Requesting


def build(tools: Tools, *, origin: str) -> Built:
    """Build booking's verbs and its doors."""
    catalog, database, clock = tools.need(Catalog), tools.database, tools.clock
    verbs = _verbs(tools)
    living, conflicts = verbs.living, verbs.conflicts
    confirming = Confirming(living, clock)
    changing = Changing(
        database=database,
        catalog=catalog,
        clock=clock,
        conflicts=conflicts,
        living=living,
        requesting=verbs.requesting,
    )
    return Built(
        routers=ROUTERS,
        parts=(
            verbs.creating,
            changing,
            verbs.reading,
            verbs.waiting,
            verbs.finding,
            Visiting(
                database=database,
                catalog=catalog,
                access=tools.need(Access),
                living=living,
                clock=clock,
                origin=origin,
            ),
            Approving(database=database, living=living, clock=clock),
            Blackouts(
                database=database, outbox=tools.outbox, catalog=catalog, placer=verbs.placer, conflicts=conflicts
            ),
        ),
        hot=_hot(tools, verbs),
        tasks=(
            verbs.placer.run,
            forget_first_answers(database, clock),
            wind_clocks(Winding(database, living, clock)),
        ),
        handlers={GROUP.name: confirming.take},
        timers={TIMER: confirming.pass_time},
        broadcasts=(verbs.settling.broadcast,),
    )


def _verbs(tools: Tools) -> Verbs:
    catalog, identity = tools.need(Catalog), tools.need(Identity)
    database, clock = tools.database, tools.clock
    placer = Placer(database, tools.outbox)
    conflicts = Conflicts(database, catalog)
    requesting = Requesting(identity)
    reading = Reading(database, catalog, identity, clock)
    settling = Settling(reading)
    create = Creating(
        catalog=catalog,
        identity=identity,
        clock=clock,
        placer=placer,
        conflicts=conflicts,
        requesting=requesting,
        first_answers=FirstAnswers(database),
    )
    return Verbs(
        placer=placer,
        creating=create,
        reading=reading,
        waiting=Waiting(settling, reading),
        finding=Availability(database, catalog, identity, clock),
        living=Living(tools.outbox, tools.timers),
        settling=settling,
        conflicts=conflicts,
        requesting=requesting,
    )


def _hot(tools: Tools, verbs: Verbs) -> Mapping[tuple[str, str], HotRoute]:
    identity, limits = tools.need(Identity), tools.limits

    async def identify(token: str) -> Principal:
        return await identity.authenticate(token=token)

    return {
        ("POST", "/api/v1/reservations"): creating.hot_create(verbs.creating, verbs.waiting, identify, limits),
        ("GET", "/api/v1/resources/search"): availability.hot_search(verbs.finding, identify, limits),
        ("GET", "/api/v1/schedule"): schedule.hot_schedule(verbs.finding, identify, limits),
    }


def booking(*, origin: str) -> Module:
    """Answer booking, ready to be assembled; ``origin`` is the address under which people reach Berth."""
    made = partial(build, origin=origin)
    return Module("booking", "berth.modules.booking", made, needs=(Catalog, Identity, Access), groups=(GROUP,))
