"""Does many operations on reservations, all or nothing; or only says what they would come to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

import asyncpg

from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.http.reply import encode
from berth.modules.booking.domain.bulk import Action, BadRow, Done, Operation, Outcome
from berth.modules.booking.store.series.placing import claim
from berth.modules.booking.usecases.bulk.doing import BadRows, Doing, Outrun
from berth.modules.booking.usecases.bulk.preparing import Prepared, Preparing
from berth.modules.booking.usecases.idempotency import Answer, BulkWish, FirstAnswers, fingerprint

NO_RESERVATION = 0
"""What a key is claimed with that is not one reservation's."""


@dataclass(frozen=True, slots=True)
class _Run:
    caller: Principal
    wish: BulkWish
    dry_run: bool
    key: str | None


class _DryRunEnds(Exception):
    """Rolls the transaction of a dry run back and carries its answer out."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class _KeyKnown(Exception):
    """Rolls back a bulk whose Idempotency-Key was answered meanwhile."""


class Bulk:
    """The verb of doing much at once; everybody may do so what he may do one by one."""

    def __init__(
        self,
        *,
        database: Database,
        preparing: Preparing,
        doing: Doing,
        first_answers: FirstAnswers,
        clock: Clock,
    ) -> None:
        self._database = database
        self._preparing = preparing
        self._doing = doing
        self._first_answers = first_answers
        self._clock = clock

    async def run(
        self, caller: Principal, operations: Sequence[Operation], *, dry_run: bool, key: str | None
    ) -> Answer:
        """Do the operations and answer the report; a dry run does everything but commit.

        Raises ``Problem`` 422 with every row that cannot be done, and why; nothing is done then.
        """
        run = _Run(caller, BulkWish(tuple(operations)), dry_run, None if dry_run else key)
        first = await self._first(run)
        if first is not None:
            return first
        try:
            while True:
                prepared = await self._preparing.prepared(caller, operations)
                try:
                    return await patiently(partial(self._run, run, prepared))
                except Outrun:
                    continue
        except BadRows as found:
            first = await self._first(run)
            if first is not None:
                return first
            raise bad_rows(found.bad, dry_run=dry_run) from None
        except _DryRunEnds as end:
            return end.answer
        except _KeyKnown as known:
            first = await self._first(run)
            if first is not None:
                return first
            raise Problem(
                503,
                "contended",
                "This Idempotency-Key is in use at this moment; ask again.",
                headers={"Retry-After": "1"},
            ) from known

    async def _first(self, run: _Run) -> Answer | None:
        return await self._first_answers.recall(run.caller.id, run.key, run.wish) if run.key else None

    async def _run(self, run: _Run, prepared: Prepared) -> Answer:
        async with self._database.transaction() as connection:
            done = await self._doing.do(connection, run.caller, prepared, self._clock())
            answer = Answer(encode(_report(done, dry_run=run.dry_run)))
            if run.dry_run:
                raise _DryRunEnds(answer)
            if run.key:
                try:
                    await claim(
                        connection,
                        caller_id=run.caller.id,
                        key=run.key,
                        fingerprint=fingerprint(run.wish),
                        reservation_id=NO_RESERVATION,
                        answer=answer.body.decode(),
                    )
                except asyncpg.UniqueViolationError as known:
                    raise _KeyKnown from known
            return answer


def bad_rows(bad: Sequence[BadRow], *, dry_run: bool) -> Problem:
    """Answer the problem of rows that cannot be done, with all of them."""
    count, first = len({one.row for one in bad}), bad[0]
    where = f"Row {first.row}" + (f", {first.column}" if first.column else "")
    return Problem(
        422,
        "bad-rows",
        f"{count} of the rows cannot be done, so nothing was done. {where}: {first.message}",
        more={"errors": [asdict(one) for one in bad], "dry_run": dry_run},
    )


def _report(done: Sequence[Done], *, dry_run: bool) -> dict[str, Any]:
    counted = Counter(one.outcome for one in done)
    return {
        **{outcome.value: counted[outcome] for outcome in Outcome},
        "dry_run": dry_run,
        "errors": [],
        "items": [_item(one, dry_run=dry_run) for one in done],
    }


def _item(one: Done, *, dry_run: bool) -> dict[str, Any]:
    imagined = dry_run and one.action is Action.CREATE
    return asdict(one) | ({"reservation_id": None} if imagined else {})
