"""The table of routes, read off the same application that serves, with no database behind it."""

from collections.abc import Iterator

from berth.app.assemble import Assembly
from berth.app.describe import whole_assembly
from berth.edges.gateway.table import Place, Route, places
from berth.kit.http.path import leaves

NOT_PUBLIC = ("/internal/", "/metrics")
"""Paths, or beginnings of paths, that are for the services among themselves and for who watches over them."""
ANY_SERVICE = "identity"
SOCKET_SERVES = "seating"
"""Who answers at /ws unless there is a service for it: it knows seats, and can ask for all else."""
"""The service that answers outside for what all of them have, such as the documentation."""


def public_places() -> list[Place]:
    """Answer the places of everything that people and programs may reach from outside."""
    return places(route for route in _routes(whole_assembly()) if not route.path.startswith(NOT_PUBLIC))


def _routes(assembly: Assembly) -> Iterator[Route]:
    owners = {
        one.path: name
        for name, built in assembly.built.items()
        for router in built.routers
        for one in leaves(router.routes)
    }
    for one in leaves(assembly.api.routes):
        yield Route(owners.get(one.path, ANY_SERVICE), one.path, one.path_regex.pattern, frozenset(one.methods or ()))
