"""The OpenAPI document and the table of routes, of the same application that serves, with no database behind it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import orjson
from starlette import routing
from starlette.routing import BaseRoute

from berth.app.assemble import Assembly, assemble
from berth.app.data_dir import read_secrets
from berth.app.database import Doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.edges.gateway.table import Route
from berth.kit.clock import system_clock
from berth.kit.db import Changes, Database, DatabaseAway

NOT_PUBLIC = ("/internal/", "/metrics")
"""Paths, or beginnings of paths, that are for the services among themselves and for who watches over them."""
ANY_SERVICE = "identity"
"""The service that answers outside for what all of them have, such as the documentation."""


async def _nowhere() -> asyncpg.Connection:
    raise DatabaseAway("a description needs no database")


def openapi_document() -> str:
    """Answer the document as JSON; the same modules answer the same text, whatever is configured here."""
    return orjson.dumps(_assembly().api.openapi(), option=orjson.OPT_INDENT_2).decode()


def public_routes() -> list[Route]:
    """Answer every route that may be reached from outside, with the service that answers it."""
    assembly = _assembly()
    return [
        route for route in _routes(assembly) if not any(route.path.startswith(beginning) for beginning in NOT_PUBLIC)
    ]


def _routes(assembly: Assembly) -> Iterator[Route]:
    owners = {
        one.path: name
        for name, built in assembly.built.items()
        for router in built.routers
        for one in _leaves(router.routes)
    }
    for one in _leaves(assembly.api.routes):
        yield Route(owners.get(one.path, ANY_SERVICE), one.path, one.path_regex.pattern, frozenset(one.methods or ()))


def _leaves(routes: Sequence[BaseRoute]) -> Iterator[routing.Route]:
    """Answer the routes themselves: FastAPI keeps a router that was included as one entry of its own kind."""
    for one in routes:
        included = getattr(one, "original_router", None)
        if included is not None:
            yield from _leaves(included.routes)
        elif isinstance(one, routing.Route):
            yield one


def _assembly() -> Assembly:
    settings = Settings.model_construct()
    with TemporaryDirectory() as passing:
        everything = modules(settings, read_secrets(Path(passing)))
    nothing = Database(None)
    doors = Doors({one.name: nothing for one in everything}, Changes(_nowhere), nothing, _nowhere)
    return assemble(settings, everything, doors, system_clock)
