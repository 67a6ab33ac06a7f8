"""The wiring of seating: it asks catalog which resources venues are, and booking to keep them."""

from collections.abc import Mapping

from berth.contracts.booking.questions import Booking
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.contracts.seating.performances import Seating
from berth.kit.auth import Principal
from berth.kit.http.front import HotRoute
from berth.kit.module import Built, Module, Tools
from berth.kit.outbox.subscription import Group, Handler, each
from berth.modules.seating.api import admissions, holds, orders, performances, queue, seat_maps, venues
from berth.modules.seating.usecases.admitting import Admitting
from berth.modules.seating.usecases.aftermath.informing import Informing
from berth.modules.seating.usecases.aftermath.winding_down import WindingDown
from berth.modules.seating.usecases.halls import Halls
from berth.modules.seating.usecases.holding import HOLD, Holding
from berth.modules.seating.usecases.ordering import Numbers, Ordering
from berth.modules.seating.usecases.performances import INFORM, VENUE, WIND_DOWN, Performances
from berth.modules.seating.usecases.printing import Printing
from berth.modules.seating.usecases.queue.queueing import QUEUE, Queueing
from berth.modules.seating.usecases.selling import DUE, Selling
from berth.modules.seating.usecases.settling import TYPES, Settling
from berth.modules.seating.usecases.venues import Venues
from berth.modules.seating.usecases.watching import Watching

GROUP = Group("seating", TYPES)
ROUTERS = (
    venues.router,
    seat_maps.router,
    performances.router,
    queue.router,
    holds.router,
    orders.router,
    admissions.router,
)


def seating() -> Module:
    """Answer the module of venues, what is on there, and its seats."""
    return Module(
        name="seating",
        package="berth.modules.seating",
        build=_build,
        offers=Seating,
        needs=(Catalog, Booking, Identity),
        groups=(GROUP,),
    )


def _build(tools: Tools) -> Built:
    database, clock, catalog, booking = tools.database, tools.clock, tools.need(Catalog), tools.need(Booking)
    halls = Halls(database)
    printing = Printing(tools.need(Identity))
    watching = Watching(database, halls, printing)
    selling = Selling(tools.outbox, tools.timers, clock)
    holding = Holding(database=database, timers=tools.timers, outbox=tools.outbox, halls=halls, clock=clock)
    ordering = Ordering(database=database, halls=halls, selling=selling, numbers=Numbers(booking), clock=clock)
    putting_on = Performances(
        database=database, outbox=tools.outbox, timers=tools.timers, catalog=catalog, booking=booking, clock=clock
    )
    settling = Settling(halls, selling)
    queueing = Queueing(database, tools.timers, clock)
    winding_down = WindingDown(holding, selling, tools.timers, clock)
    timers: Mapping[str, Handler] = {
        HOLD: each(holding.expire),
        VENUE: each(putting_on.keep_venue),
        DUE: each(settling.overdue),
        WIND_DOWN: each(winding_down.go_on),
        INFORM: each(Informing(selling, tools.timers, clock).go_on),
        QUEUE: each(queueing.go_on),
    }
    return Built(
        offer=watching,
        routers=ROUTERS,
        parts=(
            Venues(database, tools.outbox, catalog, clock),
            halls,
            watching,
            holding,
            ordering,
            putting_on,
            queueing,
            printing,
            Admitting(database, tools.outbox, halls, clock),
        ),
        hot=_hot(tools, holding, ordering),
        handlers={GROUP.name: settling.follow},
        timers=timers,
    )


def _hot(tools: Tools, holding: Holding, ordering: Ordering) -> Mapping[tuple[str, str], HotRoute]:
    identity = tools.need(Identity)

    async def identify(token: str) -> Principal:
        return await identity.authenticate(token=token)

    return {
        ("POST", "/api/v1/seat-holds"): holds.hot_place(holding, identify, tools.limits),
        ("POST", "/api/v1/orders"): orders.hot_order(ordering, identify, tools.limits),
    }
