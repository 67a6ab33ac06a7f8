"""What Lighthouse says of the pages: `make web-lighthouse`, apart from the other tests, for it takes its minutes.

Accessibility and best practices are measured of every page, speed of the two where everybody begins.
"""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, async_playwright

from deploy.local.answering import free_ports
from deploy.local.programs import find_program
from tests.acceptance.under_load.program import Program
from tests.needs import needs
from tests.web.conftest import Visit
from tests.web.test_every_page import OPEN, PATHS, filled
from tests.web.world import World, seeded

LIGHTHOUSE = Path(__file__).parents[3] / "web" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
GOOD_MIN = 95
FAST_MIN = {"desktop": 95, "mobile": 85}
TWICE, TRIES = 2, 5
"""How often a page must be fast enough, of how many times: whoever else is busy on a machine makes pages slower, never
faster, so what was reached twice is the page's own."""
WAIT_MS_MAX = 20_000
FAST = ("/", "/find")
"""Home, and finding something."""
SLOWER = {"desktop": 1, "mobile": 4}
"""How many times slower than the machine each device is taken to be, as Lighthouse does by itself."""
INDEX_FULL = 1_500
"""The least that Lighthouse's own benchmark answers on the machines that its factors are meant for. On one that is
slower even at its best, the factor is made smaller by as much: what is judged is the app, not the machine."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(client, admin) -> World:
    """Something to show."""
    return await seeded(client, admin)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def port(site: Program, world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[int]:
    """The port of the debugger of a Chromium in which an administrator is signed in."""
    needs("chromium", "node")
    [number] = free_ports(1)
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("chromium"),
            executable_path=find_program("chromium"),
            args=["--no-sandbox", f"--remote-debugging-port={number}"],
        )
        await visit_of(context, site).sign_in(world.admin)
        yield number
        await context.close()


def visit_of(context: BrowserContext, site: Program) -> Visit:
    """Answer the first page of a browser as a visit."""
    return Visit(context.pages[0], context, site.url)


async def measured(
    url: str, port: int, device: str, categories: tuple[str, ...], index: float = INDEX_FULL
) -> dict[str, Any]:
    """Answer Lighthouse's report, on a machine of which its benchmark answers ``index`` at best."""
    preset = ("--preset=desktop",) if device == "desktop" else ()
    factor = SLOWER[device] * min(1, index / INDEX_FULL)
    environment = os.environ | {"CHROME_PATH": find_program("chromium")}
    process = await asyncio.create_subprocess_exec(
        str(shutil.which(LIGHTHOUSE)),
        url,
        f"--port={port}",
        f"--only-categories={','.join(categories)}",
        f"--throttling.cpuSlowdownMultiplier={factor:.2f}",
        f"--max-wait-for-load={WAIT_MS_MAX}",
        "--disable-storage-reset",
        "--output=json",
        "--quiet",
        *preset,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()[-2000:]
    report: dict[str, Any] = json.loads(out)
    return report


def lacking(report: dict[str, Any], minimum: dict[str, int]) -> list[str]:
    """Answer which scores are below their minimum, with what cost them points."""
    found = []
    for name, least in minimum.items():
        category = report["categories"][name]
        score = round((category["score"] or 0) * 100)
        if score < least:
            audits = [report["audits"][one["id"]] for one in category["auditRefs"] if one["weight"]]
            lost = [one for one in audits if one["score"] is not None and one["score"] < 1]
            why = "; ".join(f"{one['title']} {one.get('displayValue', '')}".strip() for one in lost)
            found.append(f"{report['requestedUrl']}: {name} {score} < {least}: {why}")
    return found


@pytest.mark.timeout(900)
async def test_every_page_is_accessible_and_well_made(site: Program, port: int, world: World) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        visit = visit_of(browser.contexts[0], site)
        paths = await visit.page.evaluate(PATHS)
    complaints = []
    for path in sorted({*paths} - OPEN):
        report = await measured(f"{site.url}{filled(path, world)}", port, "mobile", ("accessibility", "best-practices"))
        complaints += lacking(report, {"accessibility": GOOD_MIN, "best-practices": GOOD_MIN})
    assert complaints == []


@pytest.mark.parametrize("device", FAST_MIN)
@pytest.mark.parametrize("path", FAST)
async def test_where_everybody_begins_is_fast(path: str, device: str, site: Program, port: int) -> None:
    url = f"{site.url}{path}"
    indices = [(await measured(url, port, device, ("best-practices",)))["environment"]["benchmarkIndex"]]
    good: list[str] = []
    bad: list[str] = []
    while len(good) < TWICE and len(good) + len(bad) < TRIES:
        report = await measured(url, port, device, ("performance",), max(indices))
        lost = lacking(report, {"performance": FAST_MIN[device]})
        (bad if lost else good).append("\n".join([figures(path, device, report), *lost]))
        indices.append(report["environment"]["benchmarkIndex"])
    print("", *good, *bad, sep="\n")
    assert len(good) == TWICE, "\n".join(bad)


def figures(path: str, device: str, report: dict[str, Any]) -> str:
    """Answer what was measured, in one line."""
    audits = report["audits"]
    names = {"first-contentful-paint": "first", "largest-contentful-paint": "largest", "total-blocking-time": "blocked"}
    shown = ", ".join(f"{words} {audits[name]['displayValue']}" for name, words in names.items())
    score = round(report["categories"]["performance"]["score"] * 100)
    index = report["environment"]["benchmarkIndex"]
    shift = audits["cumulative-layout-shift"]["displayValue"]
    return f"{path} {device}: {score} ({shown}; shift {shift}; index {index:.0f})"
