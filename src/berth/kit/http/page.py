"""Cursor pages: stable under inserts, and as fast on the last page as on the first."""

import base64
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Query

from berth.kit.http.problem import Problem

LIMIT_DEFAULT = 50
LIMIT_MAX = 200

Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many items at most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=512, description="The `next_cursor` of the page before; absent for the first page."),
]

Item = TypeVar("Item")


def write_cursor(*keys: str | int) -> str:
    """Answer an opaque cursor that stands behind the item with these sort keys."""
    return base64.urlsafe_b64encode(orjson.dumps(keys)).rstrip(b"=").decode()


def read_cursor(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """Answer the sort keys of a cursor, each of the kind asked for; raise a 422 problem for any other text."""
    if cursor is None:
        return None
    try:
        keys = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        keys = None
    if not isinstance(keys, list) or [type(key) for key in keys] != list(kinds):
        raise Problem(422, "invalid-cursor", "This cursor is not one of ours; leave it out to start at the first page.")
    for key in keys:
        if isinstance(key, int) and not -(2**63) <= key < 2**63:
            raise Problem(422, "invalid-cursor", "This cursor is not one of ours; leave it out to start again.")
    return tuple(keys)


def page(items: Sequence[Item], limit: int, keys: Callable[[Item], tuple[str | int, ...]]) -> dict[str, Any]:
    """Answer ``{"items", "next_cursor"}`` of up to ``limit`` items, given one more if there is a further page."""
    shown = list(items[:limit])
    more = len(items) > limit
    return {"items": shown, "next_cursor": write_cursor(*keys(shown[-1])) if more else None}
