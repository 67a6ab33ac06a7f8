"""Shows a code to its owner, and administrators everything but the code."""

from dataclasses import dataclass, replace

from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.access.domain.ledger import Ledger, Permission, PermissionState
from berth.modules.access.domain.sealing import Sealer
from berth.modules.access.store import ledger as store
from berth.modules.access.store import listing
from berth.modules.access.store.listing import Filter


@dataclass(frozen=True, slots=True)
class Shown:
    """A code as its owner sees it. ``code`` is none once it opens nothing any more."""

    code: str | None
    permission: Permission
    state: PermissionState


class Reading:
    """The questions about codes."""

    def __init__(self, database: Database, sealer: Sealer, clock: Clock) -> None:
        self._database = database
        self._sealer = sealer
        self._clock = clock

    async def code_of(self, reservation_id: int) -> str | None:
        """Answer the code of a reservation that holds; none if it has none, or is over."""
        ledger = await self._ledger(reservation_id)
        return self._open(ledger) if ledger and ledger.held else None

    async def of(self, caller: Principal, reservation_id: int) -> Shown:
        """Answer the caller's own code.

        Raises 404 if there is none, 403 to everybody but the owner, and 409 while it is not confirmed.
        """
        ledger = await self._ledger(reservation_id)
        asked = [one for one in ledger.permissions if one.window] if ledger else []
        if not ledger or ledger.owner_id is None or not asked:
            raise _unknown()
        if ledger.owner_id != caller.id:
            raise Problem(403, "not-allowed", _why_not(caller))
        if ledger.ended:
            last = next((one for one in reversed(asked) if one.settled), asked[0])
            return Shown(None, last, PermissionState(ledger.ended))
        if ledger.held:
            return Shown(self._open(ledger), ledger.held, PermissionState.ACTIVE)
        if not ledger.live:
            raise _unknown()
        raise Problem(409, "code-not-ready", "The code is shown once the reservation is confirmed; ask again then.")

    async def listed(self, which: Filter, limit: int) -> list[tuple[Ledger, Permission]]:
        """Answer permissions that pass the filter, by when they begin; without a start, those not over yet."""
        found = await listing.listed(self._database, replace(which, start=which.start or self._clock()), limit)
        ledgers = await store.read(self._database, sorted({id_ for id_, _ in found}))
        return [(ledgers[id_], ledgers[id_].permission(request_id)) for id_, request_id in found]

    async def _ledger(self, reservation_id: int) -> Ledger | None:
        return (await store.read(self._database, [reservation_id])).get(reservation_id)

    def _open(self, ledger: Ledger) -> str | None:
        return self._sealer.open(ledger.reservation_id, ledger.sealed) if ledger.sealed else None


def _unknown() -> Problem:
    return Problem(404, "unknown-access-code", "This reservation has no access code.")


def _why_not(caller: Principal) -> str:
    if caller.is_admin:
        return (
            "A code is its owner's alone: whoever knows it can enter in the owner's name. Administrators see when "
            "codes are valid and what the lock says of them, without the codes, at /api/v1/access/codes."
        )
    return "This reservation is somebody else's."
