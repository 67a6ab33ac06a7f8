"""Wires the catalogue: it offers ``Catalog``, and needs nothing of other modules."""

from berth.contracts.catalog import Catalog
from berth.kit.module import Built, Module, Tools
from berth.modules.catalog.api import resources as resources_api
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.resources import Resources


def catalog() -> Module:
    """Answer the module of sites and resources."""
    return Module(name="catalog", package="berth.modules.catalog", build=_build, offers=Catalog)


def _build(tools: Tools) -> Built:
    live = LiveDirectory(tools.database, tools.changes)
    return Built(
        offer=live,
        routers=(resources_api.router,),
        parts=(live, Resources(tools.database, live)),
    )
