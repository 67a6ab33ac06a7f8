"""What nginx adds, takes away and answers itself."""

import asyncio

import pytest

from tests.acceptance.gateway.conftest import Answered, Make

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def problem(answer: Answered) -> tuple[int, str, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == answer.status
    return answer.status, answer.json["type"], answer.json["detail"]


async def test_a_service_hears_who_asks_from_nginx_and_not_from_the_client(make_gateway: Make) -> None:
    async with make_gateway() as gateway:
        answer = await gateway(
            "GET",
            "/api/v1/tags",
            X_Forwarded_For="198.51.100.7",
            X_Forwarded_Proto="https",
            X_Forwarded_Host="evil.example.org",
            X_Real_IP="198.51.100.7",
            Forwarded="for=198.51.100.7",
            traceparent=TRACE,
        )
        unspoken = await gateway("GET", "/api/v1/tags")
    sent = answer.json["headers"]
    assert (sent["x-forwarded-for"], sent["x-forwarded-proto"]) == ("127.0.0.1", "http")
    assert sent["host"] == sent["x-forwarded-host"] == "rooms.example.org"
    assert {"forwarded", "x-real-ip", "connection", "upgrade"} & sent.keys() == set()
    assert sent["traceparent"] == TRACE
    assert "traceparent" not in unspoken.json["headers"]
    assert answer.headers["x-request-id"] == "of-catalog"


async def test_a_service_that_is_away_is_a_problem_of_its_paths_alone(make_gateway: Make) -> None:
    async with make_gateway(away=("booking",)) as gateway:
        away, there = await gateway("GET", "/api/v1/free"), await gateway("GET", "/api/v1/tags")
    assert problem(away)[:2] == (503, "/problems/service-away")
    assert away.json["service"] == "booking"
    assert "the service booking, which" in away.json["detail"]
    assert (away.headers["retry-after"], len(away.headers["x-request-id"])) == ("1", 32)
    assert there.status == 200


async def test_a_body_over_the_limit_is_refused_in_the_words_of_a_service(make_gateway: Make) -> None:
    async with make_gateway(body_bytes_max=20_000) as gateway:
        fits = await gateway("POST", "/api/v1/reservations", "x" * 20_000)
        over = await gateway("POST", "/api/v1/reservations", "x" * 20_001)
    assert fits.status == 200
    assert problem(over) == (413, "/problems/too-large", "A request may carry up to 20,000 bytes.")


async def test_what_is_no_http_is_a_problem(make_gateway: Make) -> None:
    async with make_gateway() as gateway:
        answer = await gateway.raw("GET /api/v1/tags HTTP/1.1\r\nHost: a b\r\n\r\n")
        long = await gateway.raw(f"GET /api/v1/tags?{'x' * 40_000} HTTP/1.1\r\nHost: a\r\n\r\n")
        traced = await gateway("TRACE", "/api/v1/tags")
    assert problem(answer)[:2] == problem(long)[:2] == (400, "/problems/http")
    assert problem(traced)[:2] == (405, "/problems/http")


async def test_an_address_is_counted_while_it_is_not_signed_in(make_gateway: Make) -> None:
    async with make_gateway(rate_address_per_minute=3) as gateway:
        # The fixture's own first question, and two more: the minute is used up.
        counted = [await gateway("GET", "/api/v1/tags") for _ in range(4)]
        signed_in = [await gateway("GET", "/api/v1/tags", Authorization="Bearer abc") for _ in range(8)]
    assert [one.status for one in counted] == [200, 200, 429, 429]
    status, kind, detail = problem(counted[-1])
    assert (status, kind) == (429, "/problems/too-many-requests")
    assert detail == "More than 3 such requests in a minute; try again in 20 seconds."
    assert counted[-1].headers["retry-after"] == "20"
    assert {one.status for one in signed_in} == {200}


async def test_a_web_socket_is_let_through_to_the_live_service(make_gateway: Make) -> None:
    async with make_gateway(live=True) as gateway:
        answer = await gateway("GET", "/ws", Connection="Upgrade, close", Upgrade="websocket")
    assert answer.json["service"] == "live"
    assert answer.json["headers"]["upgrade"] == "websocket"
    assert answer.json["headers"]["connection"] == "upgrade"


@pytest.mark.parametrize("path", ["/api/v1/tags", "/nothing"])
async def test_nginx_does_not_say_which_it_is(make_gateway: Make, path: str) -> None:
    async with make_gateway() as gateway:
        answer = await gateway("GET", path)
    assert answer.headers["server"] == "nginx"


async def test_connections_to_a_service_are_kept(make_gateway: Make) -> None:
    async with make_gateway() as gateway:
        answers = await asyncio.gather(*(gateway("GET", "/api/v1/tags") for _ in range(20)))
    assert all("connection" not in one.json["headers"] for one in answers)
