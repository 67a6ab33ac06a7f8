"""Set and read the terms of a site."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from typing import Any

from berth.contracts.catalog import SiteChanged, Term
from berth.kit.auth import Principal
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.catalog.domain.terms import TERMS_MAX, Stretch, in_order, shown, stretch
from berth.modules.catalog.store import sites, terms
from berth.modules.catalog.usecases.directory import LiveDirectory
from berth.modules.catalog.usecases.refusals import explained, no_site


class Terms:
    """The verbs of terms. The database refuses two of one site that overlap or have one name."""

    def __init__(self, database: Database, outbox: Outbox, live: LiveDirectory) -> None:
        self._database = database
        self._outbox = outbox
        self._live = live

    async def list(self, site_id: int) -> Sequence[dict[str, Any]]:
        """Answer the terms of a site and of all above it, by their first days."""
        now = await self._live.now()
        place = now.places.get(site_id)
        if place is None:
            raise no_site(site_id)
        found = in_order(term for id_ in place.ids for term in now.terms.get(id_, ()))
        return [shown(term, inherited=term.site_id != site_id) for term in found]

    async def create(self, actor: Principal, site_id: int, stated: Stretch) -> dict[str, Any]:
        """Add a term to a site."""
        async with self._changing(actor, site_id) as (connection, before):
            if len(before) >= TERMS_MAX:
                raise Problem(
                    409, "too-many-terms", f"The site has {TERMS_MAX} terms, which is the most; remove old ones first."
                )
            term_id = await terms.insert(connection, site_id, stated)
        return shown(Term(term_id, site_id, stated.name, stated.first_day, stated.last_day), inherited=False)

    async def replace(self, actor: Principal, site_id: int, term_id: int, stated: Stretch) -> dict[str, Any]:
        """Give a term of the site another name or other days."""
        async with self._changing(actor, site_id) as (connection, before):
            if stretch(_found(before, site_id, term_id)) != stated:
                await terms.update(connection, term_id, stated)
        return shown(Term(term_id, site_id, stated.name, stated.first_day, stated.last_day), inherited=False)

    async def remove(self, actor: Principal, site_id: int, term_id: int) -> None:
        """Remove a term of the site."""
        async with self._changing(actor, site_id) as (connection, before):
            _found(before, site_id, term_id)
            await terms.delete(connection, term_id)

    @contextlib.asynccontextmanager
    async def _changing(self, actor: Principal, site_id: int) -> AsyncIterator[tuple[Connection, Sequence[Term]]]:
        """Hand out the transaction of a change and the terms before it; tell what became of them, if anything did."""
        with explained():
            async with self._database.transaction() as connection:
                # Alone, so that the terms told before a change are those that it found.
                await sites.hold_alone(connection)
                if await sites.site(connection, site_id) is None:
                    raise no_site(site_id)
                before = await terms.terms_of(connection, site_id)
                yield connection, before
                after = await terms.terms_of(connection, site_id)
                if after != before:
                    event = SiteChanged(site_id, actor.id, ("terms",), _told(before), _told(after))
                    await self._outbox.write(connection, [event])
                    await self._live.announce(connection, None)
        self._live.changed(None)


def _told(found: Sequence[Term]) -> dict[str, Any]:
    return {"terms": [asdict(term) for term in found]}


def _found(known: Sequence[Term], site_id: int, term_id: int) -> Term:
    for term in known:
        if term.id == term_id:
            return term
    raise Problem(
        404,
        "unknown-term",
        f"There is no term {term_id} at the site {site_id} itself; GET /api/v1/sites/{site_id}/terms lists them.",
    )
