"""Granting more, or less, of an allowance for one period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.contracts.identity import Identity
from berth.contracts.quota import QuotaGranted
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.quota.domain.allowances import EVERYBODY, Allowance
from berth.modules.quota.domain.ledger import Slot
from berth.modules.quota.store import allowances, grants
from berth.modules.quota.store.grants import Grant
from berth.modules.quota.usecases.allowances import known_person, unknown
from berth.modules.quota.usecases.standing import Standings


@dataclass(frozen=True, slots=True)
class Gift:
    """What is to be granted: to a person, or of a shared allowance to all; ``at`` is a moment in the period."""

    person_id: int | None
    amount: int
    at: datetime | None
    reason: str


class Grants:
    """The verbs of grants."""

    def __init__(
        self, database: Database, outbox: Outbox, standings: Standings, identity: Identity, clock: Clock
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._standings = standings
        self._identity = identity
        self._clock = clock

    async def give(self, actor: Principal, allowance: Allowance, gift: Gift) -> Grant:
        """Grant for the period of the moment, on the clock of the first resource that the allowance covers.

        Raises 422 if the person is not one of those whom it is for or the moment lies in no term, 404 if the
        allowance was removed.
        """
        _refuse_wrong_person(allowance, gift.person_id)
        await known_person(self._identity, gift.person_id)
        now = self._clock()
        periods = (await self._standings.periods([allowance], gift.at or now))[allowance.id]
        if not periods:
            raise Problem(422, "no-period", "There is no term at this time where the allowance holds, so name another.")
        period, _ = next(iter(periods.values()))
        slot = Slot(allowance.id, EVERYBODY if gift.person_id is None else gift.person_id, period.key)
        async with self._database.transaction() as connection:
            if await allowances.lock(connection, allowance.id) is None:
                raise unknown(allowance.id)
            granted = await grants.give(connection, slot, gift.amount)
            grant = await grants.add(
                connection, slot, amount=gift.amount, reason=gift.reason, actor_id=actor.id, now=now
            )
            event = QuotaGranted(
                allowance.id,
                actor.id,
                grant_id=grant.id,
                person_id=gift.person_id,
                amount=gift.amount,
                start=period.start,
                reason=gift.reason,
                before={"granted": granted - gift.amount},
                after={"granted": granted},
            )
            await self._outbox.write(connection, [event])
        return grant

    async def newest(self, allowance: Allowance, *, before: int | None, limit: int) -> Sequence[Grant]:
        """Answer the grants of an allowance, the newest first."""
        return await grants.newest(self._database, allowance.id, before=before, limit=limit)


def _refuse_wrong_person(allowance: Allowance, person_id: int | None) -> None:
    """Raise the 422 problem unless the grant is for whom the allowance counts."""
    if allowance.rule.shared and person_id is not None:
        raise _wrong("person_id: this allowance is shared, so a grant is for all who share it; leave it out")
    if not allowance.rule.shared and person_id is None:
        raise _wrong("person_id: say to whom to grant; only of a shared allowance is it left out")
    if allowance.rule.person_id not in (None, person_id):
        raise _wrong("person_id: this allowance is another person's own")


def _wrong(message: str) -> Problem:
    where, _, sentence = message.partition(": ")
    return Problem(422, "invalid-input", message, more={"errors": [{"where": where, "message": sentence}]})
