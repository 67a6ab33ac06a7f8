"""A person's own reservations as a collection that CalDAV clients read and follow."""

from collections.abc import Mapping
from dataclasses import dataclass

from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.modules.calendar.domain.items import Item
from berth.modules.calendar.store import sync
from berth.modules.calendar.usecases.showing import Showing

TOKEN = "berth:calendar/sync/"  # noqa: S105 the beginning of a URI that counts states, and no secret


@dataclass(frozen=True, slots=True)
class Held:
    """What a collection holds, by the numbers of the reservations, and the token of that."""

    items: Mapping[int, Item]
    token: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed since a token: items that are new or otherwise, and the numbers of those that are gone."""

    changed: Mapping[int, Item]
    gone: list[int]
    token: str


class Collection:
    """The questions of CalDAV. What was given up is not in the collection: a client hears that it is gone."""

    def __init__(self, database: Database, showing: Showing, clock: Clock) -> None:
        self._database = database
        self._showing = showing
        self._clock = clock

    async def items(self, person_id: int) -> dict[int, Item]:
        """Answer what the collection holds."""
        found = await self._showing.of_person(person_id)
        return {id_: one for id_, one in found.items() if one.status != "CANCELLED"}

    async def held(self, person_id: int) -> Held:
        """Answer what the collection holds and the token of that."""
        items = await self.items(person_id)
        members = {str(id_): one.etag for id_, one in items.items()}
        async with self._database.transaction() as connection:
            number = await sync.number_of(connection, person_id, members, self._clock())
        return Held(items, f"{TOKEN}{number}")

    async def since(self, person_id: int, token: str) -> Difference | None:
        """Answer what changed since a token, all if it is empty; none if the token is not known any more."""
        before: Mapping[str, str] | None = {}
        if token:
            number = token.removeprefix(TOKEN)
            if not number.isascii() or not number.isdecimal() or len(number) > 18:
                return None
            before = await sync.members(self._database, person_id, int(number))
        if before is None:
            return None
        held = await self.held(person_id)
        changed = {id_: one for id_, one in held.items.items() if before.get(str(id_)) != one.etag}
        gone = sorted(int(id_) for id_ in before if int(id_) not in held.items)
        return Difference(changed, gone, held.token)
