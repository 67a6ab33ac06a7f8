"""What to do when two changes wait for each other."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from berth.kit.http.problem import Problem

TRIES = 10

Answer = TypeVar("Answer")


async def patiently(work: Callable[[], Awaitable[Answer]]) -> Answer:
    """Do the work, and do it again when PostgreSQL broke a deadlock by refusing it: the other side is done then.

    The work is one transaction, so a refusal left nothing behind. Raises 503 if it is refused again and again.
    """
    for _ in range(TRIES):
        try:
            return await work()
        except asyncpg.DeadlockDetectedError:
            continue
    raise Problem(
        503,
        "contended",
        "Too many changes of the same at once; nothing was changed. Try again.",
        headers={"Retry-After": "1"},
    )
