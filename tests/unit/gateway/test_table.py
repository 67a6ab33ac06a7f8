"""The table of routes puts what is narrower first, and no two services at one place."""

import inspect
import re

import pytest
import uvicorn
from starlette.routing import compile_path

import berth.kit.http.path  # noqa: F401 makes {…:id} known
from berth.edges.gateway.addresses import listen_address, service_addresses
from berth.edges.gateway.nginx import SERVICE_KEEPS_SECONDS, Options, configuration
from berth.edges.gateway.table import GatewayRefused, Route, places


def route(service: str, path: str, *methods: str) -> Route:
    return Route(service, path, compile_path(path)[0].pattern, frozenset(methods or ("GET",)))


def service_of(path: str, *routes: Route) -> str | None:
    """What nginx does with the places: the first exact one, else the first whose expression matches."""
    found = places(routes)
    exact = [one for one in found if one.is_exact and one.path == path]
    fitting = [one for one in found if not one.is_exact and re.search(one.pattern, path)]
    return next((one.service for one in [*exact, *fitting]), None)


OVERLAPPING = [
    route("files", "/things/{anything:path}"),
    route("words", "/things/{word}"),
    route("numbers", "/things/{number:id}"),
    route("search", "/things/search"),
    route("parts", "/things/{number:id}/parts"),
    route("tables", "/things/{word}.csv"),
]


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/things/search", "search"),
        ("/things/12", "numbers"),
        ("/things/12/parts", "parts"),
        ("/things/oar", "words"),
        ("/things/oar.csv", "tables"),
        ("/things/12345678901234567890", "words"),
        ("/things/oar/blade", "files"),
        ("/thing", None),
        ("/things/12/parts/3/4", "files"),
    ],
)
def test_of_places_that_overlap_the_narrowest_answers(path: str, service: str | None) -> None:
    assert service_of(path, *OVERLAPPING) == service
    assert service_of(path, *reversed(OVERLAPPING)) == service


def test_methods_of_one_path_are_one_place_whatever_the_parameter_is_called() -> None:
    (place,) = places([route("a", "/x/{one:id}", "GET", "HEAD"), route("a", "/x/{other:id}", "DELETE")])
    assert place.methods == ("DELETE", "GET")


def test_two_services_at_one_place_are_refused_by_name() -> None:
    with pytest.raises(GatewayRefused, match=r"a and b both answer at /x/\{y:id\}"):
        places([route("a", "/x/{z:id}"), route("b", "/x/{y:id}", "POST")])


def test_addresses_are_read_with_or_without_http() -> None:
    found = service_addresses(["a=127.0.0.1:1", "b=http://b.example.org:2/", "c=[::1]:3", "a=10.0.0.1:4"])
    assert found == {"a": "10.0.0.1:4", "b": "b.example.org:2", "c": "[::1]:3"}


@pytest.mark.parametrize("word", ["a", "a=", "a=b", "a=b:1;}", "=b:1", "a=https://b:1", "a b=c:1"])
def test_what_is_no_address_is_refused(word: str) -> None:
    with pytest.raises(GatewayRefused, match="booking=127"):
        service_addresses([word])


def test_an_address_to_listen_on_cannot_smuggle_directives() -> None:
    assert listen_address("0.0.0.0:80") == "0.0.0.0:80"
    with pytest.raises(GatewayRefused):
        listen_address("127.0.0.1:80; root /")


def test_a_service_without_an_address_and_an_address_without_a_service_are_named() -> None:
    def made(**addresses: str) -> str:
        return configuration(places([route("a", "/a"), route("b", "/b")]), Options("h:1", addresses, 10_000, 0))

    assert "location = /b { set $service b; proxy_pass http://berth_b; }" in made(a="h:2", b="h:3")
    with pytest.raises(GatewayRefused, match="where to find b: give --service b="):
        made(a="h:2")
    with pytest.raises(GatewayRefused, match="There is no service c; there are a, b"):
        made(a="h:2", b="h:3", c="h:4")


def test_nginx_lets_go_of_an_idle_connection_before_the_service_closes_it() -> None:
    """Else a request may be sent into a connection that is being closed, and nobody knows whether it was heard."""
    service_closes_after = inspect.signature(uvicorn.Config).parameters["timeout_keep_alive"].default
    assert service_closes_after > SERVICE_KEEPS_SECONDS
