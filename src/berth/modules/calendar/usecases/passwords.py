"""App passwords: made, listed, revoked, and checked when a calendar program signs in."""

from berth.contracts.calendar import AppPasswordCreated, AppPasswordRevoked
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.limit import Limits
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.calendar.domain.feed import AppPassword
from berth.modules.calendar.domain.secret import hash_of, new_app_password
from berth.modules.calendar.store import passwords as store

PASSWORDS_MAX = 50
DOOR = "app-password"


class AppPasswords:
    """The verbs of app passwords.

    Wrong ones are counted by address, and what is right never is. They are not counted by name: nobody guesses 123
    bits, and whoever knows a name could keep that person's programs out.
    """

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        identity: Identity,
        clock: Clock,
        limits: Limits,
        failures_per_minute: int,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._identity = identity
        self._clock = clock
        self._limits = limits
        self._failures_per_minute = failures_per_minute

    async def create(self, caller: Principal, name: str) -> tuple[AppPassword, str]:
        """Make a password; answer it and its secret, which nobody will learn again."""
        secret = new_app_password()
        async with self._database.transaction() as connection:
            made = await store.add(
                connection,
                secret_hash=hash_of(secret),
                person_id=caller.id,
                name=name,
                now=self._clock(),
                count_max=PASSWORDS_MAX,
            )
            if made is None:
                raise Problem(
                    409,
                    "too-many-app-passwords",
                    f"You have {PASSWORDS_MAX} app passwords: revoke one that is not used.",
                )
            await self._outbox.write(connection, [AppPasswordCreated(made.id, caller.id, caller.id, name)])
        return made, secret

    async def listed(self, caller: Principal) -> list[AppPassword]:
        """Answer the caller's own passwords."""
        return await store.listed(self._database, caller.id)

    async def revoke(self, caller: Principal, id_: int) -> None:
        """Let nobody use a password any more; raise 404 if the caller has no such."""
        async with self._database.transaction() as connection:
            gone = await store.remove(connection, id_, caller.id)
            if gone is None:
                raise Problem(404, "unknown-app-password", "You have no such app password.")
            await self._outbox.write(connection, [AppPasswordRevoked(gone.id, caller.id, caller.id, gone.name)])

    async def owner(self, username: str, secret: str, address: str) -> Person | None:
        """Answer whose name and app password these are, none if they are not; raise 429 after too many wrong ones."""
        await self._limits.admit(DOOR, address, self._failures_per_minute)
        found = await store.by_secret(self._database, hash_of(secret))
        person = (await self._identity.people(ids=[found.person_id])).get(found.person_id) if found else None
        if found is None or person is None or not person.active or person.username.casefold() != username.casefold():
            await self._limits.count(DOOR, address, self._failures_per_minute)
            return None
        await store.note_used(self._database, found.id, self._clock())
        return person
