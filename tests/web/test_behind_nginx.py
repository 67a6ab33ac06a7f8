"""The app with Berth's nginx in front: it comes as small, and is kept as long, as without."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from berth.app.gateway.routes import public_places
from berth.app.web.built import FOLDER
from berth.edges.gateway.nginx import Options, configuration
from berth.edges.gateway.table import services
from deploy.local.answering import free_ports
from deploy.local.process import Process
from deploy.local.servers import nginx, worker_user
from tests.acceptance.conftest import Caller
from tests.acceptance.under_load.program import Program
from tests.needs import needs
from tests.web.conftest import Open

BYTES_MAX = 1_000_000


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def front(site: Program, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The URL of nginx, for which one Berth is every service."""
    needs("nginx")
    found = public_places()
    [port] = free_ports(1)
    everywhere = dict.fromkeys([*services(found), "live"], site.url.removeprefix("http://"))
    options = Options(f"127.0.0.1:{port}", everywhere, BYTES_MAX, rate_address_per_minute=0, user=worker_user())
    folder: Path = tmp_path_factory.mktemp("nginx")
    process = Process(nginx(folder, port, configuration(found, options)))
    try:
        await process.start()
        await process.wait_ready()
        yield f"http://127.0.0.1:{port}"
    finally:
        await process.stop()


async def test_files_come_compressed_and_only_the_page_is_asked_for_anew(front: str) -> None:
    script = "/" + json.loads((FOLDER / "build.json").read_text())["index.html"]["file"]
    async with httpx.AsyncClient(base_url=front, trust_env=False) as client:
        for accepted in ("br", "gzip"):
            answer = await client.head(script, headers={"Accept-Encoding": f"{accepted}, identity"})
            assert answer.headers["content-encoding"] == accepted
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["vary"] == "Accept-Encoding"
            assert int(answer.headers["content-length"]) < (FOLDER / script[1:]).stat().st_size / 2
        for path in ("/", "/find", "/sw.js", "/manifest.webmanifest"):
            answer = await client.head(path)
            assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache"), path
        shown = await client.get(script, headers={"Accept-Encoding": "gzip"})
        assert shown.text == (FOLDER / script[1:]).read_text()


async def test_somebody_signs_in_through_nginx_and_sees_what_changes(
    front: str, open_browser: Open, ada: Caller, room: int
) -> None:
    visit = await open_browser()
    visit.url = front
    await visit.sign_in(ada)
    await visit.page.get_by_text("You have nothing ahead.").wait_for()
    times = {"start": "2032-03-01T08:00:00Z", "end": "2032-03-01T09:00:00Z"}
    made = await ada.post("reservations", {"resource_id": room, "title": "Through the gate", **times})
    assert made.status_code == 201, made.text
    await visit.page.get_by_role("link", name="Through the gate").wait_for()
