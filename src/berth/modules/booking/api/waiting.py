"""``Prefer: wait=5``: an answer once the confirmations are decided, instead of at once."""

import re
from typing import Annotated

from fastapi import Header

from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.usecases.changing import Wish
from berth.modules.booking.usecases.life.settling import Settling
from berth.modules.booking.usecases.reading import Reading

WAIT_SECONDS_MAX = 30

Prefer = Annotated[
    str | None,
    Header(
        max_length=200,
        description="`wait=5` answers when the confirmations are decided, after 5 seconds at the latest (RFC 7240).",
    ),
]


def wait_seconds(prefer: str | None) -> int:
    """Answer how long the caller wants to wait; 0 if not at all. Other preferences are passed over."""
    found = re.search(r"(?:^|[,;\s])wait\s*=\s*\"?(\d{1,6})\"?", prefer or "", re.IGNORECASE)
    return min(int(found[1]), WAIT_SECONDS_MAX) if found else 0


def applied(prefer: str | None) -> dict[str, str]:
    """Answer the header that tells the caller that the preference was heard."""
    seconds = wait_seconds(prefer)
    return {"Preference-Applied": f"wait={seconds}"} if seconds else {}


class Waiting:
    """Waits as long as callers prefer."""

    def __init__(self, settling: Settling, reading: Reading) -> None:
        self._settling = settling
        self._reading = reading

    async def made(self, caller: Principal, id_: int, prefer: str | None) -> tuple[Reservation, Life]:
        """Answer a new reservation, and its life, as it stands when it is decided, or when the time is over."""
        await self._settling.wait(id_, wait_seconds(prefer))
        now = await self._reading.one(caller, id_)
        life, _ = await self._reading.life(now)
        return now, life

    async def moved(self, caller: Principal, found: Reservation, wish: Wish, prefer: str | None) -> Reservation:
        """Answer a reservation once its move is decided; raise 409 with the reason if it was refused."""
        if not wait_seconds(prefer) or not await self._reading.undecided(found.id):
            return found
        await self._settling.wait(found.id, wait_seconds(prefer))
        now = await self._reading.one(caller, found.id)
        if await self._reading.undecided(found.id) or _is(now, wish):
            return now
        last = (await self._reading.history(caller, found.id))[-1]
        raise Problem(409, "change-refused", str(last.after.get("reason") or "The move was not confirmed."))


def _is(reservation: Reservation, wish: Wish) -> bool:
    wanted = (wish.start, wish.end, wish.resource_ids)
    have = (reservation.start, reservation.end, reservation.resource_ids)
    return all(one is None or one == two for one, two in zip(wanted, have, strict=True))
