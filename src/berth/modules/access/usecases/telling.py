"""Tells the lock, and booking what the lock said."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.errand.ask import Errands
from berth.kit.errand.runner import Settle
from berth.kit.errand.store import Errand
from berth.kit.outbox.write import Outbox
from berth.modules.access.domain.ledger import Given, Ledger, LockTold, Permission
from berth.modules.access.domain.request import DUE_AFTER, outcome
from berth.modules.access.domain.sealing import Sealer
from berth.modules.access.providers import Lock, LockAway, LockRefused, Order
from berth.modules.access.store import ledger as store
from berth.modules.access.usecases.keeping import LOCK, Keeping

ANSWERED_BEFORE = timedelta(seconds=3)
"""How long before booking stops waiting it has its answer."""

FIRST_PAUSE_SECONDS = 0.5
GRANT_PAUSE_SECONDS_MAX = 5.0
REVOKE_PAUSE_SECONDS_MAX = 300.0

Change = Callable[[Permission], Permission]


def pause(tries: int, seconds_max: float) -> timedelta:
    """Answer how long to wait after so many tries; the time doubles."""
    return timedelta(seconds=min(FIRST_PAUSE_SECONDS * 2 ** min(tries, 20), seconds_max))


class Telling:
    """The verb of telling the lock of a permission: that it is there, or that it is gone."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        errands: Errands,
        keeping: Keeping,
        sealer: Sealer,
        lock: Lock,
        clock: Clock,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._errands = errands
        self._keeping = keeping
        self._sealer = sealer
        self._lock = lock
        self._clock = clock

    async def tell(self, errand: Errand) -> Settle | None:
        """Do the errand as things stand now; what the lock was to be told when it was asked for may be past."""
        reservation_id, request_id = errand.data["reservation_id"], errand.data["request_id"]
        ledger = (await store.read(self._database, [reservation_id])).get(reservation_id)
        known = ledger.permission(request_id) if ledger else Permission(request_id)
        if ledger and known.lock is LockTold.GRANTING:
            return await self._grant(ledger, known, errand)
        if ledger and known.lock is LockTold.REVOKING:
            return await self._revoke(ledger, known, errand)
        return None

    async def _grant(self, ledger: Ledger, known: Permission, errand: Errand) -> Settle:
        """Tell the lock of a permission until it takes it, refuses it, or there is no time left."""
        due_at = (known.due_at or self._clock() + DUE_AFTER) - ANSWERED_BEFORE
        left = (due_at - self._clock()).total_seconds()
        try:
            if left <= 0:
                raise LockAway(known.lock_error or "there was no time left to ask the lock")
            async with asyncio.timeout(left):
                await self._lock.tell(self._order(ledger, known, "grant"))
        except LockRefused as error:
            no = str(error)
            return self._settle(ledger, known, lambda one: _refused(one, no, lock=LockTold.REFUSED))
        except (LockAway, TimeoutError) as error:
            # A lock that was too slow may still take it: it stays one that is to be revoked.
            said = str(error) or "the lock did not answer in time"
            wait = pause(known.lock_tries, GRANT_PAUSE_SECONDS_MAX)
            if self._clock() + wait >= due_at:
                return self._settle(ledger, known, lambda one: _refused(one, said, lock=LockTold.GRANTING))
            return self._again(ledger, known, errand, said, wait)
        return self._settle(
            ledger, known, lambda one: replace(one, lock=LockTold.GRANTED, lock_error=None, given=Given.ISSUED)
        )

    async def _revoke(self, ledger: Ledger, known: Permission, errand: Errand) -> Settle:
        """Tell the lock that a permission is gone, until it takes it."""
        try:
            await self._lock.tell(self._order(ledger, known, "revoke"))
        except (LockRefused, LockAway) as error:
            wait = pause(known.lock_tries, REVOKE_PAUSE_SECONDS_MAX)
            return self._again(ledger, known, errand, str(error), wait)
        return self._settle(ledger, known, lambda one: replace(one, lock=LockTold.REVOKED, lock_error=None))

    def _order(self, ledger: Ledger, known: Permission, action: str) -> Order:
        if not known.window or not ledger.sealed:
            raise ValueError(f"reservation {ledger.reservation_id}, request {known.request_id}: there is no code")
        return Order(
            id=f"{ledger.reservation_id}-{known.request_id}",
            action="grant" if action == "grant" else "revoke",
            reservation_id=ledger.reservation_id,
            resources=known.window.resource_ids,
            code=self._sealer.open(ledger.reservation_id, ledger.sealed),
            valid_from=known.window.valid_from,
            valid_until=known.window.valid_until,
        )

    def _settle(self, ledger: Ledger, known: Permission, change: Change) -> Settle:
        """Write down what came of it, and tell booking; if the permission was withdrawn meanwhile, nothing."""
        id_, request_id = ledger.reservation_id, known.request_id

        async def settle(connection: Connection) -> None:
            before = await store.take_up(connection, [id_])
            now = before[id_].permission(request_id)
            if now.lock is not known.lock:
                return
            changed = replace(change(now), lock_at=self._clock(), lock_tries=now.lock_tries + 1)
            after = await self._keeping.write(connection, before, {id_: before[id_].having(changed)})
            said = outcome(after[id_], request_id)
            if said and now.given is Given.WAITING and changed.given is not Given.WAITING:
                await self._outbox.write(connection, [said])

        return settle

    def _again(self, ledger: Ledger, known: Permission, errand: Errand, said: str, wait: timedelta) -> Settle:
        """Note why it did not work, and have the errand done again."""
        id_ = ledger.reservation_id

        async def settle(connection: Connection) -> None:
            before = await store.take_up(connection, [id_])
            now = before[id_].permission(known.request_id)
            if now.lock is not known.lock:
                return
            tried = replace(now, lock_error=said, lock_tries=now.lock_tries + 1, lock_at=self._clock())
            await store.save(connection, before, {id_: before[id_].having(tried)})
            await self._errands.ask(connection, errand.key, LOCK, errand.data, due_at=self._clock() + wait)

        return settle


def _refused(permission: Permission, said: str, *, lock: LockTold) -> Permission:
    return replace(permission, given=Given.REFUSED, reason=f"hardware-unavailable: {said}", lock=lock, lock_error=said)
