"""What stands at the root: a sign of life for whoever watches, and the API explained without any other server."""

import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from importlib.metadata import version

import httpx

from berth.app.data_dir import Secrets
from berth.app.database import bring_up_to_date
from berth.app.modules import modules
from berth.app.settings import Settings
from tests.acceptance.conftest import running


async def test_a_berth_with_its_database_is_healthy(berth: httpx.AsyncClient) -> None:
    answer = await berth.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": version("berth")}


async def test_a_berth_whose_database_is_gone_says_so(
    database_for: Callable[[], AbstractAsyncContextManager[str]], settings: Settings, secrets: Secrets
) -> None:
    async with database_for() as url:
        await bring_up_to_date(url, modules(settings, secrets), secrets)
        gone = running(url, settings, secrets)
        client = await gone.__aenter__()
        assert (await client.get("/health")).status_code == 200
    answer = await client.get("/health")
    await gone.__aexit__(None, None, None)
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/database-away"


async def test_the_page_about_the_api_asks_no_other_server(berth: httpx.AsyncClient) -> None:
    page = await berth.get("/docs")
    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe" not in policy
    named = re.findall(r'(?:href|src)="([^"]+)"', page.text)
    assert len(named) >= 5
    assert "//" not in page.text.removeprefix("<!doctype html>")
    for path in named:
        assert (await berth.get(str(page.url.join(path)))).status_code == 200, path


async def test_the_page_reads_the_openapi_document_of_this_server(berth: httpx.AsyncClient) -> None:
    start = await berth.get("/docs/start.js")
    assert start.headers["Content-Type"].startswith("text/javascript")
    [path] = re.findall(r'new URL\("([^"]+)"', start.text)
    document = await berth.get(str(berth.base_url.join("/docs").join(path)))
    assert document.json()["info"]["title"] == "Berth"


async def test_only_the_files_of_the_page_are_served(berth: httpx.AsyncClient) -> None:
    for name in ("__init__.py", "..%2f..%2fmain.py", "nothing"):
        assert (await berth.get(f"/docs/{name}")).status_code in {400, 404}
