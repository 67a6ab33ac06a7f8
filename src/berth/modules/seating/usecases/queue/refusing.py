"""Refusing seats to those whom the waiting room has not admitted."""

from datetime import datetime

from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.seating.domain.performance import Performance
from berth.modules.seating.domain.queue import QueueState, Standing, standing
from berth.modules.seating.store.queue import line


async def refuse_outside(database: Database, performance: Performance, person_id: int, now: datetime) -> None:
    """Raise 409 for who is not inside; a performance without a waiting room is not even asked about."""
    if performance.plan.admitted_max is None:
        return
    found = standing(await line.see(database, performance.id, person_id, now), now)
    if found.state is not QueueState.ADMITTED:
        raise outside(performance, found)


def outside(performance: Performance, found: Standing) -> Problem:
    """Answer the problem of who is not inside, with where they stand."""
    waits = found.state is QueueState.WAITING
    detail = (
        f"You are number {found.position} of those who wait for {performance.plan.name}."
        if waits
        else f"{performance.plan.name} admits so many people at once as there is room for; join its queue first."
    )
    return Problem(
        409,
        "waiting-room",
        detail,
        more={
            "state": found.state,
            "position": found.position,
            "ahead": found.ahead,
            "estimate_seconds": found.estimate_seconds,
            "ask_again_seconds": found.ask_again_seconds,
        },
    )
