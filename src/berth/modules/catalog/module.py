"""Wires the catalogue: it offers ``Catalog``, and asks identity whether those who approve are there."""

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.module import Built, Module, Tools
from berth.modules.catalog.api import days as days_api
from berth.modules.catalog.api import resources as resources_api
from berth.modules.catalog.api import rules as rules_api
from berth.modules.catalog.api import sites as sites_api
from berth.modules.catalog.api import tags as tags_api
from berth.modules.catalog.api import transfer as transfer_api
from berth.modules.catalog.usecases.days import Holidays, Terms
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.resources import Resources
from berth.modules.catalog.usecases.rules import Rules
from berth.modules.catalog.usecases.sites import Sites
from berth.modules.catalog.usecases.tags import Tags
from berth.modules.catalog.usecases.transfer import Transfer


def catalog() -> Module:
    """Answer the module of sites and resources."""
    return Module("catalog", "berth.modules.catalog", _build, offers=Catalog, needs=(Identity,))


def _build(tools: Tools) -> Built:
    live = LiveDirectory(tools.database, tools.changes)
    verbs = [kind(tools.database, tools.outbox, live) for kind in (Resources, Sites, Tags, Terms, Holidays, Transfer)]
    rules = Rules(tools.database, tools.outbox, live, tools.need(Identity))
    return Built(
        offer=live,
        routers=(
            resources_api.router,
            sites_api.router,
            rules_api.router,
            tags_api.router,
            days_api.router,
            transfer_api.router,
        ),
        parts=(live, rules, *verbs),
    )
