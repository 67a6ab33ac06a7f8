"""Whatever the OpenAPI document describes is answered, behind nginx, by the service that has the route."""

import json
import re
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from fastapi import FastAPI
from starlette.routing import Match

from berth.app.describe import openapi_document, whole_assembly
from tests.acceptance.gateway.conftest import Gateway, Make

TENDING = {
    f"/api/v1/{one}" for one in ("system", "events/lag", "events/dead", "events/dead/replay", "events/dead/drop")
}
OF_ALL = {"/health", "/ready", *TENDING}
HIDDEN = {"/metrics"}


@pytest.fixture(scope="module")
def applications() -> dict[str, FastAPI]:
    """Each module's routes in an application of their own, as they are when it is served apart."""
    made = {}
    for name, built in whole_assembly().built.items():
        made[name] = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        for router in built.routers:
            made[name].include_router(router)
    return made


def described() -> Iterator[tuple[str, str]]:
    """Methods and paths of the document, with 7 wherever something is to be named."""
    for path, methods in json.loads(openapi_document())["paths"].items():
        yield from ((method.upper(), re.sub(r"\{\w+\}", "7", path)) for method in methods)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def gateway(make_gateway: Make) -> AsyncIterator[Gateway]:
    async with make_gateway() as made:
        yield made


async def test_every_described_route_is_answered_by_the_service_that_has_it(
    gateway: Gateway, applications: dict[str, FastAPI]
) -> None:
    wrong, asked = [], [*described(), ("DELETE", "/api/v1/tags/deck/port%20side")]
    for method, path in asked:
        scope = {"type": "http", "method": method, "path": path, "headers": [], "root_path": ""}
        having = [
            name
            for name, app in applications.items()
            if any(route.matches(dict(scope))[0] is Match.FULL for route in app.routes)
        ]
        answer = await gateway(method, path)
        found = answer.json["service"] if answer.status == 200 else answer.status
        if path in HIDDEN:
            wrong += [] if found == 404 else [(method, path, found)]
        elif found != (["identity"] if path in OF_ALL else having)[0]:
            wrong.append((method, path, having, found))
        elif answer.json["asked"] != f"{method} {path} HTTP/1.1":
            wrong.append((method, path, answer.json["asked"]))
    assert wrong == []
    assert len(asked) > 40


@pytest.mark.parametrize(
    "path", ["/docs", "/docs/swagger-ui.css", "/api/v1/openapi.json", "/", "/setup", "/reservations/7", "/assets/a.js"]
)
async def test_the_documentation_and_the_app_are_answered(gateway: Gateway, path: str) -> None:
    assert (await gateway("GET", path)).json["service"] == "identity"


@pytest.mark.parametrize(
    "path",
    [
        "/metrics",
        "/internal/identity/authenticate",
        "/%69nternal/identity/authenticate",
        "//internal/identity/authenticate",
        "/api/v1/tags/../../../internal/identity/authenticate",
        "/internal/identity/authenticate/../../../docs",
        "/internal/identity/authenticate/%2e%2E/../%2E./docs",
        "/docs/./start.js",
        "/docs%2f..%2fmetrics",
        "/.gateway/too-large",
        "/api/v1//tags",
        "/api/v1/resources/twelve",
        "/ws",
        "/.env",
    ],
)
async def test_what_is_not_for_people_is_not_there(gateway: Gateway, path: str) -> None:
    answer = await gateway("GET", path)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json["type"] == "/problems/http"


async def test_dots_in_a_query_are_no_way_up(gateway: Gateway) -> None:
    answer = await gateway("GET", "/api/v1/resources/search?text=/../")
    assert answer.json["asked"] == "GET /api/v1/resources/search?text=/../ HTTP/1.1"
