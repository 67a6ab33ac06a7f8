"""``/performances/{id}/queue``: the waiting room, in which a client asks every few seconds."""

from datetime import datetime, tzinfo
from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from berth.kit.http.caller import Reserver, part
from berth.kit.http.problem import problems
from berth.kit.http.reply import reply
from berth.kit.http.zone import OutputZone, shown
from berth.modules.seating.api.performances import known
from berth.modules.seating.domain.queue import Standing
from berth.modules.seating.usecases.queue.queueing import Queueing

router = APIRouter(prefix="/api/v1/performances", tags=["performances"])


class QueueStanding(BaseModel):
    """How you stand. ``open`` means that there is no waiting room; ``outside`` that you have not joined, or not again.

    ``position`` is there while you wait, ``estimate_seconds`` once it is known how fast people get in, and
    ``admitted_until`` while you are inside. Ask again after ``ask_again_seconds``.
    """

    state: Literal["open", "outside", "waiting", "admitted"]
    position: int | None
    ahead: int
    estimate_seconds: int | None
    admitted_until: datetime | None
    ask_again_seconds: int | None


def _show(found: Standing, where: tzinfo) -> dict[str, Any]:
    return {
        "state": found.state,
        "position": found.position,
        "ahead": found.ahead,
        "estimate_seconds": found.estimate_seconds,
        "admitted_until": found.admitted_until and shown(found.admitted_until, where),
        "ask_again_seconds": found.ask_again_seconds,
    }


@router.post("/{performance_id:id}/queue", response_model=QueueStanding, responses=problems(401, 403, 404, 409))
async def ask(performance_id: int, caller: Reserver, zone: OutputZone, queueing: Queueing = part(Queueing)) -> Response:
    """Join the queue, or say that you are still there: who waits and does not ask for a minute is passed over.

    409 `not-on-sale` once nothing is sold any more. Before the sale begins one may join, and gets in when it does.
    """
    return reply(_show(await queueing.ask(caller, known(performance_id)), zone.of(caller)))


@router.get("/{performance_id:id}/queue", response_model=QueueStanding, responses=problems(401, 403, 404))
async def one(performance_id: int, caller: Reserver, zone: OutputZone, queueing: Queueing = part(Queueing)) -> Response:
    """Answer how you stand, without joining and without counting as still there."""
    return reply(_show(await queueing.one(caller, known(performance_id)), zone.of(caller)))


@router.delete("/{performance_id:id}/queue", status_code=204, responses=problems(401, 403, 404))
async def leave(performance_id: int, caller: Reserver, queueing: Queueing = part(Queueing)) -> Response:
    """Leave the queue; if you were inside, the next gets in. What you hold stays yours."""
    await queueing.leave(caller, known(performance_id))
    return Response(status_code=204)
