"""Hashing and judging passwords without holding up anything else."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from pwdlib import PasswordHash

from berth.kit.http.problem import Problem
from berth.modules.identity.domain import passwords

CONCURRENT_MAX = 2
"""A hash takes 64 MiB and a core for some hundredths of a second; what comes meanwhile waits its turn."""

Result = TypeVar("Result")

Verifier = Callable[[str, str | None], Awaitable[tuple[bool, str | None]]]
"""Tells whether a password is the stored one, and answers a better hash if the costs have risen."""


class Passwords:
    """Argon2id with the library's recommended costs, in threads, a few at a time."""

    def __init__(self) -> None:
        self._hasher = PasswordHash.recommended()
        self._nobodys = self._hasher.hash(secrets.token_urlsafe(16))
        self._turn = asyncio.Semaphore(CONCURRENT_MAX)

    async def new_hash(self, password: str, *, username: str, name: str, email: str) -> str:
        """Answer the hash of a new password; raise a 422 problem if this person may not have it."""
        reason = await self._in_turn(lambda: passwords.objection(password, username=username, name=name, email=email))
        if reason:
            raise Problem(422, "weak-password", reason, more={"errors": [{"where": "password", "message": reason}]})
        return await self.hash(password)

    async def hash(self, password: str) -> str:
        """Answer the hash of a password that is not judged."""
        return await self._in_turn(lambda: self._hasher.hash(password))

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[Verifier]:
        """Wait for one's turn and lend a verifier for it; what is asked before and after a hash is then up to date."""
        async with self._turn:
            yield self._verify

    async def _verify(self, password: str, stored: str | None) -> tuple[bool, str | None]:
        """Tell whether the password is the stored one, and answer a better hash if the costs have risen.

        Without a stored hash the answer is no, and takes as long.
        """
        right, better = await asyncio.to_thread(
            lambda: self._hasher.verify_and_update(password, stored or self._nobodys)
        )
        return (right, better) if stored else (False, None)

    async def _in_turn(self, work: Callable[[], Result]) -> Result:
        async with self._turn:
            return await asyncio.to_thread(work)
