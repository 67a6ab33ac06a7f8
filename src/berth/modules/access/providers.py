"""The locks: none, or one behind a webhook. What a lock says is never repeated, for it might repeat a code."""

import asyncio
import hmac
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

import httpx
import orjson

SECONDS_MAX = 10.0
TRY_AGAIN = frozenset({408, 425, 429})
"""What says no for now, unlike every other 4xx."""
UNKNOWN = frozenset({404, 410})
"""What says of a revocation that there is nothing to revoke."""


class LockRefused(Exception):
    """The lock said no, and would again."""


class LockAway(Exception):
    """The lock did not answer, or not in a way that settles anything: it is to be asked again."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a lock is told. ``id`` names the permission: a grant and its revocation have the same."""

    id: str
    action: Literal["grant", "revoke"]
    reservation_id: int
    resources: tuple[int, ...]
    code: str
    valid_from: datetime
    valid_until: datetime


class Lock(Protocol):
    """A lock, as access speaks to it. It may be told everything twice."""

    @property
    def name(self) -> str:
        """Answer what kind of lock it is."""
        ...

    @property
    def takes_at_once(self) -> bool:
        """Tell whether nobody has to be waited for."""
        ...

    async def tell(self, order: Order) -> None:
        """Return when the lock took the order; raise ``LockRefused`` or ``LockAway``."""
        ...

    async def sign_of_life(self, resource_id: int) -> None:
        """Return when the lock of the resource answered; raise ``LockRefused`` or ``LockAway``."""
        ...

    async def run(self) -> None:
        """Stay until cancelled, and let go of what was held."""
        ...


class NoLock:
    """No lock: codes are checked by Berth alone."""

    name = "none"
    takes_at_once = True

    async def tell(self, order: Order) -> None:
        """Take everything."""

    async def sign_of_life(self, resource_id: int) -> None:
        """Answer at once."""

    async def run(self) -> None:
        """Do nothing."""


class WebhookLock:
    """A lock behind an HTTP address of the operator's, which is sent signed JSON."""

    name = "webhook"
    takes_at_once = False

    def __init__(self, url: str, secret: bytes, *, seconds_max: float = SECONDS_MAX) -> None:
        self._url = url
        self._secret = secret
        self._seconds_max = seconds_max
        self._client: httpx.AsyncClient | None = None

    async def tell(self, order: Order) -> None:
        """Send the order; a revocation of what the lock does not know is taken."""
        status = await self._send(asdict(order), f"{order.id}/{order.action}")
        if order.action == "revoke" and status in UNKNOWN:
            return
        _judge(status)

    async def sign_of_life(self, resource_id: int) -> None:
        """Send a test."""
        _judge(await self._send({"id": "test", "action": "test", "resources": [resource_id]}, "test"))

    async def run(self) -> None:
        """Close the connections at the end."""
        try:
            await asyncio.Event().wait()
        finally:
            if self._client:
                await self._client.aclose()

    async def _send(self, members: Mapping[str, Any], key: str) -> int:
        body = orjson.dumps(members, option=orjson.OPT_UTC_Z)
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "Berth-Timestamp": timestamp,
            "Berth-Signature": signature(self._secret, timestamp, body),
        }
        if self._client is None:
            self._client = httpx.AsyncClient(follow_redirects=False, timeout=self._seconds_max, trust_env=False)
        try:
            async with (
                asyncio.timeout(self._seconds_max),
                self._client.stream("POST", self._url, content=body, headers=headers) as answer,
            ):
                return answer.status_code
        except TimeoutError as error:
            raise LockAway(f"the lock did not answer within {self._seconds_max:g} s") from error
        except httpx.HTTPError as error:
            raise LockAway(f"the lock cannot be reached ({type(error).__name__})") from error


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """Answer the hexadecimal HMAC-SHA256 over the time stamp, a full stop and the body."""
    return hmac.digest(secret, timestamp.encode() + b"." + body, "sha256").hex()


def _judge(status: int) -> None:
    said = f"the lock answered {status}"
    if 400 <= status < 500 and status not in TRY_AGAIN:
        raise LockRefused(said)
    if not 200 <= status < 300:
        raise LockAway(said)
