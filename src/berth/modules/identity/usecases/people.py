"""Accounts: registering, one's own, and what administrators do to others'."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from berth.contracts.identity import LANGUAGES, PersonChanged, PersonRegistered
from berth.kit.auth import Principal, Role
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.identity.domain.people import Account, LastAdministrator, Newcomer, Taken, UnknownPerson
from berth.modules.identity.store import lockout, people, sessions
from berth.modules.identity.store.people import PeopleQuery
from berth.modules.identity.usecases.passwords import Passwords
from berth.modules.identity.usecases.sessions import Door, Sessions, account_of
from berth.modules.identity.usecases.standing import Standing

SCHEMA = "identity"


def taken(error: Taken) -> Problem:
    """Answer the refusal of a name or address that another account has."""
    what = {"username": "username", "email": "e-mail address"}[error.member]
    return Problem(409, f"{error.member}-taken", f"Another account has this {what}; choose another or sign in.")


def unknown_person() -> Problem:
    """Answer the refusal of an id that nobody has."""
    return Problem(404, "unknown-person", "There is no person with this id.")


@dataclass(frozen=True, slots=True)
class Registration:
    """A wish for an account, with username and e-mail address normalised and the password in clear."""

    username: str
    email: str
    password: str
    name: str
    language: str = LANGUAGES[0]


async def insert(connection: Connection, outbox: Outbox, newcomer: Newcomer) -> Account:
    """Store a new account with its event; raise ``Taken``."""
    account = await people.insert(connection, newcomer)
    await outbox.write(connection, [PersonRegistered(account.id, account.username, account.role)])
    return account


class People:
    """The verbs of accounts."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        clock: Clock,
        passwords: Passwords,
        standing: Standing,
        sessions: Sessions,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._clock = clock
        self._passwords = passwords
        self._standing = standing
        self._sessions = sessions

    async def register(self, wish: Registration) -> Account:
        """Store a new account of an ordinary user."""
        password_hash = await self._passwords.new_hash(
            wish.password, username=wish.username, name=wish.name, email=wish.email
        )
        newcomer = Newcomer(wish.username, wish.email, wish.name, Role.USER, password_hash, wish.language)
        try:
            async with self._database.transaction() as connection:
                return await insert(connection, self._outbox, newcomer)
        except Taken as error:
            raise taken(error) from error

    async def account(self, person_id: int) -> Account:
        """Answer an account."""
        try:
            return await people.by_id(self._database, person_id)
        except UnknownPerson as error:
            raise unknown_person() from error

    async def search(self, query: PeopleQuery) -> Sequence[Account]:
        """Answer the accounts that fit, by username."""
        return await people.search(self._database, query)

    async def change(self, person_id: int, changes: dict[str, Any], *, actor: Principal) -> Account:
        """Set members of an account; deactivation ends its sessions, everything else holds for them at once."""
        try:
            async with self._database.transaction() as connection:
                account, concerned = await self._change(connection, person_id, changes, actor)
        except Taken as error:
            raise taken(error) from error
        except UnknownPerson as error:
            raise unknown_person() from error
        except LastAdministrator as error:
            raise Problem(
                409,
                "last-administrator",
                "This is the last active administrator; give another person the role first.",
            ) from error
        self._standing.forget(concerned)
        self._standing.forget_person(person_id)
        return account

    async def _change(
        self, connection: Connection, person_id: int, changes: dict[str, Any], actor: Principal
    ) -> tuple[Account, list[int]]:
        """Answer the changed account and the sessions that it concerns."""
        # Administrators are locked first and in one order, so that of two who step back together one remains.
        steps_back = changes.get("active") is False or changes.get("role", Role.ADMIN) != Role.ADMIN
        administrators = await people.lock_administrators(connection) if steps_back else []
        before = await people.lock(connection, person_id)
        after = replace(before, **changes)
        changed = tuple(one.name for one in fields(Account) if getattr(before, one.name) != getattr(after, one.name))
        if not changed:
            return before, []
        if steps_back and administrators == [person_id]:
            raise LastAdministrator
        await people.update(connection, after)
        if "active" in changed and not after.active:
            concerned = await sessions.end_all(connection, person_id, self._clock())
        else:
            concerned = await sessions.open_ids(connection, person_id)
        await self._standing.announce(connection, concerned)
        await self._standing.announce_person(connection, person_id)
        old, new = ({name: getattr(one, name) for name in changed} for one in (before, after))
        await self._outbox.write(connection, [PersonChanged(person_id, actor.id, changed, old, new)])
        return after, concerned

    async def change_own_password(self, *, caller: Principal, current: str, new: str, door: Door) -> None:
        """Set the caller's password, given the present one; the caller's other sessions end."""
        await self._sessions.confirm(person_id=caller.id, password=current, door=door)
        await self._set_password(caller.id, new, actor=caller, spared=caller.session_id)

    async def reset_password(self, person_id: int, new: str, *, actor: Principal) -> None:
        """Set another's password; all sessions of that person end, and the lockout is lifted."""
        await self._set_password(person_id, new, actor=actor, spared=None)

    async def _set_password(self, person_id: int, new: str, *, actor: Principal, spared: int | None) -> None:
        account = await self.account(person_id)
        password_hash = await self._passwords.new_hash(
            new, username=account.username, name=account.name, email=account.email
        )
        async with self._database.transaction() as connection:
            await people.lock(connection, person_id)
            await people.update_password(connection, person_id, password_hash)
            await lockout.clear(connection, account_of(person_id))
            ended = await sessions.end_all(connection, person_id, self._clock(), but=spared)
            await self._standing.announce(connection, ended)
            await self._outbox.write(connection, [PersonChanged(person_id, actor.id, ("password",))])
        self._standing.forget(ended)
