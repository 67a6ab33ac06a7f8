"""Setting prices, and saying in advance what something would cost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from berth.contracts.booking.reservation import Reserved
from berth.contracts.catalog import Catalog, Resource
from berth.contracts.payments import PriceRemoved, PriceSet
from berth.kit.auth import Principal
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.payments.domain.pricing import Agreement, MixedCurrencies, Price, agree
from berth.modules.payments.domain.records import price_members
from berth.modules.payments.store import prices
from berth.modules.payments.store.prices import PriceTaken


class Prices:
    """The verbs of prices. Each change is an event; what was agreed on before it keeps its price."""

    def __init__(self, database: Database, outbox: Outbox, catalog: Catalog) -> None:
        self._database = database
        self._outbox = outbox
        self._catalog = catalog

    async def listed(self, after: int | None, limit: int) -> Sequence[Price]:
        """Answer prices behind an id, in the order of their ids."""
        return await prices.listed(self._database, after, limit)

    async def one(self, id_: int) -> Price:
        """Answer a price; raise 404 without one."""
        found = await prices.find(self._database, id_)
        if found is None:
            raise _unknown(id_)
        return found

    async def create(self, actor: Principal, price: Price) -> Price:
        """Make a price; raise 409 if its scope has one."""
        await self._refuse_unknown(price)
        try:
            async with self._database.transaction() as connection:
                made = await prices.insert(connection, price)
                event = PriceSet(made.id, actor.id, None, price_members(made))
                await self._outbox.write(connection, [event])
        except PriceTaken as taken:
            raise _taken() from taken
        return made

    async def replace(self, actor: Principal, price: Price) -> Price:
        """Set a price as a whole; setting it to what it is changes nothing."""
        await self._refuse_unknown(price)
        try:
            async with self._database.transaction() as connection:
                before = await prices.lock(connection, price.id)
                if before is None:
                    raise _unknown(price.id)
                if before == replace(price, version=before.version):
                    return before
                made = await prices.replace(connection, price)
                event = PriceSet(made.id, actor.id, price_members(before), price_members(made))
                await self._outbox.write(connection, [event])
        except PriceTaken as taken:
            raise _taken() from taken
        return made

    async def remove(self, actor: Principal, id_: int) -> None:
        """Remove a price; raise 404 without one."""
        async with self._database.transaction() as connection:
            before = await prices.lock(connection, id_)
            if before is None:
                raise _unknown(id_)
            await prices.delete(connection, id_)
            await self._outbox.write(connection, [PriceRemoved(id_, actor.id, price_members(before))])

    async def quote(self, caller: Principal, resource_ids: Sequence[int], start: datetime, end: datetime) -> Agreement:
        """Answer what the caller would pay for these resources at this time, as prices are now."""
        known = await self._catalog.resources(ids=list(resource_ids))
        reserved = [_reserved(_known(known, id_)) for id_ in resource_ids]
        try:
            return agree(await prices.every(self._database), reserved, start, end, caller.role)
        except MixedCurrencies as mixed:
            raise Problem(422, "mixed-currencies", str(mixed)) from mixed

    async def _refuse_unknown(self, price: Price) -> None:
        id_ = price.scope.resource_id
        if id_ is not None:
            _known(await self._catalog.resources(ids=[id_]), id_)


def _known(resources: Mapping[int, Resource], id_: int) -> Resource:
    if id_ not in resources:
        raise Problem(422, "unknown-resource", f"There is no resource {id_}.")
    return resources[id_]


def _reserved(one: Resource) -> Reserved:
    return Reserved(one.id, one.name, one.kind, one.tags, one.site_ids, one.timezone)


def _unknown(id_: int) -> Problem:
    return Problem(404, "unknown-price", f"There is no price {id_}.")


def _taken() -> Problem:
    return Problem(409, "price-taken", "There is a price for the very same already: change that one.")
