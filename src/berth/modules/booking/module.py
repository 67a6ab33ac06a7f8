"""The wiring of booking: it needs catalog for the rules and identity for names."""

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.auth import Principal
from berth.kit.module import Built, Module, Tools
from berth.modules.booking.api import availability, blackout, creating, reservation, schedule
from berth.modules.booking.jobs import forget_first_answers
from berth.modules.booking.usecases.availability import Availability
from berth.modules.booking.usecases.blackout import Blackouts
from berth.modules.booking.usecases.changing import Changing
from berth.modules.booking.usecases.conflict import Conflicts
from berth.modules.booking.usecases.creating import Creating
from berth.modules.booking.usecases.idempotency import FirstAnswers
from berth.modules.booking.usecases.placing import Placer
from berth.modules.booking.usecases.reading import Reading


def build(tools: Tools) -> Built:
    """Build booking's verbs and its door for HTTP."""
    catalog, identity = tools.need(Catalog), tools.need(Identity)
    database, clock, limits = tools.database, tools.clock, tools.limits
    placer = Placer(database, tools.outbox)
    conflicts = Conflicts(database, catalog)
    create = Creating(
        catalog=catalog,
        identity=identity,
        clock=clock,
        placer=placer,
        conflicts=conflicts,
        first_answers=FirstAnswers(database),
    )
    finding = Availability(database, catalog, identity, clock)

    async def identify(token: str) -> Principal:
        return await identity.authenticate(token=token)

    return Built(
        routers=(reservation.router, creating.router, blackout.router, availability.router, schedule.router),
        parts=(
            create,
            Changing(database=database, outbox=tools.outbox, catalog=catalog, clock=clock, conflicts=conflicts),
            Reading(database, catalog, identity, clock),
            Blackouts(database=database, outbox=tools.outbox, catalog=catalog, placer=placer, conflicts=conflicts),
            finding,
        ),
        hot={
            ("POST", "/api/v1/reservations"): creating.hot_create(create, identify, limits),
            ("GET", "/api/v1/resources/search"): availability.hot_search(finding, identify, limits),
            ("GET", "/api/v1/schedule"): schedule.hot_schedule(finding, identify, limits),
        },
        tasks=(placer.run, forget_first_answers(database, clock)),
    )


def booking() -> Module:
    """Answer booking, ready to be assembled."""
    return Module("booking", "berth.modules.booking", build, needs=(Catalog, Identity))
