"""A calendar filled at random, and a catalogue and names to go with it."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from berth.contracts.catalog import Opening, Policy, Resource, ResourceQuery
from berth.contracts.identity import Person
from berth.kit.auth import Principal, Role
from berth.kit.db import Database

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
START = datetime(2027, 3, 1, tzinfo=UTC)
NOW = START + 9 * HOUR
USER = Principal(7, "ada", "Ada", Role.USER, None, 1)
ADMIN = Principal(8, "root", "Root", Role.ADMIN, None, 2)
GUEST = Principal(9, "guest", "Guest", Role.GUEST, None, 3)
DAYTIME = Opening((((8 * 60, 18 * 60),),) * 7, {})


class Shelf:
    """A catalogue of given resources."""

    def __init__(self, resources: Sequence[Resource]) -> None:
        self._resources = sorted(resources, key=lambda one: (one.name, one.id))

    async def resources(self, *, ids: Sequence[int]) -> Mapping[int, Resource]:
        return {one.id: one for one in self._resources if one.id in ids}

    async def search(self, *, query: ResourceQuery) -> Sequence[Resource]:
        return [
            one for one in self._resources if query.capacity_min is None or (one.capacity or 0) >= query.capacity_min
        ]


class Names:
    """Everybody is called by number."""

    async def authenticate(self, *, token: str) -> Principal:
        raise NotImplementedError

    async def people(self, *, ids: Sequence[int]) -> Mapping[int, Person]:
        return {one: Person(one, f"p{one}", f"Person {one}", True) for one in ids}


def resource(
    id_: int, policy: Policy | None = None, opening: Opening | None = None, capacity: int | None = 8
) -> Resource:
    return Resource(
        id_,
        f"Room {id_ % 10}",
        "room",
        None,
        (),
        capacity,
        "Europe/Rome",
        (),
        "",
        {},
        False,
        policy or Policy(),
        opening,
    )


Calendar = dict[int, list[tuple[datetime, datetime]]]


async def occupy(
    database: Database,
    id_: int,
    resource_id: int,
    start: datetime,
    end: datetime,
    *,
    owner: int = 1,
    active: bool = True,
) -> None:
    async with database.transaction() as connection:
        await connection.execute(
            """
            insert into booking.reservation (id, state, owner_id, created_by, title, starts, ends)
            values ($1, 'ready', $2, $2, $5, $3, $4)
            """,
            id_,
            owner,
            start,
            end,
            f"Secret {id_}",
        )
        await connection.execute(
            """
            insert into booking.allocation (occupant_id, resource_id, kind, occupies, active)
            values ($1, $2, 'reservation', tstzrange($3, $4), $5)
            """,
            id_,
            resource_id,
            start,
            end,
            active,
        )


async def fill(database: Database, resources: int, chance: random.Random, days: int = 4) -> Calendar:
    """Occupy resources at random, with back-to-back stretches, and cancelled ones that do not count."""
    calendar: Calendar = {}
    id_ = 0
    for resource_id in range(1, resources + 1):
        at = START + chance.randrange(0, 600) * MINUTE
        calendar[resource_id] = []
        while at < START + timedelta(days=days) and chance.random() < 0.97:
            id_ += 1
            end = at + chance.randrange(15, 240) * MINUTE
            await occupy(database, id_, resource_id, at, end, owner=1 + id_ % 9)
            calendar[resource_id].append((at, end))
            at = end + chance.choice([0, 0, 10, 30, 60, 200]) * MINUTE
        id_ += 1
        await occupy(database, id_, resource_id, START, at + HOUR, active=False)
    return calendar


def overlapping(
    calendar: Calendar, resource_id: int, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    return [one for one in calendar.get(resource_id, []) if one[0] < end and start < one[1]]


class Locks:
    """No reservation here has a code."""

    async def code_of(self, *, reservation_id: int) -> str | None:
        return None
