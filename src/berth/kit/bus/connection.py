"""What connections to every broker have in common: they are opened, lost, and never left behind."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from berth.kit.bus.port import BusAway

CONNECT_SECONDS = 3
"""How long a broker may take to answer."""

CANCEL_AGAIN_SECONDS = 0.1


class Connection(Protocol):
    """A connection to a broker. ``lost`` is set as soon as it is of no use any more; it does not come back."""

    lost: asyncio.Event

    async def close(self) -> None:
        """Close it, also if it is lost."""
        ...


Some = TypeVar("Some", bound=Connection)


class Shared(Generic[Some]):
    """A connection that is opened when it is needed, shared, and replaced once it is lost."""

    def __init__(self, open_: Callable[[], Coroutine[Any, Any, Some]]) -> None:
        self._open = open_
        self._opening = asyncio.Lock()
        self._connection: Some | None = None

    @contextlib.asynccontextmanager
    async def using(self) -> AsyncIterator[Some]:
        """Hand out the connection; one with which the caller meets ``BusAway`` is not used again."""
        connection = await self._get()
        try:
            yield connection
        except BusAway:
            connection.lost.set()
            raise

    async def close(self) -> None:
        """Close the connection; the next one who needs it opens another."""
        closed, self._connection = self._connection, None
        if closed is not None:
            await closed.close()

    async def _get(self) -> Some:
        async with self._opening:
            if self._connection is not None and self._connection.lost.is_set():
                await self.close()
            if self._connection is None:
                self._connection = await opened(self._open())
            return self._connection


async def opened(opening: Coroutine[Any, Any, Some]) -> Some:
    """Open a connection. Who is cancelled meanwhile closes it first: the libraries would leave tasks behind."""
    task = asyncio.ensure_future(opening)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with contextlib.suppress(BusAway):
            await (await task).close()
        raise


@contextlib.asynccontextmanager
async def own(opening: Coroutine[Any, Any, Some]) -> AsyncIterator[Some]:
    """Open a connection for one purpose, and close it at the end."""
    connection = await opened(opening)
    try:
        yield connection
    finally:
        await connection.close()


async def until_lost(work: Awaitable[object], lost: asyncio.Event) -> None:
    """Do the work; when the connection is lost before it ends, stop it and raise ``BusAway``."""
    if not await until(lost, work):
        raise BusAway("The connection to the broker was lost; it is tried again.")


async def until(ended: asyncio.Event, work: Awaitable[object]) -> bool:
    """Do the work, and stop it when the event is set before it is done; tell whether it was done."""
    working, ending = asyncio.ensure_future(work), asyncio.ensure_future(ended.wait())
    try:
        await asyncio.wait({working, ending}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            return False
        await working
        return True
    finally:
        await _stopped({working, ending})


async def _stopped(tasks: set[asyncio.Future[Any]]) -> None:
    """Cancel the tasks, again and again: ``asyncio.wait_for``, which the libraries use, swallows it at times."""
    running = set(tasks)
    while running:
        for task in running:
            task.cancel()
        _, running = await asyncio.wait(running, timeout=CANCEL_AGAIN_SECONDS)
    for task in tasks:
        if not task.cancelled():
            task.exception()


def name_of(url: str) -> str:
    """Answer the URL without what is secret in it, for messages."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
