"""What booking does by the clock."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import asyncpg
import structlog

from berth.kit.clock import Clock
from berth.kit.db import Database, DatabaseAway
from berth.modules.booking.usecases.idempotency import forget
from berth.modules.booking.usecases.life.winding import Winding
from berth.modules.booking.usecases.searches.tending import Tending
from berth.modules.booking.usecases.waitlist.looking import Looking

ANSWERS_KEPT = timedelta(days=7)
FORGET_EVERY_SECONDS = 3600
WIND_EVERY_SECONDS = 900
LOOK_EVERY_SECONDS = 60
LOOK_PAUSE_SECONDS = 2
"""Changes of rules come in bursts, and one look does for all of them."""

FIT_EVERY_SECONDS = 600
"""So often what fits a search is found anew though nothing was changed: time alone lets rules allow it."""


def forget_first_answers(database: Database, clock: Clock) -> Callable[[], Awaitable[None]]:
    """Answer a task that forgets Idempotency-Keys after a week."""

    async def run() -> None:
        while True:
            try:
                await forget(database, clock() - ANSWERS_KEPT)
            except DatabaseAway as away:
                structlog.get_logger().warning("first_answers_not_forgotten", reason=str(away))
            await asyncio.sleep(FORGET_EVERY_SECONDS)

    return run


def wind_clocks(winding: Winding) -> Callable[[], Awaitable[None]]:
    """Answer a task that winds, every quarter of an hour, the clocks of reservations that have none."""

    async def run() -> None:
        while True:
            try:
                wound = await winding.wind()
                if wound:
                    structlog.get_logger().warning("clocks_wound", reservations=wound)
            except DatabaseAway as away:
                structlog.get_logger().warning("clocks_not_wound", reason=str(away))
            await asyncio.sleep(WIND_EVERY_SECONDS)

    return run


def look_after_line(looking: Looking) -> Callable[[], Awaitable[None]]:
    """Answer a task that looks after the waitlist every minute, and when rules, resources or people change."""

    async def run() -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_SECONDS):
                    await looking.heard.wait()
            await asyncio.sleep(LOOK_PAUSE_SECONDS)
            looking.heard.clear()
            try:
                await looking.look()
            except (DatabaseAway, asyncpg.PostgresError) as error:
                structlog.get_logger().warning("line_not_looked_after", reason=str(error))

    return run


def tend_searches(tending: Tending) -> Callable[[], Awaitable[None]]:
    """Answer a task that looks after saved searches every minute, and when rules, resources or people change."""

    async def run() -> None:
        due_at = 0.0
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_SECONDS):
                    await tending.heard.wait()
            await asyncio.sleep(LOOK_PAUSE_SECONDS)
            try:
                await tending.catch_up()
                if tending.heard.is_set() or time.monotonic() >= due_at:
                    tending.heard.clear()
                    await tending.tend()
                    due_at = time.monotonic() + FIT_EVERY_SECONDS
            except (DatabaseAway, asyncpg.PostgresError) as error:
                due_at = 0.0
                structlog.get_logger().warning("searches_not_tended", reason=str(error))

    return run
