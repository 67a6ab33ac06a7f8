"""Showing payments to those whom they concern."""

from collections.abc import Sequence

from berth.kit.auth import Principal
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.modules.payments.store import listing
from berth.modules.payments.store.listing import Filter, Payment


def no_payment() -> Problem:
    """Answer the problem of a payment that is not there, or not for the caller to see."""
    return Problem(404, "unknown-payment", "There is no such payment of yours.")


class Reading:
    """The verbs of reading: each person their own payments, administrators all."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listed(self, which: Filter, limit: int) -> Sequence[Payment]:
        """Answer payments that pass the filter, the newest first."""
        return await listing.listed(self._database, which, limit)

    async def one(self, caller: Principal, id_: int) -> Payment:
        """Answer a payment of the caller's, or any to an administrator; raise 404 for another's."""
        found = await listing.find(self._database, id_)
        if found is None or not (caller.is_admin or found.payer_id == caller.id):
            raise no_payment()
        return found
