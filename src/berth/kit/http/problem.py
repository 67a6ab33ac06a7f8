"""Errors as RFC 9457 problem details: one shape, a stable type, a sentence that says the way out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException

from berth.kit.db import DatabaseAway
from berth.kit.http.path import leaves
from berth.kit.http.reply import encode

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    410: "Over",
    412: "Changed in the meantime",
    413: "Too large",
    415: "Unsupported media type",
    422: "Not valid",
    423: "Locked",
    426: "Upgrade needed",
    428: "Condition missing",
    429: "Too many requests",
    500: "Internal error",
    503: "Unavailable",
}


class ProblemDetails(BaseModel):
    """The body of every error; particular problems add members of their own (RFC 9457, section 3.2)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str


class Problem(Exception):
    """An error to be told to the caller.

    ``kind`` names the problem for programs (``/problems/<kind>``); ``detail`` is a sentence for people;
    ``more`` holds further members of the body.
    """

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.headers = dict(headers or {})
        self.more = dict(more or {})

    def body(self) -> dict[str, Any]:
        """Answer the members of the problem document."""
        return {
            "type": f"/problems/{self.kind}",
            "title": TITLES[self.status],
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }

    def response(self) -> Response:
        """Answer the problem as an HTTP response."""
        return Response(encode(self.body()), self.status, self.headers, MEDIA_TYPE)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Answer the OpenAPI ``responses`` of a route that may refuse with these statuses."""
    return {
        status: {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
        }
        for status in statuses
    }


def invalid(errors: Sequence[Any]) -> Problem:
    """Answer the problem of input that failed validation, with each failure's place and reason."""
    found = [{"where": _place(error["loc"]), "message": sentence_of(error["msg"])} for error in errors]
    sentence = "; ".join(f"{one['where']}: {one['message']}" for one in found[:5])
    return Problem(422, "invalid-input", sentence or "The input is not valid.", more={"errors": found})


def sentence_of(message: str) -> str:
    """Answer what a validator of ours says, without the words that pydantic puts before it."""
    return message.removeprefix("Value error, ")


def _place(location: Sequence[Any]) -> str:
    return ".".join(str(part) for part in location if part != "body") or "body"


def unavailable() -> Problem:
    """Answer the problem of a database that cannot be reached at the moment."""
    return Problem(
        503,
        "database-away",
        "The database cannot be reached at the moment; nothing was changed that was not confirmed. Try again.",
        headers={"Retry-After": "1"},
    )


def as_problem(error: Exception) -> Problem:
    """Answer the problem that tells this error to a caller, without telling what is inside."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError | ValidationError):
        return invalid(error.errors())
    if isinstance(error, HTTPException):
        status = error.status_code if error.status_code in TITLES else 400
        detail = "There is nothing at this path; /docs describes the API." if status == 404 else str(error.detail)
        return Problem(status, "http", detail, headers=error.headers)
    if isinstance(error, DatabaseAway):
        return unavailable()
    structlog.get_logger().error("request_failed", exc_info=error)
    return Problem(500, "internal", "Something went wrong on our side; it is logged under the request id.")


def install(app: FastAPI) -> None:
    """Let the application answer every error as a problem, and describe what a problem looks like."""

    async def tell(request: Request, error: Exception) -> Response:
        problem = as_problem(error)
        if problem.status == 405:
            problem.headers["Allow"] = ", ".join(_methods(app, request))
        return problem.response()

    for kind in (Problem, RequestValidationError, ValidationError, HTTPException, DatabaseAway, Exception):
        app.add_exception_handler(kind, tell)
    describe = app.openapi

    def describe_with_problems() -> dict[str, Any]:
        document = describe()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas["ProblemDetails"] = ProblemDetails.model_json_schema()
        return document

    describe_by(app, describe_with_problems)


def describe_by(app: FastAPI, describe: Callable[[], dict[str, Any]]) -> None:
    """Have the application's OpenAPI document made by ``describe``."""
    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's own way of saying so


def _methods(app: FastAPI, request: Request) -> list[str]:
    """Answer the methods of all routes with this path: Starlette names those of one at most."""
    found: set[str] = set()
    for route in leaves(app.routes):
        if route.path_regex.match(request.url.path):
            found |= route.methods or set()
    return sorted(found)
