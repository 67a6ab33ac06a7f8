"""Every route says who may call it, and means it."""

import base64
import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Route

from berth.kit.auth import Role
from berth.kit.http.caller import Allow, AllowAnyone
from berth.kit.http.path import leaves
from tests.acceptance.conftest import Caller, Way, register, sign_in

OPEN = {
    "DELETE /api/v1/session",
    "GET /",
    "GET /docs",
    "GET /docs/start.js",
    "GET /docs/{name}",
    "GET /health",
    "GET /ready",
    "GET /.well-known/caldav",
    "GET /api/v1/calendars/feeds/{token}.ics",
    "GET /caldav",
    "HEAD /.well-known/caldav",
    "HEAD /caldav",
    "OPTIONS /.well-known/caldav",
    "OPTIONS /caldav",
    "PROPFIND /.well-known/caldav",
    "PROPFIND /caldav",
    "POST /api/v1/payments/stripe/webhook",
    "GET /{path:page}",
    "HEAD /",
    "HEAD /{path:page}",
    "POST /api/v1/register",
    "POST /api/v1/session",
    "POST /api/v1/session/refresh",
    "POST /api/v1/setup",
    "POST /api/v1/token",
    "POST /api/v1/token/refresh",
}
"""What anybody may call; the routes of the OpenAPI document aside, which the framework serves."""

FORGED = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIiwic2lkIjoiMSIsImV4cCI6OTk5OTk5OTk5OX0.c2lnbmVkLWJ5LW5vYm9keQ"


def routes(api: FastAPI) -> dict[str, APIRoute]:
    """Answer the routes by method and path."""

    return {
        f"{method} {route.path}": route
        for route in leaves(api.routes)
        if isinstance(route, APIRoute)
        for method in route.methods
    }


def gates(dependant: Dependant) -> Iterator[Allow | AllowAnyone]:
    """Answer what a route depends on, near or far, that decides who may call it."""
    for dependency in dependant.dependencies:
        if isinstance(dependency.call, Allow | AllowAnyone):
            yield dependency.call
        yield from gates(dependency)


def gate(route: APIRoute) -> Allow | AllowAnyone:
    [one] = gates(route.dependant)
    return one


@pytest.fixture(scope="module")
def all_routes(berth: httpx.AsyncClient) -> dict[str, APIRoute]:
    return routes(berth.api)


@pytest.fixture(scope="module")
def closed(all_routes: dict[str, APIRoute], way: Way) -> dict[str, APIRoute]:
    """The routes that ask for a token; the gateway has no way to the metrics."""
    return {
        name: route
        for name, route in all_routes.items()
        if isinstance(gate(route), Allow) and not (way.apart and route.path == "/metrics")
    }


async def call(client: httpx.AsyncClient, name: str, token: str | None) -> httpx.Response:
    """Call a route with the number 1 for every parameter and nothing in the body."""
    method, path = name.split(" ")
    filled = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return await client.request(method, filled, headers=headers)


def test_the_walk_finds_every_documented_route(berth: httpx.AsyncClient, all_routes: dict[str, APIRoute]) -> None:
    shown = {name for name, route in all_routes.items() if route.include_in_schema}
    documented = {
        f"{method.upper()} {path}" for path, methods in berth.api.openapi()["paths"].items() for method in methods
    }
    assert {re.sub(r":\w+}", "}", name) for name in shown} == documented
    assert len(documented) > 20


def test_the_framework_serves_only_the_openapi_document(berth: httpx.AsyncClient) -> None:
    others = {route.path for route in berth.api.routes if isinstance(route, Route) and not isinstance(route, APIRoute)}
    assert others == {"/api/v1/openapi.json"}


def test_every_route_states_once_who_may_call_it(all_routes: dict[str, APIRoute]) -> None:
    stated = {name: len(list(gates(route.dependant))) for name, route in all_routes.items()}
    assert {name: count for name, count in stated.items() if count != 1} == {}


def test_only_the_listed_routes_are_open_to_anyone(all_routes: dict[str, APIRoute]) -> None:
    assert {name for name, route in all_routes.items() if type(gate(route)) is AllowAnyone} == OPEN


async def test_calendar_programs_get_in_by_an_app_password_alone(
    berth: httpx.AsyncClient, user: Caller, all_routes: dict[str, APIRoute]
) -> None:
    """What has a gate of its own kind is the tree of CalDAV, and neither a token nor a password opens it."""
    own = {
        name
        for name, route in all_routes.items()
        if isinstance(one := gate(route), AllowAnyone) and type(one) is not AllowAnyone
    }
    assert len(own) > 10
    assert {name for name in own if not name.partition(" ")[2].startswith("/caldav/")} == set()
    for headers in ({}, {"Authorization": f"Bearer {user.token}"}, basic(user.username, user.password)):
        for name in own:
            method, path = name.split(" ")
            refused = await berth.request(method, re.sub(r"{\w+:id}", "1", path), headers=headers)
            assert refused.status_code == 401, name
            assert refused.headers["WWW-Authenticate"].startswith("Basic ")


def basic(username: str, password: str) -> dict[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{username}:{password}'.encode()).decode()}"}


async def test_no_other_route_answers_without_a_token(berth: httpx.AsyncClient, closed: dict[str, APIRoute]) -> None:
    answers = {name: await call(berth, name, None) for name in closed}
    assert {name: one.status_code for name, one in answers.items() if one.status_code != 401} == {}
    assert {one.headers.get("WWW-Authenticate") for one in answers.values()} == {"Bearer"}


async def test_a_forged_token_is_no_token(berth: httpx.AsyncClient, closed: dict[str, APIRoute]) -> None:
    answers = {name: (await call(berth, name, FORGED)).status_code for name in closed}
    assert {name: status for name, status in answers.items() if status != 401} == {}


async def guest(client: httpx.AsyncClient, admin: Caller) -> Caller:
    someone = await register(client, "guest")
    made = await admin.patch(f"users/{someone.id}", {"role": "guest"})
    assert made.status_code == 200, made.text
    return await sign_in(client, someone.username, someone.password)


@pytest.mark.parametrize("role", [Role.USER, Role.GUEST])
async def test_a_role_is_refused_where_it_is_not_allowed(
    role: Role, berth: httpx.AsyncClient, admin: Caller, user: Caller, closed: dict[str, APIRoute]
) -> None:
    caller = user if role is Role.USER else await guest(berth, admin)
    forbidden = {name for name, route in closed.items() if role not in gate(route).roles}
    answers = {name: (await call(berth, name, caller.token)).status_code for name in forbidden}
    assert answers == dict.fromkeys(forbidden, 403)
    assert len(forbidden) > 3


async def test_a_method_that_a_path_does_not_have_is_refused_with_those_it_has(berth: httpx.AsyncClient) -> None:
    refused = await berth.delete("/api/v1/resources")
    assert refused.status_code == 405
    assert refused.headers["Allow"] == "GET, POST"
