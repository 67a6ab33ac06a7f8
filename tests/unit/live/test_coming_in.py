"""Who may come to ``/ws``, and how they say who they are."""

import pytest

from tests.unit.live.hall import Served
from tests.websocket import NotOpened, connected


async def test_the_token_is_in_the_first_message(hall: Served) -> None:
    async with connected(hall.url) as client:
        assert await client.hello("ann's") == {"type": "welcome", "heartbeat_seconds": 15.0}


async def test_a_token_that_is_not_good_ends_it_with_a_reason(hall: Served) -> None:
    async with connected(hall.url) as client:
        client.say("hello", token="nobody's")
        assert await client.end() == (4401, "The access token is not valid; sign in again.")


@pytest.mark.parametrize("first", [{"type": "subscribe", "topic": "performance/12"}, {"type": "hello"}])
async def test_nothing_is_told_before_the_hello(hall: Served, first: dict[str, str]) -> None:
    async with connected(hall.url) as client:
        client.say(**{"type_" if key == "type" else key: value for key, value in first.items()})
        code, _ = await client.end()
        assert code == 4401
    assert hall.hall.readings == 0


async def test_a_token_in_the_address_is_refused(hall: Served) -> None:
    with pytest.raises(NotOpened) as refused:
        async with connected(hall.url, "/ws?token=ann's"):
            pass
    assert (refused.value.status, refused.value.problem["type"]) == (400, "/problems/query-refused")


async def test_who_says_nothing_is_sent_away(quick: Served) -> None:
    async with connected(quick.url) as client:
        assert await client.end() == (4401, "There was no hello within 0.3 seconds.")


@pytest.mark.parametrize("origin", ["https://evil.example.org", "null", "http://127.0.0.1"])
async def test_pages_of_other_sites_are_refused(hall: Served, origin: str) -> None:
    with pytest.raises(NotOpened) as refused:
        async with connected(hall.url, Origin=origin):
            pass
    assert (refused.value.status, refused.value.problem["type"]) == (403, "/problems/cross-site-refused")


@pytest.mark.parametrize("origin", ["https://rooms.example.org", "http://{host}", "https://{host}"])
async def test_berths_own_pages_may_come(hall: Served, origin: str) -> None:
    async with connected(hall.url, Origin=origin.format(host=hall.url.removeprefix("http://"))) as client:
        assert await client.hello("ann's")


@pytest.mark.parametrize(
    "headers",
    [{"Upgrade": ""}, {"Sec_WebSocket_Version": "8"}, {"Sec_WebSocket_Key": "short"}],
    ids=["no upgrade", "another version", "no key"],
)
async def test_what_is_no_websocket_is_told_how_to_become_one(hall: Served, headers: dict[str, str]) -> None:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with pytest.raises(NotOpened) as refused:
        async with connected(hall.url, **named, **({"Connection": "close"} if "Upgrade" in named else {})):
            pass
    assert (refused.value.status, refused.value.problem["type"]) == (426, "/problems/websocket-needed")
    assert "sec-websocket-version: 13" in refused.value.head.lower()


async def test_a_new_token_of_the_same_person_prolongs_it_and_nobody_elses_does(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("ann's")
        await client.hello("ann's next")
        client.say("hello", token="bob's")
        assert (await client.end())[0] == 4401
