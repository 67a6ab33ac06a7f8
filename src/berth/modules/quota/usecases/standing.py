"""What is left: for oneself of every allowance, and for administrators of one allowance by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from berth.contracts.catalog import Catalog, Resource, Term
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.modules.quota.domain.allowances import EVERYBODY, Allowance, Per, Scope, concerning
from berth.modules.quota.domain.demands import periods_of
from berth.modules.quota.domain.ledger import Balance, Slot
from berth.modules.quota.domain.periods import Period
from berth.modules.quota.store import allowances, standing
from berth.modules.quota.store.standing import Share

Periods = Mapping[str, tuple[Period, str]]
"""Periods with the zones on whose clocks they are, by key."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an allowance has in one period, on the clock of a zone; for a shared one, for all together."""

    allowance: Allowance
    period: Period
    timezone: str
    balance: Balance


@dataclass(frozen=True, slots=True)
class Usage:
    """A part of an allowance's usage by person; ``together`` is that of a shared one, for each period."""

    periods: Periods
    shares: Sequence[Share]
    together: Mapping[str, Balance]


class Standings:
    """The questions about what is left."""

    def __init__(self, database: Database, catalog: Catalog, identity: Identity, clock: Clock) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity
        self._clock = clock

    async def mine(self, caller: Principal, at: datetime | None) -> Sequence[Standing]:
        """Answer what the caller has of every allowance, in the period of a moment or of now."""
        async with self._database.connection() as connection:
            known = await allowances.for_persons(connection, [caller.id])
        mine = concerning(known, caller.id, caller.role)
        periods = await self.periods(mine, at or self._clock())
        slots = {(one.id, key): Slot(one.id, one.holder(caller.id), key) for one in mine for key in periods[one.id]}
        balances = await standing.balances(self._database, list(slots.values()))
        return [
            Standing(one, period, timezone, balances.get(slots[one.id, key], Balance()))
            for one in mine
            for key, (period, timezone) in periods[one.id].items()
        ]

    async def usage(
        self, allowance: Allowance, at: datetime | None, *, after: tuple[int, str] | None, limit: int
    ) -> Usage:
        """Answer who has how much of an allowance, in the period of a moment or of now."""
        periods = (await self.periods([allowance], at or self._clock()))[allowance.id]
        read = standing.shares_of_pool if allowance.rule.shared else standing.shares
        shares = await read(self._database, allowance.id, list(periods), after=after, limit=limit)
        pools = {key: Slot(allowance.id, EVERYBODY, key) for key in periods} if allowance.rule.shared else {}
        balances = await standing.balances(self._database, list(pools.values()))
        return Usage(periods, shares, {key: balances.get(slot, Balance()) for key, slot in pools.items()})

    async def periods(self, of: Sequence[Allowance], at: datetime) -> Mapping[int, Periods]:
        """Answer the periods of allowances at a moment, by their ids: those of the resources that they cover."""
        found: dict[Scope, Sequence[Resource]] = {}
        for one in of:
            scope = one.rule.scope
            if scope not in found:
                found[scope] = await self._catalog.search(query=scope.query())
        terms = await self._terms([resource for one in of if _by_term(one) for resource in found[one.rule.scope]])
        return {one.id: periods_of(one, found[one.rule.scope], terms, at) for one in of}

    async def people(self, ids: Sequence[int]) -> Mapping[int, Person]:
        """Answer the persons with these ids."""
        return await self._identity.people(ids=sorted(set(ids))) if ids else {}

    async def _terms(self, resources: Sequence[Resource]) -> Sequence[Term]:
        sites = sorted({site_id for one in resources for site_id in one.site_ids})
        return await self._catalog.terms(site_ids=sites) if sites else ()


def _by_term(one: Allowance) -> bool:
    return one.rule.per is Per.TERM
