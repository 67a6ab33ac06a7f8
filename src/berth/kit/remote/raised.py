"""Errors on their way: what a contract's method raised there is raised here, as the same class.

They are the errors of the kit that a caller is meant to catch or to pass on: ``Problem``, ``TokenRefused``,
``Refused`` and ``DatabaseAway``. Any other is a fault of the service that raised it, which logs it.
"""

from collections.abc import Mapping

import orjson
from fastapi import Response

from berth.kit.auth import TokenRefused
from berth.kit.db import DatabaseAway
from berth.kit.http.problem import Problem
from berth.kit.http.reply import Ready, encode
from berth.kit.refusal import Refused

HEADER = b"berth-raised"
"""Names the class; without it a status is not the method's own answer."""

STATUS: Mapping[type[Exception], int] = {TokenRefused: 401, DatabaseAway: 503, Refused: 422}
"""Errors that are a sentence, and the status under which the log of a proxy shows them."""

BY_NAME = {kind.__name__: kind for kind in STATUS}
TRAVELLING: tuple[type[Exception], ...] = (Problem, *STATUS)


def write_error(error: Exception) -> Response:
    """Answer one of the ``TRAVELLING`` errors; a subclass travels as the class that is known everywhere."""
    if isinstance(error, Problem):
        members = {
            "status": error.status,
            "kind": error.kind,
            "detail": error.detail,
            "headers": error.headers,
            "more": error.more,
        }
        return Ready(encode(members), error.status, [(HEADER, b"Problem")])
    kind = next(one for one in type(error).__mro__ if one in STATUS)
    return Ready(encode(str(error)), STATUS[kind], [(HEADER, kind.__name__.encode())])


def read_error(name: str, written: bytes) -> Exception | None:
    """Answer the error to raise, or none if a newer writer names one that is not known here."""
    if name == "Problem":
        members = orjson.loads(written)
        return Problem(
            members["status"],
            members["kind"],
            members["detail"],
            headers=members["headers"],
            more=members["more"],
        )
    kind = BY_NAME.get(name)
    return kind(orjson.loads(written)) if kind else None
