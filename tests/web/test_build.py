"""What is built: small at first, compressed, and served so that a browser asks once."""

import gzip
import json

import httpx

from berth.app.web.built import FOLDER
from tests.needs import needs_web_app

KILOBYTES_MAX = 190


def first_load(manifest: dict[str, dict[str, object]], name: str, seen: set[str]) -> set[str]:
    if name not in seen:
        seen.add(name)
        for imported in manifest[name].get("imports", []):
            first_load(manifest, imported, seen)
    return seen


def test_the_first_load_keeps_its_budget() -> None:
    needs_web_app()
    manifest = json.loads((FOLDER / "build.json").read_text())
    files = {manifest[one]["file"] for one in first_load(manifest, "index.html", set())}
    size = sum(len(gzip.compress((FOLDER / one).read_bytes())) for one in files if one.endswith(".js"))
    assert size <= KILOBYTES_MAX * 1000, f"{size:,} bytes of JavaScript"


async def test_the_page_allows_nothing_of_others(client: httpx.AsyncClient) -> None:
    for path in ("/", "/reservations/7", "/setup?token=x"):
        page = await client.get(path)
        assert page.status_code == 200
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "{{" not in page.text
    assert (await client.get("/")).headers["content-security-policy"] != policy, "each page has a number of its own"


async def test_hashed_files_are_kept_for_ever_and_compressed(client: httpx.AsyncClient) -> None:
    script = "/" + json.loads((FOLDER / "build.json").read_text())["index.html"]["file"]
    answer = await client.get(script, headers={"Accept-Encoding": "gzip, br"})
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "br"
    assert (await client.get("/assets/none.js")).status_code == 404


async def test_who_asks_for_the_head_of_a_page_or_file_gets_it_without_the_body(client: httpx.AsyncClient) -> None:
    for path in ("/", "/reservations/7", "/icon.svg"):
        head, page = await client.head(path), await client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == page.headers["content-type"]
        assert head.headers["cache-control"] == page.headers["cache-control"] == "no-cache"


async def test_what_the_api_does_not_have_is_a_problem_and_no_page(client: httpx.AsyncClient) -> None:
    for path in ("/api/v1/nothing", "/api", "/internal/x"):
        answer = await client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
