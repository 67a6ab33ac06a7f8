"""Lets people try codes, a few times."""

from berth.contracts.access import CodeTried, Verdict
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.outbox.write import Outbox
from berth.modules.access.domain.sealing import Sealer
from berth.modules.access.domain.tries import WINDOW, judge
from berth.modules.access.store import attempt
from berth.modules.access.store import ledger as store


class Trying:
    """The verb of trying a code."""

    def __init__(self, database: Database, outbox: Outbox, sealer: Sealer, clock: Clock) -> None:
        self._database = database
        self._outbox = outbox
        self._sealer = sealer
        self._clock = clock

    async def try_code(self, reservation_id: int, code: str, person_id: int) -> Verdict:
        """Answer whether this is the reservation's code and valid now, and write the try down."""
        digest = self._sealer.digest(reservation_id, code)
        async with self._database.transaction() as connection:
            await attempt.queue_up(connection, reservation_id, person_id)
            now = self._clock()
            wrong = await attempt.wrong_since(connection, reservation_id, person_id, now - WINDOW)
            ledger = (await store.read(connection, [reservation_id])).get(reservation_id)
            verdict = judge(ledger, digest, wrong, now)
            await attempt.note(connection, reservation_id, person_id, verdict, now)
            await self._outbox.write(connection, [CodeTried(reservation_id, person_id, verdict)])
        return verdict
