"""What becomes of payments when a time comes."""

from collections.abc import Callable
from typing import Any

from berth.kit.clock import Clock
from berth.kit.db import Connection
from berth.modules.payments.domain.account import Account
from berth.modules.payments.domain.reacting import hold_ends, overdue, start_came
from berth.modules.payments.store import accounts
from berth.modules.payments.usecases.books import Books


class Clockwork:
    """The verbs of timers, in the transaction that marks them as handled."""

    def __init__(self, books: Books, clock: Clock) -> None:
        self._books = books
        self._clock = clock

    async def due(self, connection: Connection, data: dict[str, Any]) -> None:
        """Give up a request that nobody has paid for in time."""
        now = self._clock()
        await self._change(connection, data, lambda account: overdue(account, data["request_id"], now))

    async def start(self, connection: Connection, data: dict[str, Any]) -> None:
        """Take the money for a reservation that begins."""
        now = self._clock()
        await self._change(connection, data, lambda account: start_came(account, now))

    async def hold_ends(self, connection: Connection, data: dict[str, Any]) -> None:
        """Take money early that the provider would let go before the start."""
        await self._change(connection, data, lambda account: hold_ends(account, data["request_id"]))

    async def _change(self, connection: Connection, data: dict[str, Any], react: Callable[[Account], Account]) -> None:
        before = (await accounts.lock(connection, [data["reservation_id"]])).get(data["reservation_id"])
        if before:
            await self._books.change(connection, before, react(before))
