"""What the main thread of a page is busy with, by the browser's own trace.

Measured is the time on a core, not on the wall: while another program has the core, the page does nothing slow.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.web.conftest import Visit

CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
MARK = "traced"
PARTS = 4


@dataclass(frozen=True)
class Task:
    """A stretch of work that nothing on the page can come between, and what most of it was."""

    ms: float
    parts: list[str]


@dataclass
class Work:
    """What was traced: the tasks, the longest first, and how many frames the page had meanwhile."""

    tasks: list[Task] = field(default_factory=list)
    frames: int = 0


@asynccontextmanager
async def traced(visit: Visit) -> AsyncIterator[Work]:
    """Trace the page; there must be no question to it meanwhile, for what answers it works on the page too."""
    browser = visit.context.browser
    assert browser is not None
    work = Work()
    await browser.start_tracing(page=visit.page, categories=CATEGORIES)
    await visit.page.evaluate("(mark) => { performance.mark(mark) }", MARK)
    yield work
    events = _of_the_page(json.loads(await browser.stop_tracing())["traceEvents"])
    tasks = sorted((one for one in events if one["name"] == "RunTask"), key=_busy, reverse=True)
    work.tasks = [Task(_busy(one), _parts(one, events)) for one in tasks]
    work.frames = sum(one["name"] == "Commit" for one in events)


def _of_the_page(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answer what ran on the thread that set the mark, from then on."""
    [mark] = [one for one in events if one["name"] == MARK]
    thread = (mark["pid"], mark["tid"])
    return [one for one in events if (one["pid"], one["tid"]) == thread and "tdur" in one and one["ts"] > mark["ts"]]


def _busy(event: dict[str, Any]) -> float:
    """Answer for how many milliseconds an event had a core."""
    milliseconds: float = event["tdur"] / 1000
    return milliseconds


def _parts(task: dict[str, Any], events: list[dict[str, Any]]) -> list[str]:
    end = task["ts"] + task["dur"]
    inner = [one for one in events if one is not task and task["ts"] <= one["ts"] and one["ts"] + one["dur"] <= end]
    return [f"{one['name']} {_busy(one):.1f}" for one in sorted(inner, key=_busy, reverse=True)[:PARTS]]
