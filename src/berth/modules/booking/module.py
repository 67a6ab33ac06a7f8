"""The wiring of booking: it needs catalog for the rules, identity for names, and access for codes at the door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from berth.contracts.access import Access
from berth.contracts.booking.questions import Booking
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.auth import Principal
from berth.kit.http.front import HotRoute
from berth.kit.module import Built, Module, Tools
from berth.modules.booking.api import approving, availability, blackout, creating, door, reservation, schedule, visiting
from berth.modules.booking.api.bulk import bulk
from berth.modules.booking.api.closing import closing
from berth.modules.booking.api.holds import holds
from berth.modules.booking.api.searches import saving as search_saving
from berth.modules.booking.api.searches import searches
from berth.modules.booking.api.series import changing as series_changing
from berth.modules.booking.api.series import creating as series_creating
from berth.modules.booking.api.waiting import Waiting
from berth.modules.booking.api.waitlist import answering, line
from berth.modules.booking.domain.hold import Patience
from berth.modules.booking.handlers import GROUP, SEARCHES
from berth.modules.booking.jobs import forget_first_answers, look_after_line, tend_searches, wind_clocks
from berth.modules.booking.usecases.availability import Availability
from berth.modules.booking.usecases.blackout import Blackouts
from berth.modules.booking.usecases.bulk.verbs import bulk_verb
from berth.modules.booking.usecases.calendars import Calendars
from berth.modules.booking.usecases.changing import Changing
from berth.modules.booking.usecases.closing.verbs import closing_verbs
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.creating import Creating
from berth.modules.booking.usecases.holds.converting import Converting
from berth.modules.booking.usecases.holds.holding import TIMER as HOLD_TIMER
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
from berth.modules.booking.usecases.searches.noting import TIMER as SEARCHES_TIMER
from berth.modules.booking.usecases.searches.saving import TIMER as SEARCH_TIMER
from berth.modules.booking.usecases.searches.verbs import search_verbs
from berth.modules.booking.usecases.series.creating import SeriesCreating
from berth.modules.booking.usecases.series.extending import ERRAND
from berth.modules.booking.usecases.series.placing import TIMER as SERIES_TIMER
from berth.modules.booking.usecases.series.verbs import series_verbs
from berth.modules.booking.usecases.waitlist.offering import TIMER as LINE_TIMER
from berth.modules.booking.usecases.waitlist.offering import Offering
from berth.modules.booking.usecases.waitlist.verbs import Waitlist, waitlist_verbs

ROUTERS = (
    reservation.router,
    series_creating.router,
    bulk.router,
    series_changing.router,
    creating.router,
    visiting.router,
    door.router,
    approving.router,
    blackout.router,
    closing.router,
    availability.router,
    schedule.router,
    holds.router,
    line.router,
    answering.router,
    search_saving.router,
    searches.router,
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
    offering: Offering


def build(tools: Tools, *, origin: str, patience: Patience, search_notice_minutes_min: int) -> Built:
    """Build booking's verbs and its doors."""
    database, clock = tools.database, tools.clock
    verbs = _verbs(tools, patience)
    living = verbs.living
    waitlist = _waitlist(tools, verbs, patience)
    confirming = Confirming(living, clock)
    changing = _changing(tools, verbs)
    series = series_verbs(tools, changing=changing, living=living, requesting=verbs.requesting, offering=verbs.offering)
    searching = search_verbs(tools, pause=timedelta(minutes=search_notice_minutes_min))
    return Built(
        offer=Calendars(database, tools.outbox, clock, verbs.offering),
        routers=ROUTERS,
        parts=(
            verbs.creating,
            changing,
            verbs.reading,
            verbs.waiting,
            verbs.finding,
            *_at_the_desk(tools, verbs, origin),
            *waitlist.parts,
            *series.parts,
            *_of_many(tools, verbs, waitlist),
            *searching.parts,
        ),
        hot=_hot(tools, verbs, waitlist.converting, series.creating),
        tasks=(
            verbs.placer.run,
            forget_first_answers(database, clock),
            wind_clocks(Winding(database, living, clock)),
            look_after_line(waitlist.looking),
            tend_searches(searching.tending),
        ),
        handlers={GROUP.name: confirming.take, SEARCHES.name: searching.noting.take},
        timers={
            TIMER: confirming.pass_time,
            HOLD_TIMER: waitlist.holding.pass_time,
            LINE_TIMER: waitlist.ending.pass_time,
            SERIES_TIMER: series.extending.strike,
            SEARCHES_TIMER: searching.telling.look,
            SEARCH_TIMER: searching.telling.pass_time,
        },
        errands={ERRAND: series.extending.do},
        broadcasts=(verbs.settling.broadcast, waitlist.looking.broadcast, searching.tending.broadcast),
    )


def _changing(tools: Tools, verbs: Verbs) -> Changing:
    return Changing(
        database=tools.database,
        catalog=tools.need(Catalog),
        clock=tools.clock,
        conflicts=verbs.conflicts,
        living=verbs.living,
        requesting=verbs.requesting,
        offering=verbs.offering,
    )


def _at_the_desk(tools: Tools, verbs: Verbs, origin: str) -> tuple[Visiting, Approving, Blackouts]:
    catalog, database, clock = tools.need(Catalog), tools.database, tools.clock
    return (
        Visiting(
            database=database,
            catalog=catalog,
            access=tools.need(Access),
            living=verbs.living,
            clock=clock,
            origin=origin,
        ),
        Approving(database=database, living=verbs.living, clock=clock),
        Blackouts(
            database=database,
            outbox=tools.outbox,
            catalog=catalog,
            placer=verbs.placer,
            conflicts=verbs.conflicts,
            offering=verbs.offering,
        ),
    )


def _of_many(tools: Tools, verbs: Verbs, waitlist: Waitlist) -> Sequence[object]:
    """Answer the verbs that do to many reservations at once what others do to one."""
    living, requesting, offering = verbs.living, verbs.requesting, verbs.offering
    bulk = bulk_verb(tools, living=living, requesting=requesting, offering=offering)
    closings = closing_verbs(tools, living=living, requesting=requesting, offering=offering, holding=waitlist.holding)
    return bulk, *closings


def _waitlist(tools: Tools, verbs: Verbs, patience: Patience) -> Waitlist:
    return waitlist_verbs(
        tools,
        creating=verbs.creating,
        reading=verbs.reading,
        living=verbs.living,
        placer=verbs.placer,
        conflicts=verbs.conflicts,
        offering=verbs.offering,
        patience=patience,
    )


def _verbs(tools: Tools, patience: Patience) -> Verbs:
    catalog, identity = tools.need(Catalog), tools.need(Identity)
    database, clock = tools.database, tools.clock
    placer = Placer(database, tools.outbox)
    conflicts = Conflicts(database, catalog)
    requesting = Requesting(identity)
    reading = Reading(database, catalog, identity, clock)
    settling = Settling(reading)
    offering = Offering(outbox=tools.outbox, timers=tools.timers, catalog=catalog, clock=clock, patience=patience)
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
        living=Living(tools.outbox, tools.timers, offering),
        settling=settling,
        conflicts=conflicts,
        requesting=requesting,
        offering=offering,
    )


def _hot(
    tools: Tools, verbs: Verbs, converting: Converting, recurring: SeriesCreating
) -> Mapping[tuple[str, str], HotRoute]:
    identity, limits = tools.need(Identity), tools.limits

    async def identify(token: str) -> Principal:
        return await identity.authenticate(token=token)

    return {
        ("POST", "/api/v1/reservations"): creating.hot_create(
            creating.Ways(verbs.creating, converting), verbs.waiting, identify, limits
        ),
        ("POST", "/api/v1/reservations/recurring/preview"): series_creating.hot_preview(recurring, identify, limits),
        ("GET", "/api/v1/resources/search"): availability.hot_search(verbs.finding, identify, limits),
        ("GET", "/api/v1/schedule"): schedule.hot_schedule(verbs.finding, identify, limits),
    }


def booking(*, origin: str, patience: Patience | None = None, search_notice_minutes_min: int = 15) -> Module:
    """Answer booking, ready to be assembled; ``origin`` is the address under which people reach Berth.

    Between two notices of one saved search lie so many minutes at least.
    """
    made = partial(
        build, origin=origin, patience=patience or Patience(), search_notice_minutes_min=search_notice_minutes_min
    )
    needs = (Catalog, Identity, Access)
    return Module("booking", "berth.modules.booking", made, offers=Booking, needs=needs, groups=(GROUP, SEARCHES))
