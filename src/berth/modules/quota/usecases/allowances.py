"""Setting, changing and removing allowances."""

import contextlib
from collections.abc import Iterator, Sequence

import asyncpg

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.contracts.quota import AllowanceRemoved, AllowanceSet
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.quota.domain.allowances import Allowance, Rule, changes, unasked
from berth.modules.quota.store import allowances


class Allowances:
    """The verbs of administrators on allowances; every change is told as an event."""

    def __init__(self, database: Database, outbox: Outbox, catalog: Catalog, identity: Identity, clock: Clock) -> None:
        self._database = database
        self._outbox = outbox
        self._catalog = catalog
        self._identity = identity
        self._clock = clock

    async def listed(
        self, *, removed: bool, name: str | None, after: tuple[str, int] | None, limit: int
    ) -> Sequence[Allowance]:
        """Answer allowances by name, those that hold or those that were removed."""
        return await allowances.listed(self._database, removed=removed, name=name, after=after, limit=limit)

    async def find(self, id_: int) -> Allowance:
        """Answer an allowance, a removed one too; raises 404."""
        found = await allowances.find(self._database, id_)
        if found is None:
            raise unknown(id_)
        return found

    async def add(self, actor: Principal, rule: Rule) -> Allowance:
        """Keep a new allowance; raises 409 if its name is taken, 422 if its person is unknown."""
        await known_person(self._identity, rule.person_id)
        with _name_once():
            async with self._database.transaction() as connection:
                id_ = await allowances.add(connection, rule)
                members = rule.members()
                await self._outbox.write(connection, [AllowanceSet(id_, actor.id, tuple(members), None, members)])
        return Allowance(id_, rule)

    async def change(self, actor: Principal, id_: int, rule: Rule) -> Allowance:
        """Change an allowance; what is held and used stays, and counts against the new amount at once.

        Raises 404, 409 if the name is taken or it is to be counted in another way, 422 if its person is unknown.
        """
        await known_person(self._identity, rule.person_id)
        with _name_once():
            async with self._database.transaction() as connection:
                found = await allowances.lock(connection, id_)
                if found is None:
                    raise unknown(id_)
                if found.rule.measure != rule.measure:
                    raise _fixed()
                before, after = found.rule.members(), rule.members()
                changed = changes(before, after)
                if changed:
                    await allowances.change(connection, id_, rule)
                    old, new = ({name: one[name] for name in changed} for one in (before, after))
                    await self._outbox.write(connection, [AllowanceSet(id_, actor.id, changed, old, new)])
        return Allowance(id_, rule)

    async def remove(self, actor: Principal, id_: int) -> None:
        """Let an allowance count nothing any more; raises 404. What it counted can still be read."""
        async with self._database.transaction() as connection:
            found = await allowances.lock(connection, id_)
            if found is None:
                raise unknown(id_)
            await allowances.remove(connection, id_, self._clock())
            await self._outbox.write(connection, [AllowanceRemoved(id_, actor.id, found.rule.members())])

    async def note_on(self, allowance: Allowance) -> str | None:
        """Answer what an administrator should know of an allowance that counts nothing."""
        return unasked(await self._catalog.search(query=allowance.rule.scope.query()))


def unknown(id_: int) -> Problem:
    """Answer the problem of an id that no allowance has, or one that was removed."""
    return Problem(404, "unknown-allowance", f"There is no allowance {id_}; GET /api/v1/quotas lists them.")


async def known_person(identity: Identity, person_id: int | None) -> None:
    """Raise the 422 problem if there is no such person."""
    if person_id is not None and person_id not in await identity.people(ids=[person_id]):
        raise Problem(422, "unknown-person", "There is no person with this person_id; GET /api/v1/users lists them.")


@contextlib.contextmanager
def _name_once() -> Iterator[None]:
    try:
        yield
    except asyncpg.UniqueViolationError as error:
        raise Problem(
            409, "name-taken", "There is an allowance of this name; names are unique, choose another."
        ) from error


def _fixed() -> Problem:
    return Problem(
        409,
        "allowance-fixed",
        "The unit, the period and whether it is shared stay as they are, for what was counted could not be compared: "
        "remove the allowance and set a new one.",
    )
