"""Paths: what can be an id in them (``{reservation_id:id}``), and all that an application has."""

from collections.abc import Iterator, Sequence

from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import BaseRoute, Route


class IdConvertor(Convertor[int]):
    """One to nineteen digits; more than that is no bigint, and much more would not even be read."""

    regex = "[0-9]{1,19}"

    def convert(self, value: str) -> int:
        """Answer the number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """Answer the number as a path holds it."""
        return str(value)


register_url_convertor("id", IdConvertor())


def leaves(routes: Sequence[BaseRoute]) -> Iterator[Route]:
    """Answer the routes themselves: FastAPI keeps a router that was included as one entry of its own kind."""
    for one in routes:
        included = getattr(one, "original_router", None)
        if included is not None:
            yield from leaves(included.routes)
        elif isinstance(one, Route):
            yield one
