"""Signing in, refreshing and signing out."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from math import ceil
from typing import Protocol

from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.modules.identity.domain import lockout as rule
from berth.modules.identity.domain.people import normalized_email
from berth.modules.identity.domain.tokens import Signer, TokenPair, hash_of, new_secret, still_good
from berth.modules.identity.store import lockout, people, sessions
from berth.modules.identity.store.people import Credentials
from berth.modules.identity.usecases.passwords import Passwords
from berth.modules.identity.usecases.standing import Standing

NOBODY = 0
"""No person's id: an unknown name costs the same queries as a known one, and so as much time."""

BEARER = {"WWW-Authenticate": "Bearer"}


def wrong_credentials() -> Problem:
    """Answer the refusal of a sign-in, the same whether the name or the password is wrong."""
    return Problem(401, "wrong-credentials", "The username or the password is wrong.", headers=BEARER)


def locked(wait: timedelta) -> Problem:
    """Answer the refusal of an attempt that is not looked at."""
    seconds = max(1, ceil(wait.total_seconds()))
    return Problem(
        429,
        "locked",
        f"Too many wrong passwords for this account; try again in {seconds} seconds. "
        "An administrator can set a new password at any time.",
        headers={"Retry-After": str(seconds)},
    )


def account_of(person_id: int) -> str:
    """Answer the key under which a person's failures are counted."""
    return f"person/{person_id}"


def account_of_nobody(login: str) -> str:
    """Answer the key for a name that nobody has; hashed, for people type passwords into the wrong field."""
    return f"nobody/{sha256(login.encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody at an address claims to be somebody; ``account`` is the key of the lockout."""

    account: str
    address: str
    found: Credentials | None


class Door(Protocol):
    """Where an attempt comes from, with a limit of its own for failures."""

    @property
    def address(self) -> str:
        """Answer the network address."""
        ...

    async def admit(self) -> None:
        """Raise a 429 problem if too many failures came from here."""
        ...

    async def failed(self) -> None:
        """Count a failure."""
        ...


class Sessions:
    """The verbs of sessions."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        standing: Standing,
        signer: Signer,
        *,
        refresh_token_days: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._standing = standing
        self._signer = signer
        self.refresh_lifetime = timedelta(days=refresh_token_days)

    async def sign_in(self, *, login: str, password: str, door: Door) -> TokenPair:
        """Open a session for a username or e-mail address and its password."""
        attempt = await self._attempt(login, door.address)
        better = await self._check(attempt, password, door)
        found = attempt.found
        if found is None:
            raise wrong_credentials()
        if not found.active:
            raise Problem(401, "inactive", "This account is deactivated; ask an administrator.", headers=BEARER)
        async with self._database.transaction() as connection:
            if not await people.still_stands(connection, found):
                raise wrong_credentials()
            if better:
                await people.update_password(connection, found.person_id, better)
            now = self._clock()
            session_id = await sessions.open_session(
                connection,
                person_id=found.person_id,
                address=attempt.address,
                now=now,
                expires_at=now + self.refresh_lifetime,
            )
            return await self._issue(connection, found.person_id, session_id)

    async def confirm(self, *, person_id: int, password: str, door: Door) -> None:
        """Check the password of somebody signed in, under the same lockout; raise a 403 problem if it is wrong."""
        found = await people.credentials_by_id(self._database, person_id)
        try:
            await self._check(Attempt(account_of(person_id), rule.origin_of(door.address), found), password, door)
        except Problem as problem:
            if problem.kind != "wrong-credentials":
                raise
            raise Problem(403, "wrong-password", "The current password is wrong.") from problem

    async def refresh(self, *, refresh_token: str, grace: timedelta = timedelta(0)) -> TokenPair:
        """Exchange a refresh token for a new pair; a used one ends its session, for it may have been stolen.

        For so long after its first use as ``grace`` says, a token is exchanged once more: its owner may not have
        received the answer.
        """
        token_hash = hash_of(refresh_token)
        async with self._database.transaction() as connection:
            now = self._clock()
            presented = await sessions.present(connection, token_hash, now)
            if presented and presented.open and still_good(presented.used_at, now=now, grace=grace):
                await sessions.use(connection, token_hash, presented.session_id, now)
                return await self._issue(connection, presented.person_id, presented.session_id)
            if presented and presented.used_at:
                await sessions.end(connection, [presented.session_id], now)
                await self._standing.announce(connection, [presented.session_id])
        if presented:
            self._standing.forget([presented.session_id])
        raise Problem(
            401,
            "refresh-token-refused",
            "This refresh token is unknown, used before, expired or revoked; sign in again.",
            headers=BEARER,
        )

    async def sign_out(self, *, caller: Principal, refresh_token: str | None) -> None:
        """End the caller's session, and that of the refresh token if it is the caller's too."""
        ended = [caller.session_id]
        async with self._database.transaction() as connection:
            if refresh_token:
                other = await sessions.session_of(connection, hash_of(refresh_token), caller.id)
                ended += [other] if other else []
            await sessions.end(connection, ended, self._clock())
            await self._standing.announce(connection, ended)
        self._standing.forget(ended)

    async def sign_out_others(self, *, caller: Principal) -> None:
        """End all sessions of the caller but the one that asks."""
        async with self._database.transaction() as connection:
            ended = await sessions.end_all(connection, caller.id, self._clock(), but=caller.session_id)
            await self._standing.announce(connection, ended)
        self._standing.forget(ended)

    async def sign_out_by_token(self, *, refresh_token: str) -> None:
        """End the session of a refresh token; an unknown one has none to end."""
        async with self._database.transaction() as connection:
            session_id = await sessions.session_with(connection, hash_of(refresh_token))
            ended = [session_id] if session_id else []
            await sessions.end(connection, ended, self._clock())
            await self._standing.announce(connection, ended)
        self._standing.forget(ended)

    async def _issue(self, connection: Connection, person_id: int, session_id: int) -> TokenPair:
        now = self._clock()
        refresh_token = new_secret()
        await sessions.add_refresh_token(connection, session_id, hash_of(refresh_token), now + self.refresh_lifetime)
        access_token = self._signer.issue(person_id=person_id, session_id=session_id, now=now)
        return TokenPair(access_token, refresh_token, int(self._signer.lifetime.total_seconds()))

    async def _attempt(self, login: str, address: str) -> Attempt:
        text = login.strip().lower()
        if "@" in text:
            try:
                text = normalized_email(text)
            except ValueError:
                found = None
            else:
                found = await people.credentials(self._database, text)
        else:
            found = await people.credentials(self._database, text)
        account = account_of(found.person_id) if found else account_of_nobody(text)
        return Attempt(account, rule.origin_of(address), found)

    async def _check(self, attempt: Attempt, password: str, door: Door) -> str | None:
        """Answer a better hash or none if the password is right; raise the refusal if not, or if locked.

        The rule is asked twice: before the hash, to spare it, and after, under a lock, for what counts
        are the failures stored by then. So of many guesses sent at once no more are judged than allowed.
        """
        stored = attempt.found.password_hash if attempt.found else None
        async with self._passwords.turn() as verify:
            await door.admit()
            await self._refuse_locked(self._database, attempt)
            right, better = await verify(password, stored)
            async with self._database.transaction() as connection:
                await lockout.lock(connection, attempt.account)
                await self._refuse_locked(connection, attempt)
                if right:
                    await lockout.clear(connection, attempt.account, attempt.address)
                else:
                    await lockout.add(connection, attempt.account, attempt.address, self._clock())
            if not right:
                await door.failed()
                raise wrong_credentials()
        return better

    async def _refuse_locked(self, connection: Connection | Database, attempt: Attempt) -> None:
        now = self._clock()
        failures = await lockout.failures(connection, attempt.account, attempt.address, now)
        if not failures:
            return
        person_id = attempt.found.person_id if attempt.found else NOBODY
        familiar = await lockout.familiar(connection, person_id, attempt.address)
        wait = rule.wait(failures, address=attempt.address, familiar=familiar, now=now)
        if wait:
            raise locked(wait)
