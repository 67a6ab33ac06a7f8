"""Writes ledgers down, with all that follows from a change: the code itself, its places, and what the lock hears."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from berth.kit.db import Connection
from berth.kit.errand.ask import Errands
from berth.modules.access.domain import ledger as rules
from berth.modules.access.domain.ledger import Given, Ledger
from berth.modules.access.domain.sealing import Sealer
from berth.modules.access.store import keypad
from berth.modules.access.store import ledger as store
from berth.modules.access.store.keypad import Place

LOCK = "lock"
"""The name of the errands that tell the lock."""

DRAWS_MAX = 50
CODE_IN_USE = "code-in-use: another reservation has the same code there at that time; choose another time or resource"


class NoCodeLeft(Exception):
    """Every code that was drawn is taken: more reservations overlap at one keypad than it has codes for."""


def key_of(reservation_id: int, request_id: int) -> str:
    """Answer the key of the errand that tells the lock of a permission."""
    return f"{LOCK}/{reservation_id}/{request_id}"


class Keeping:
    """The one way in which ledgers change; the caller has taken them up in the transaction."""

    def __init__(self, errands: Errands, sealer: Sealer) -> None:
        self._errands = errands
        self._sealer = sealer

    async def write(
        self, connection: Connection, before: Mapping[int, Ledger], after: Mapping[int, Ledger]
    ) -> dict[int, Ledger]:
        """Write down what changed, and answer how the ledgers stand now: codes drawn, some requests refused."""
        done = await self._place(connection, before, dict(after))
        for id_, one in done.items():
            told, request_ids = rules.to_tell(one)
            done[id_] = rules.erased(told)
            for request_id in request_ids:
                data = {"reservation_id": id_, "request_id": request_id}
                await self._errands.ask(connection, key_of(id_, request_id), LOCK, data)
        await store.save(connection, before, done)
        return done

    async def _place(
        self, connection: Connection, before: Mapping[int, Ledger], after: dict[int, Ledger]
    ) -> dict[int, Ledger]:
        """Take the places that codes need now, and draw codes for those that have none."""
        moved = [id_ for id_, one in after.items() if one.places != before[id_].places]
        if any(before[id_].places for id_ in moved):
            await keypad.leave(connection, moved)
        for _ in range(DRAWS_MAX):
            for id_ in moved:
                after[id_] = self._with_code(after[id_])
            places = [place for id_ in moved for place in self._places(after[id_])]
            if not places:
                return after
            had = await keypad.take(connection, places)
            moved = sorted({one.reservation_id for one in places if (one.reservation_id, one.resource_id) not in had})
            if not moved:
                return after
            await keypad.leave(connection, moved)
            for id_ in moved:
                after[id_] = _without_clash(before[id_], after[id_])
        raise NoCodeLeft(f"no code could be found for the reservations {moved}")

    def _with_code(self, ledger: Ledger) -> Ledger:
        if ledger.sealed or not ledger.places:
            return ledger
        code = self._sealer.draw()
        id_ = ledger.reservation_id
        return replace(ledger, sealed=self._sealer.seal(id_, code), digest=self._sealer.digest(id_, code))

    def _places(self, ledger: Ledger) -> Iterable[Place]:
        if not ledger.sealed:
            return []
        code = self._sealer.open(ledger.reservation_id, ledger.sealed)
        return [
            Place(ledger.reservation_id, resource_id, self._sealer.mark(resource_id, code), times)
            for resource_id, times in ledger.places.items()
        ]


def _without_clash(before: Ledger, after: Ledger) -> Ledger:
    """Answer the ledger without the code if it is a new one, else without the move, for a code stays the same."""
    if before.sealed is None:
        return replace(after, sealed=None, digest=None)
    known = {one.request_id for one in before.live}
    for one in after.live:
        if one.request_id not in known and one.given is not Given.REFUSED:
            after = rules.refused(after, one.request_id, CODE_IN_USE)
    return after
