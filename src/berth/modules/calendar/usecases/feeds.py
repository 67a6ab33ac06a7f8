"""Makes, lists, revokes and reads feeds."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from berth.contracts.booking.questions import Booking
from berth.contracts.calendar import FeedCreated, FeedRevoked
from berth.contracts.catalog import Catalog, ResourceQuery
from berth.contracts.identity import Identity
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.calendar.domain.feed import Feed, FeedKind, may_make
from berth.modules.calendar.domain.items import Item, fingerprint
from berth.modules.calendar.domain.secret import hash_of, new_token
from berth.modules.calendar.domain.writing import calendar_text
from berth.modules.calendar.store import feeds as store
from berth.modules.calendar.usecases.showing import Showing

FEEDS_MAX = 100
LARGE, LARGE_KEPT_MAX = 200, 16
"""From how many entries on a calendar is written beside the requests and kept, and how many are kept: 22 MB at most."""


def unknown_feed() -> Problem:
    """Answer the refusal of an address that shows nothing, for whatever reason."""
    return Problem(404, "unknown-feed", "There is no such feed; whoever made it may have revoked it.")


@dataclass(frozen=True, slots=True)
class Content:
    """What a feed shows: its name and entries, a tag of all that, and since when it has been so."""

    name: str
    items: list[Item]
    etag: str
    changed_at: datetime


class Feeds:
    """The verbs of feeds."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        booking: Booking,
        catalog: Catalog,
        identity: Identity,
        showing: Showing,
        clock: Clock,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._booking = booking
        self._catalog = catalog
        self._identity = identity
        self._showing = showing
        self._clock = clock
        self._written: dict[str, bytes] = {}

    async def create(self, caller: Principal, kind: FeedKind, subject_id: int, *, titles: bool) -> tuple[Feed, str]:
        """Make a feed; answer it and its secret, which nobody will learn again."""
        refusal = may_make(
            is_admin=caller.is_admin, caller_id=caller.id, kind=kind, subject_id=subject_id, titles=titles
        )
        if refusal:
            raise Problem(403, "not-allowed", refusal)
        if await self._name(kind, subject_id) is None:
            raise Problem(422, f"unknown-{kind}", f"There is no {kind} {subject_id}.")
        token = new_token()
        async with self._database.transaction() as connection:
            feed = await store.add(
                connection,
                token_hash=hash_of(token),
                kind=kind,
                subject_id=subject_id,
                titles=titles,
                created_by=caller.id,
                now=self._clock(),
                count_max=FEEDS_MAX,
            )
            if feed is None:
                raise Problem(409, "too-many-feeds", f"You have {FEEDS_MAX} feeds: revoke one that nobody reads.")
            await self._outbox.write(connection, [FeedCreated(feed.id, caller.id, kind, subject_id, titles)])
        return feed, token

    async def listed(self, caller: Principal, created_by: int | None, after: int, limit: int) -> list[Feed]:
        """Answer the caller's feeds, to administrators everybody's, or those of one maker."""
        if not caller.is_admin:
            if created_by not in (None, caller.id):
                return []
            created_by = caller.id
        return await store.listed(self._database, created_by, after, limit)

    async def revoke(self, caller: Principal, id_: int) -> None:
        """Let nobody read a feed any more; raise 404 if there is none of the caller's."""
        async with self._database.transaction() as connection:
            feed = await store.remove(connection, id_, None if caller.is_admin else caller.id)
            if feed is None:
                raise unknown_feed()
            await self._outbox.write(
                connection, [FeedRevoked(feed.id, caller.id, feed.kind, feed.subject_id, feed.titles)]
            )

    async def read(self, token: str) -> Content:
        """Answer what a feed shows, as long as who made it might make it today; raise 404 otherwise."""
        feed = await store.by_token(self._database, hash_of(token))
        if feed is None or not await self._still_may(feed):
            raise unknown_feed()
        name = await self._name(feed.kind, feed.subject_id)
        if name is None:
            raise unknown_feed()
        items = await self._items(feed)
        content = fingerprint(name, items)
        changed_at = await store.note_read(self._database, feed.id, content, self._clock())
        return Content(name, items, content.hex()[:32], changed_at)

    async def text(self, content: Content) -> bytes:
        """Answer what a feed shows as a calendar; the last large ones are kept, for anybody may ask again and again."""
        if len(content.items) < LARGE:
            return calendar_text(content.items, content.name)
        text = self._written.pop(content.etag, None)
        if text is None:
            text = await asyncio.to_thread(calendar_text, content.items, content.name)
        self._written[content.etag] = text
        if len(self._written) > LARGE_KEPT_MAX:
            self._written.pop(next(iter(self._written)))
        return text

    async def reservation(self, caller: Principal, reservation_id: int) -> Item:
        """Answer one reservation to its owner and to administrators; raise 404 or 403 otherwise."""
        entry = await self._booking.entry(reservation_id=reservation_id)
        if entry is None:
            raise Problem(404, "unknown-reservation", "There is no such reservation.")
        if entry.owner_id != caller.id and not caller.is_admin:
            raise Problem(403, "not-allowed", "This reservation is somebody else's.")
        return await self._showing.one(entry)

    async def _still_may(self, feed: Feed) -> bool:
        maker = (await self._identity.people(ids=[feed.created_by])).get(feed.created_by)
        if maker is None or not maker.active:
            return False
        return not may_make(
            is_admin=maker.role == "admin",
            caller_id=maker.id,
            kind=feed.kind,
            subject_id=feed.subject_id,
            titles=feed.titles,
        )

    async def _name(self, kind: FeedKind, subject_id: int) -> str | None:
        """Answer what the subject of a feed is called; none if there is no such."""
        ids = [subject_id]
        if kind is FeedKind.PERSON:
            return "Berth" if (await self._identity.people(ids=ids)) else None
        found = await (self._catalog.resources(ids=ids) if kind is FeedKind.RESOURCE else self._catalog.sites(ids=ids))
        return found[subject_id].name if subject_id in found else None

    async def _items(self, feed: Feed) -> list[Item]:
        if feed.kind is FeedKind.PERSON:
            return list((await self._showing.of_person(feed.subject_id, titles=feed.titles)).values())
        if feed.kind is FeedKind.RESOURCE:
            return await self._showing.of_resources([feed.subject_id], titles=feed.titles)
        below = await self._catalog.search(query=ResourceQuery(site_id=feed.subject_id))
        return await self._showing.of_resources([one.id for one in below], titles=feed.titles) if below else []
