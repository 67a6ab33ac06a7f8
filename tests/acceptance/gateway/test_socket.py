"""Through nginx a WebSocket is what it is without."""

import httpx
import pytest

from tests.acceptance.conftest import Caller
from tests.acceptance.gateway.conftest import Make
from tests.serving import serving
from tests.websocket import NotOpened, connected


async def test_somebody_is_welcome_through_nginx(berth: httpx.AsyncClient, user: Caller, make_gateway: Make) -> None:
    async with serving(berth) as url, make_gateway(live=url.removeprefix("http://")) as gateway:
        at = f"http://127.0.0.1:{gateway.port}"
        async with connected(at, Origin=at) as client:
            await client.hello(user.token)
            assert (await client.follow("notices"))["type"] == "subscribed"
            client.say("shout")
            assert (await client.end())[0] == 4400


async def test_a_page_of_another_site_is_refused_through_nginx(berth: httpx.AsyncClient, make_gateway: Make) -> None:
    async with serving(berth) as url, make_gateway(live=url.removeprefix("http://")) as gateway:
        with pytest.raises(NotOpened) as refused:
            async with connected(f"http://127.0.0.1:{gateway.port}", Origin="https://evil.example.org"):
                pass
        assert refused.value.problem["type"] == "/problems/cross-site-refused"
