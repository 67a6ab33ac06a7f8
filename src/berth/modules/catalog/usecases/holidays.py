"""Set and read the holidays of a site."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from typing import Any

from berth.contracts.catalog import Holiday, SiteChanged
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.catalog.domain.holidays import HOLIDAYS_MAX, in_order, shown
from berth.modules.catalog.domain.terms import Stretch
from berth.modules.catalog.store import holidays, sites
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import explained, no_site


class Holidays:
    """The verbs of holidays. The database refuses two of one site with one name that begin on one day."""

    def __init__(self, database: Database, outbox: Outbox, live: LiveDirectory) -> None:
        self._database = database
        self._outbox = outbox
        self._live = live

    async def list(self, site_id: int) -> Sequence[dict[str, Any]]:
        """Answer the holidays of a site and of all above it, by their first days."""
        now = await self._live.now()
        place = now.places.get(site_id)
        if place is None:
            raise no_site(site_id)
        found = in_order(one for id_ in place.ids for one in now.holidays.get(id_, ()))
        return [shown(one, inherited=one.site_id != site_id) for one in found]

    async def create(self, actor: Principal, site_id: int, stated: Stretch) -> dict[str, Any]:
        """Add a holiday to a site."""
        async with self._changing(actor, site_id) as (connection, before):
            if len(before) >= HOLIDAYS_MAX:
                raise Problem(
                    409,
                    "too-many-holidays",
                    f"The site has {HOLIDAYS_MAX} holidays, which is the most; remove old ones first.",
                )
            holiday_id = await holidays.insert(connection, site_id, stated)
        return shown(Holiday(holiday_id, site_id, stated.name, stated.first_day, stated.last_day), inherited=False)

    async def replace(self, actor: Principal, site_id: int, holiday_id: int, stated: Stretch) -> dict[str, Any]:
        """Give a holiday of the site another name or other days."""
        async with self._changing(actor, site_id) as (connection, before):
            found = _found(before, site_id, holiday_id)
            if Stretch(found.name, found.first_day, found.last_day) != stated:
                await holidays.update(connection, holiday_id, stated)
        return shown(Holiday(holiday_id, site_id, stated.name, stated.first_day, stated.last_day), inherited=False)

    async def remove(self, actor: Principal, site_id: int, holiday_id: int) -> None:
        """Remove a holiday of the site."""
        async with self._changing(actor, site_id) as (connection, before):
            _found(before, site_id, holiday_id)
            await holidays.delete(connection, holiday_id)

    @contextlib.asynccontextmanager
    async def _changing(self, actor: Principal, site_id: int) -> AsyncIterator[tuple[Connection, Sequence[Holiday]]]:
        """Hand out the transaction of a change and the holidays before it; tell what came of it, if anything did."""
        with explained():
            async with self._database.transaction() as connection:
                # Alone, so that the holidays told before a change are those that it found.
                await sites.hold_alone(connection)
                if await sites.site(connection, site_id) is None:
                    raise no_site(site_id)
                before = await holidays.holidays_of(connection, site_id)
                yield connection, before
                after = await holidays.holidays_of(connection, site_id)
                if after != before:
                    event = SiteChanged(site_id, actor.id, ("holidays",), _told(before), _told(after))
                    await self._outbox.write(connection, [event])
                    await self._live.announce(connection, None)
        self._live.changed(None)


def _told(found: Sequence[Holiday]) -> dict[str, Any]:
    return {"holidays": [asdict(one) for one in found]}


def _found(known: Sequence[Holiday], site_id: int, holiday_id: int) -> Holiday:
    for one in known:
        if one.id == holiday_id:
            return one
    raise Problem(
        404,
        "unknown-holiday",
        f"There is no holiday {holiday_id} at the site {site_id} itself; "
        f"GET /api/v1/sites/{site_id}/holidays lists them.",
    )
