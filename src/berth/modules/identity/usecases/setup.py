"""The first administrator: from the settings, or by whoever holds the token that the start printed."""

import structlog

from berth.kit.auth import Role
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.identity.domain import passwords as rule
from berth.modules.identity.domain.people import Account, Newcomer, Taken, normalized_email, username_from_email
from berth.modules.identity.domain.setup import Administrator, announcement
from berth.modules.identity.domain.tokens import hash_of, new_secret
from berth.modules.identity.store import setup
from berth.modules.identity.usecases.passwords import Passwords
from berth.modules.identity.usecases.people import Registration, insert, taken

USERNAMES_TRIED_MAX = 20


def setup_over() -> Problem:
    """Answer the refusal when there is an administrator already."""
    return Problem(409, "setup-over", "Set-up is over: Berth has an administrator, who can give others the role.")


class Setup:
    """The verbs of the first start."""

    def __init__(self, database: Database, outbox: Outbox, passwords: Passwords) -> None:
        self._database = database
        self._outbox = outbox
        self._passwords = passwords

    async def start(self, administrator: Administrator | None, *, origin: str) -> None:
        """Make the configured administrator if there is none yet; without one, print the way to set one up."""
        if await setup.over(self._database):
            return
        if administrator and await self._create(administrator):
            return
        token = new_secret()
        async with self._database.transaction() as connection:
            await setup.lock(connection)
            if await setup.over(connection):
                return
            await setup.set_token(connection, hash_of(token))
        print(announcement(origin, token), flush=True)

    async def finish(self, *, token: str, wish: Registration) -> Account:
        """Make the first administrator, once, for whoever holds the valid token."""
        await self.check(token)
        password_hash = await self._passwords.new_hash(
            wish.password, username=wish.username, name=wish.name, email=wish.email
        )
        newcomer = Newcomer(wish.username, wish.email, wish.name, Role.ADMIN, password_hash, wish.language)
        try:
            async with self._database.transaction() as connection:
                await setup.lock(connection)
                await self._refuse(connection, token)
                account = await insert(connection, self._outbox, newcomer)
                await setup.drop_token(connection)
                return account
        except Taken as error:
            raise taken(error) from error

    async def check(self, token: str) -> None:
        """Raise a problem if set-up is over or the token is not the valid one."""
        async with self._database.connection() as connection:
            await self._refuse(connection, token)

    async def _refuse(self, connection: Connection, token: str) -> None:
        # The token is read first: if it was used up a moment ago, there is an administrator by now.
        fits = await setup.token_fits(connection, hash_of(token))
        if await setup.over(connection):
            raise setup_over()
        if not fits:
            raise wrong_token()

    async def _create(self, administrator: Administrator) -> bool:
        """Store the configured administrator; tell whether there is an administrator now."""
        log = structlog.get_logger()
        email = normalized_email(administrator.email)
        username = username_from_email(email)
        weakness = rule.objection(administrator.password, username=username, name=username, email=email)
        if weakness:
            log.warning("administrator_password_weak", setting="BERTH_ADMIN_PASSWORD", reason=weakness)
        password_hash = await self._passwords.hash(administrator.password)
        for attempt in range(USERNAMES_TRIED_MAX):
            username = username_from_email(email, attempt)
            newcomer = Newcomer(username, email, username, Role.ADMIN, password_hash)
            try:
                async with self._database.transaction() as connection:
                    await setup.lock(connection)
                    if not await setup.over(connection):
                        await insert(connection, self._outbox, newcomer)
                        await setup.drop_token(connection)
                        log.info("administrator_created", username=username, email=email)
                return True
            except Taken as error:
                if error.member == "email":
                    break
        log.error("administrator_not_created", email=email, reason="another account has this e-mail address or name")
        return False


def wrong_token() -> Problem:
    """Answer the refusal of a set-up token that is not the valid one."""
    return Problem(
        403,
        "setup-token-refused",
        "This set-up token is not valid; each start of Berth prints a new one, and the last one printed counts.",
    )
