"""Cursor pages: stable under inserts, and as fast on the last page as on the first."""

import base64
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Query

from berth.kit.http.problem import Problem

LIMIT_DEFAULT = 50
LIMIT_MAX = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
INSTANT_KEY_MAX = (datetime(9000, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND

Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX, description="How many items at most.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=2048,
        pattern="^[A-Za-z0-9_-]*$",
        description="The `next_cursor` of the page before; absent for the first page.",
    ),
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
        raise _not_ours()
    if any(not -(2**63) <= key < 2**63 if isinstance(key, int) else "\0" in key for key in keys):
        raise _not_ours()
    return tuple(keys)


def _not_ours() -> Problem:
    return Problem(422, "invalid-cursor", "This cursor is not one of ours; leave it out to start at the first page.")


def instant_key(moment: datetime) -> int:
    """Answer an instant as a sort key: microseconds since 1970."""
    return (moment - EPOCH) // MICROSECOND


def read_instant_cursor(cursor: str | None) -> tuple[datetime, int] | None:
    """Answer the instant and the id of a cursor that was written with ``instant_key`` and an id."""
    keys = read_cursor(cursor, int, int)
    if keys is None:
        return None
    return instant_of(keys[0]), keys[1]


def instant_of(key: int) -> datetime:
    """Answer the instant that ``instant_key`` wrote; raise a 422 problem if it is beyond all calendars."""
    if not 0 <= key < INSTANT_KEY_MAX:
        raise _not_ours()
    return EPOCH + key * MICROSECOND


def page(items: Sequence[Item], limit: int, keys: Callable[[Item], tuple[str | int, ...]]) -> dict[str, Any]:
    """Answer ``{"items", "next_cursor"}`` of up to ``limit`` items, given one more if there is a further page."""
    shown = list(items[:limit])
    more = len(items) > limit
    return {"items": shown, "next_cursor": write_cursor(*keys(shown[-1])) if more else None}
