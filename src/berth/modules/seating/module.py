"""The wiring of seating: it asks catalog which resources venues are."""

from berth.contracts.catalog import Catalog
from berth.kit.module import Built, Module, Tools
from berth.modules.seating.api import seat_maps, venues
from berth.modules.seating.usecases.venues import Venues


def seating() -> Module:
    """Answer the module of venues and their seats."""
    return Module(name="seating", package="berth.modules.seating", build=_build, needs=(Catalog,))


def _build(tools: Tools) -> Built:
    return Built(
        routers=(venues.router, seat_maps.router),
        parts=(Venues(tools.database, tools.outbox, tools.need(Catalog), tools.clock),),
    )
