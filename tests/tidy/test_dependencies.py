"""What routes depend on is awaited, not sent to a thread: the way there and back costs more than the route."""

import inspect
from collections.abc import Iterator

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from berth.kit.http.caller import part
from berth.modules.booking.api import availability, blackout, creating, reservation, schedule
from berth.modules.catalog.api import resources, rules, sites, tags

ROUTERS = [
    one.router for one in (availability, blackout, creating, reservation, schedule, resources, rules, sites, tags)
]


def functions_of(dependant: Dependant) -> Iterator[object]:
    for one in dependant.dependencies:
        yield one.call
        yield from functions_of(one)


def test_no_route_depends_on_a_function_that_is_not_a_coroutine() -> None:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    plain = {one for route in routes for one in functions_of(route.dependant) if inspect.isfunction(one)}
    assert routes
    assert plain
    assert {one.__qualname__ for one in plain if not inspect.iscoroutinefunction(one)} == set()


def test_the_check_sees_a_plain_function() -> None:
    assert inspect.iscoroutinefunction(part(int).dependency)
    assert not inspect.iscoroutinefunction(functions_of)
