"""Checking in and out: by the owner, by staff, or by whoever has the code at the door."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from berth.contracts.access import Access, Verdict
from berth.contracts.catalog import Catalog
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.booking.domain.life.value import Life, NotNow, Standing, Turn
from berth.modules.booking.domain.life.visiting import checked_in, checked_out
from berth.modules.booking.domain.reservation import Reservation, State
from berth.modules.booking.store import living as store
from berth.modules.booking.store import reservation as reservations
from berth.modules.booking.usecases.changing import own, theirs
from berth.modules.booking.usecases.life.living import Living, step

REFUSED: dict[Verdict, tuple[int, str, str]] = {
    "wrong": (403, "wrong-code", "This is not the code of this reservation."),
    "not_valid_now": (409, "not-now", "The code is not valid now: come in its time."),
    "too_many_tries": (429, "too-many-tries", "Too many wrong codes were tried; wait some minutes, or ask the owner."),
}
"""What is answered to a code that does not open."""

Verb = Callable[[Life, int, datetime], Turn]
EARLY_MAX = timedelta(days=1)
"""The earliest that any policy lets somebody check in."""
CANDIDATES_MAX = 5
"""So many reservations are tried with a code at a door; as a rule there is one, or one more that begins soon."""


class Visiting:
    """The verbs of coming and going."""

    def __init__(
        self, *, database: Database, catalog: Catalog, access: Access, living: Living, clock: Clock, origin: str
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._access = access
        self._living = living
        self._clock = clock
        self._origin = origin

    async def check_in(self, caller: Principal, id_: int, code: str | None) -> Reservation:
        """Begin the use, and answer the reservation; checking in twice changes nothing more.

        Raises ``Problem``: 403 for a stranger without the code or a wrong code, 409 if it is not the time, 429
        after too many wrong codes.
        """
        life = await self._found(id_)
        if theirs(caller, life.reservation):
            _at_this_time(checked_in, life, caller.id, self._clock())
        elif code is None:
            raise Problem(403, "not-allowed", "This reservation is somebody else's: check in with its code.")
        if code is not None:
            verdict = await self._access.try_code(reservation_id=id_, code=code, person_id=caller.id)
            if verdict != "right":
                raise Problem(*REFUSED[verdict])
        return await patiently(lambda: self._turn(id_, caller, checked_in))

    async def check_out(self, caller: Principal, id_: int) -> Reservation:
        """End the use, and answer the reservation; the rest of its slot is free at once."""
        own(caller, await store.read_all(self._database, [id_]), id_)
        return await patiently(lambda: self._turn(id_, caller, checked_out))

    async def check_in_link(self, caller: Principal, id_: int) -> str:
        """Answer the address that opens check-in, with the code if there is one.

        Raises ``Problem``: 403 for all but the owner, 409 while a code was given that access does not show yet.
        """
        life = await self._found(id_)
        if life.reservation.owner_id != caller.id:
            raise Problem(403, "not-allowed", "Only the owner may see what opens the door.")
        code = await self._access.code_of(reservation_id=id_)
        if code is None and _has_code(life):
            raise Problem(409, "code-not-ready", "The code is there in a moment; ask again then.")
        return f"{self._origin}/reservations/{id_}/check-in" + (f"?code={code}" if code else "")

    async def check_in_here(self, caller: Principal, resource_id: int, code: str) -> Reservation:
        """Begin the use of the reservation whose code was typed at the door of a resource, and answer it.

        Raises ``Problem``: 403 if no reservation has this code here, 409 if none can be checked in now, 429 after
        too many wrong codes.
        """
        return await self._here(caller, resource_id, code, State.READY, checked_in)

    async def check_out_here(self, caller: Principal, resource_id: int, code: str) -> Reservation:
        """End the use of the reservation whose code was typed at the door of a resource, and answer it.

        Raises as ``check_in_here`` does.
        """
        return await self._here(caller, resource_id, code, State.IN_USE, checked_out)

    async def _here(self, caller: Principal, resource_id: int, code: str, state: State, verb: Verb) -> Reservation:
        now = self._clock()
        near = reservations.Filter(resource_id=resource_id, states=(state,), start=now, until=now + EARLY_MAX)
        found = await reservations.listed(self._database, near, CANDIDATES_MAX)
        lives = await store.read_all(self._database, [one.id for one in found])
        verdicts: set[Verdict] = set()
        for id_ in (one.id for one in found if _possible(verb, lives[one.id], caller.id, now)):
            verdict = await self._access.try_code(reservation_id=id_, code=code, person_id=caller.id)
            if verdict == "right":
                return await patiently(partial(self._turn, id_, caller, verb))
            verdicts.add(verdict)
        if not verdicts:
            raise Problem(409, "not-now", "No reservation of this resource can be checked in or out now.")
        worst = next(each for each in ("too_many_tries", "wrong", "not_valid_now") if each in verdicts)
        status, kind, sentence = REFUSED[worst]
        raise Problem(status, kind, "This is not the code of a reservation here." if worst == "wrong" else sentence)

    async def door_link(self, resource_id: int) -> str:
        """Answer the address of the display at a resource's door; raise 404 if there is no such resource."""
        if not await self._catalog.resources(ids=[resource_id]):
            raise Problem(404, "unknown-resource", "There is no such resource.")
        return f"{self._origin}/door/{resource_id}"

    async def _found(self, id_: int) -> Life:
        life = (await store.read_all(self._database, [id_])).get(id_)
        if life is None:
            raise Problem(404, "unknown-reservation", "There is no such reservation.")
        return life

    async def _turn(self, id_: int, caller: Principal, verb: Verb) -> Reservation:
        async with self._database.transaction() as connection:
            life = (await store.locked(connection, [id_]))[id_]
            now = self._clock()
            turn = _at_this_time(verb, life, caller.id, now)
            await self._living.save(connection, [step(life, turn, caller.id)], now)
            return turn.life.reservation


def _has_code(life: Life) -> bool:
    confirmation = life.settled.step("access") if life.settled else None
    return confirmation is not None and confirmation.standing is Standing.GIVEN


def _possible(verb: Verb, life: Life, actor_id: int, now: datetime) -> bool:
    try:
        verb(life, actor_id, now)
    except NotNow:
        return False
    return True


def _at_this_time(verb: Verb, life: Life, actor_id: int, now: datetime) -> Turn:
    try:
        return verb(life, actor_id, now)
    except NotNow as refused:
        raise Problem(409, "not-now", str(refused)) from refused
