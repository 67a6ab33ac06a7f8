"""The routes of all services in one table, in the order in which a gateway must try them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from berth.kit.refusal import Refused

PARAMETER = re.compile(r"\{\w+(?::(\w+))?\}")
LITERAL, NARROW, SEGMENT, ANYTHING = range(4)


class GatewayRefused(Refused):
    """No gateway can be made of what was given; the message says why."""


@dataclass(frozen=True)
class Route:
    """What a service answers: a path with parameters as FastAPI writes them, the expression it compiles to, methods."""

    service: str
    path: str
    pattern: str
    methods: frozenset[str]


@dataclass(frozen=True)
class Place:
    """One place of the gateway: everything that is asked at paths of this form goes to one service.

    ``pattern`` is a regular expression that matches the whole path and names no groups.
    """

    service: str
    path: str
    pattern: str
    methods: tuple[str, ...]

    @property
    def is_exact(self) -> bool:
        """Answer whether the path has no parameters."""
        return "{" not in self.path


def places(routes: Iterable[Route]) -> list[Place]:
    """Answer the places of the routes: those without parameters, then the others, the narrowest first.

    Raise ``GatewayRefused`` if two services answer at the same paths: a gateway could not tell them apart.
    """
    found: dict[str, Place] = {}
    for route in routes:
        pattern = re.sub(r"\(\?P<\w+>", "(?:", route.pattern)
        known = found.get(pattern, Place(route.service, route.path, pattern, ()))
        if known.service != route.service:
            raise GatewayRefused(
                f"{known.service} and {route.service} both answer at {route.path}; only one of them can be reached."
            )
        found[pattern] = Place(
            route.service, known.path, pattern, tuple(sorted({*known.methods, *route.methods} - {"HEAD"}))
        )
    return sorted(found.values(), key=lambda one: (not one.is_exact, _width(one.path), one.path))


def services(found: Sequence[Place]) -> list[str]:
    """Answer the names of the services that the places lead to."""
    return sorted({one.service for one in found})


def _width(path: str) -> list[int]:
    """Answer how much each segment of a path takes in, so that narrower paths sort first."""
    return [_width_of_segment(one) for one in path.split("/")]


def _width_of_segment(segment: str) -> int:
    parameter = PARAMETER.search(segment)
    if parameter is None:
        return LITERAL
    if parameter[1] in ("path", "page"):
        return ANYTHING
    return SEGMENT if parameter[0] == segment and parameter[1] in (None, "str") else NARROW
