"""Set and read the terms and the holidays of a site."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from typing import Any, Generic

from berth.contracts.catalog import Holiday, SiteChanged, SiteDays, Term
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.catalog.domain.days import HOLIDAYS, TERMS, Days, Kind, Stretch, at_sites, shown, stretch
from berth.modules.catalog.store import days, sites
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import explained, no_site


class DaysOfSites(Generic[Days]):
    """The verbs of one kind of days. The database refuses what two of one site may not share."""

    kind: Kind[Days]

    def __init__(self, database: Database, outbox: Outbox, live: LiveDirectory) -> None:
        self._database = database
        self._outbox = outbox
        self._live = live

    async def list(self, site_id: int) -> Sequence[dict[str, Any]]:
        """Answer the days of a site and of all above it, by the first of each."""
        now = await self._live.now()
        place = now.places.get(site_id)
        if place is None:
            raise no_site(site_id)
        found = at_sites(now.days, self.kind, place.ids)
        return [shown(one, inherited=one.site_id != site_id) for one in found]

    async def create(self, actor: Principal, site_id: int, stated: Stretch) -> dict[str, Any]:
        """Add days to a site."""
        kind = self.kind
        async with self._changing(actor, site_id) as (connection, before):
            if len(before) >= kind.count_max:
                sentence = f"The site has {kind.count_max} {kind.many}, which is the most; remove old ones first."
                raise Problem(409, kind.too_many, sentence)
            id_ = await days.insert(connection, kind, site_id, stated)
        return self._shown(site_id, id_, stated)

    async def replace(self, actor: Principal, site_id: int, id_: int, stated: Stretch) -> dict[str, Any]:
        """Give days of the site another name, or move them."""
        async with self._changing(actor, site_id) as (connection, before):
            if stretch(self._found(before, site_id, id_)) != stated:
                await days.update(connection, self.kind, id_, stated)
        return self._shown(site_id, id_, stated)

    async def remove(self, actor: Principal, site_id: int, id_: int) -> None:
        """Remove days of the site."""
        async with self._changing(actor, site_id) as (connection, before):
            self._found(before, site_id, id_)
            await days.delete(connection, self.kind, id_)

    @contextlib.asynccontextmanager
    async def _changing(self, actor: Principal, site_id: int) -> AsyncIterator[tuple[Connection, Sequence[Days]]]:
        """Hand out the transaction of a change and the days before it; tell what came of it, if anything did."""
        with explained():
            async with self._database.transaction() as connection:
                # Alone, so that the days told before a change are those that it found.
                await sites.hold_alone(connection)
                if await sites.site(connection, site_id) is None:
                    raise no_site(site_id)
                before = await days.of_site(connection, self.kind, site_id)
                yield connection, before
                after = await days.of_site(connection, self.kind, site_id)
                if after != before:
                    many = self.kind.many
                    told = [{many: [asdict(one) for one in found]} for found in (before, after)]
                    await self._outbox.write(connection, [SiteChanged(site_id, actor.id, (many,), *told)])
                    await self._live.announce(connection, None)
        self._live.changed(None)

    def _shown(self, site_id: int, id_: int, stated: Stretch) -> dict[str, Any]:
        own = self.kind.value(id_, site_id, stated.name, stated.first_day, stated.last_day)
        return shown(own, inherited=False)

    def _found(self, known: Sequence[SiteDays], site_id: int, id_: int) -> SiteDays:
        for one in known:
            if one.id == id_:
                return one
        raise Problem(
            404,
            self.kind.unknown,
            f"There is no {self.kind.one} {id_} at the site {site_id} itself; "
            f"GET /api/v1/sites/{site_id}/{self.kind.many} lists them.",
        )


class Terms(DaysOfSites[Term]):
    """The verbs of terms."""

    kind = TERMS


class Holidays(DaysOfSites[Holiday]):
    """The verbs of holidays."""

    kind = HOLIDAYS
