"""Approvers who take their time: they are reminded, then others are asked too, and at last the slot is given up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from berth.contracts.booking.reservation import ApprovalAsked
from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.booking.store.approving import Decided
from berth.modules.booking.usecases.life.approving import Approving
from tests.database.booking.calendar import HOUR, USER
from tests.database.booking.life.answering import NINE
from tests.database.booking.life.conftest import DESK, Process
from tests.unit.booking.life.confirmers import CHIEF, DEAN

IN_TEN_DAYS = NINE + timedelta(days=10)


def person(id_: int) -> Principal:
    return replace(USER, id=id_)


async def inbox(process: Process, id_: int) -> list[int]:
    """The reservations that wait for this person's decision."""
    return [one.reservation_id for one in await process.part(Approving).waiting(person(id_), None, 10)]


async def asked_again(process: Process) -> tuple[object, str, list[int]]:
    """Let the next timer strike; answer when that was, and who is asked, and why."""
    await process.news()
    struck = await process.strike()
    [event] = [one.read(ApprovalAsked) for one in await process.news() if one.type == ApprovalAsked.type]
    return struck, event.why, sorted(event.approver_ids)


async def test_who_does_not_decide_is_reminded_and_then_others_may_decide_too(process: Process) -> None:
    id_ = await process.create(DESK, start=IN_TEN_DAYS)
    await process.carry()
    [number] = [one.id for one in (await process.life(id_)).requests]
    assert (await inbox(process, CHIEF), await inbox(process, DEAN)) == ([id_], [])
    with pytest.raises(Problem, match="named as approvers"):
        await process.part(Approving).decide(person(DEAN), number, Decided(True, None))

    assert await asked_again(process) == (NINE + 24 * HOUR, "reminded", [CHIEF])
    assert await asked_again(process) == (NINE + 48 * HOUR, "escalated", [CHIEF, DEAN])
    assert (await inbox(process, CHIEF), await inbox(process, DEAN)) == ([id_], [id_])
    await process.part(Approving).decide(person(DEAN), number, Decided(True, None))
    assert await process.state(id_) == "ready"
    assert (await inbox(process, CHIEF), await inbox(process, DEAN)) == ([], [])


async def test_what_nobody_decides_on_is_given_up(process: Process) -> None:
    id_ = await process.create(DESK, start=IN_TEN_DAYS)
    await process.carry()
    for why in ("reminded", "escalated", "reminded"):
        assert (await asked_again(process))[1] == why
    assert await process.strike() == NINE + 96 * HOUR
    life = await process.life(id_)
    assert (life.reservation.state, life.reservation.cancel_reason) == (
        "cancelled",
        "No answer came in time from: approval.",
    )
    assert await process.occupied(id_) == []
    assert (await inbox(process, CHIEF), await inbox(process, DEAN)) == ([], [])
