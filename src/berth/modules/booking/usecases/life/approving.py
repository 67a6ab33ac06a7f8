"""Approving and rejecting: by those whom the policy named, and by nobody else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from berth.contracts.booking.reservation import ApprovalDecided
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.life.confirming import Answered, Said, answered
from berth.modules.booking.domain.life.value import APPROVAL, Life, Request, Turn, told
from berth.modules.booking.store import approving as store
from berth.modules.booking.store import living as lives
from berth.modules.booking.store.approving import Decided, Waiting
from berth.modules.booking.usecases.life.living import Living, step


class Approving:
    """The verbs of approvers."""

    def __init__(self, *, database: Database, living: Living, clock: Clock) -> None:
        self._database = database
        self._living = living
        self._clock = clock

    async def waiting(self, caller: Principal, after: int | None, limit: int) -> Sequence[Waiting]:
        """Answer what waits for the caller's decision, the oldest first."""
        return await store.waiting(self._database, caller.id, after, limit)

    async def decide(self, caller: Principal, request_id: int, decided: Decided) -> None:
        """Approve or reject; the same decision twice changes nothing more.

        Raises ``Problem``: 403 if the caller is none of the approvers, 404 if there is nothing to decide with
        this number, 409 if it was decided otherwise or is not waited for any more.
        """
        await patiently(lambda: self._decide(caller, request_id, decided))

    async def _decide(self, caller: Principal, request_id: int, decided: Decided) -> None:
        async with self._database.transaction() as connection:
            asked = await store.one(connection, request_id)
            if asked is None:
                raise Problem(404, "unknown-approval", "There is nothing to approve with this number.")
            life = (await lives.locked(connection, [asked.reservation_id]))[asked.reservation_id]
            decision = await store.one(connection, request_id) or asked
            if caller.id not in decision.approver_ids:
                raise Problem(403, "not-allowed", "Only those who were named as approvers may decide on this.")
            if decision.approved is decided.approved:
                return
            request = life.request(request_id)
            confirmation = request and request.step(APPROVAL)
            if request is None or decision.approved is not None or life.undecided != request or not confirmation:
                raise Problem(409, "already-decided", "This is not waiting for a decision any more.")
            now = self._clock()
            await store.decide(connection, request_id, caller.id, decided, now)
            turn = _decided(life, request, caller.id, decided, now)
            await self._living.save(connection, [step(life, turn, caller.id)], now)


def _decided(life: Life, request: Request, approver_id: int, decided: Decided, now: datetime) -> Turn:
    event = told(
        ApprovalDecided,
        life.reservation,
        approver_id,
        request_id=request.id,
        approved=decided.approved,
        message=decided.message,
        series_id=life.reservation.series_id if _told_with_series(request, decided) else None,
    )
    said = Said.GIVEN if decided.approved else Said.REFUSED
    rejected = f"Rejected: {decided.message}" if decided.message else "Rejected."
    reason = None if decided.approved else rejected
    turn = answered(life, Answered(request.id, APPROVAL, said, reason, approver_id), now)
    return replace(turn, events=(event, *turn.events))


def _told_with_series(request: Request, decided: Decided) -> bool:
    """Tell whether all is said once the owner hears what became of the whole series, if it is an occurrence of one.

    A refusal brings its message there as the reason; what is said to who is approved would be lost.
    """
    return request.wanted is None and (not decided.approved or not decided.message)
