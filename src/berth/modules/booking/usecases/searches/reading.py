"""Questions about saved searches: one's own, and what they find now."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal
from berth.kit.db import Database
from berth.modules.booking.domain.offers import Window
from berth.modules.booking.domain.searches.search import SavedSearch, SearchState
from berth.modules.booking.store.searches import search as store
from berth.modules.booking.usecases.searches.saving import own


class Searches:
    """Reads saved searches."""

    def __init__(self, database: Database, catalog: Catalog, identity: Identity) -> None:
        self._database = database
        self._catalog = catalog
        self._identity = identity

    async def listed(
        self, caller: Principal, states: Sequence[str] | None, after: int, limit: int
    ) -> Sequence[SavedSearch]:
        """Answer the caller's own searches in the order in which they were saved; by default those not over."""
        return await store.listed(self._database, caller.id, tuple(states or (SearchState.LIVE,)), after, limit)

    async def one(self, caller: Principal, id_: int, *, alone: bool = False) -> SavedSearch:
        """Answer a search; raise 404 if there is none, 403 if it is somebody else's."""
        return own(caller, await store.one(self._database, id_), alone=alone)

    async def people_of(self, searches: Sequence[SavedSearch]) -> Mapping[int, Person]:
        """Answer the owners of these searches, by id."""
        ids = sorted({one.owner_id for one in searches})
        return dict(await self._identity.people(ids=ids)) if ids else {}

    async def zones_of(self, searches: Sequence[SavedSearch]) -> Mapping[int, str]:
        """Answer the zone of the first resource that fits each search, by the search's id; of some nothing fits."""
        firsts = {one.id: one.wanted.resource_ids[0] for one in searches if one.wanted.resource_ids}
        resources = await self._catalog.resources(ids=sorted(set(firsts.values()))) if firsts else {}
        return {id_: resources[first].timezone for id_, first in firsts.items() if first in resources}


def window_of(search: SavedSearch, now: datetime) -> Window | None:
    """Answer where to look for what a search finds now; none if its time has passed."""
    wanted = search.wanted
    since = max(wanted.start, now)
    if search.state == SearchState.OVER or since + wanted.length > wanted.end:
        return None
    return Window(wanted.length, since, wanted.end)
