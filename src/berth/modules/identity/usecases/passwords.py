"""Hashing and judging passwords without holding up anything else."""

import asyncio
import base64
import contextlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from berth.kit.http.problem import Problem
from berth.modules.identity.domain import passwords

CONCURRENT_MAX = 2
"""A hash takes 64 MiB and a core for some hundredths of a second; what comes meanwhile waits its turn."""

PASSES, LANES = 3, 4
"""With 64 MiB these are what RFC 9106 recommends where memory is scarce; with 12 MiB still enough by OWASP."""

Result = TypeVar("Result")

Verifier = Callable[[str, str | None], Awaitable[tuple[bool, str | None]]]
"""Tells whether a password is the stored one, and answers a new hash if that one has other costs than ours."""


class Passwords:
    """Argon2id with so much memory, in threads, a few at a time."""

    def __init__(self, *, memory_kib: int) -> None:
        self._hasher = PasswordHash((Argon2Hasher(time_cost=PASSES, memory_cost=memory_kib, parallelism=LANES),))
        self._nobodys = _hash_of_no_password(memory_kib)
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
        """Tell whether the password is the stored one, and answer a new hash if that one has other costs.

        Without a stored hash the answer is no, and takes as long.
        """
        right, better = await asyncio.to_thread(
            lambda: self._hasher.verify_and_update(password, stored or self._nobodys)
        )
        return (right, better) if stored else (False, None)

    async def _in_turn(self, work: Callable[[], Result]) -> Result:
        async with self._turn:
            return await asyncio.to_thread(work)


def _hash_of_no_password(memory_kib: int) -> str:
    """Answer what looks like a hash and takes as long to compare with; nobody worked it out, so nothing fits it."""
    salt, digest = (base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=") for length in (16, 32))
    return f"$argon2id$v=19$m={memory_kib},t={PASSES},p={LANES}${salt}${digest}"
