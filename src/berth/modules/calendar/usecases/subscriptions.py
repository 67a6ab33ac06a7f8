"""Subscriptions to calendars from outside: made, listed, asked anew, removed; and what they say."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from berth.contracts.booking.questions import Booking, Overlap
from berth.contracts.calendar import SubscriptionCreated, SubscriptionRemoved
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.db import Connection, Database
from berth.kit.errand.ask import Errands
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.calendar.domain.addresses import UrlRefused, read_url
from berth.modules.calendar.domain.reading.lines import FeedBroken
from berth.modules.calendar.domain.subscription import Subscription, span
from berth.modules.calendar.providers.reading import Reader
from berth.modules.calendar.store import busy
from berth.modules.calendar.store import subscriptions as store
from berth.modules.calendar.store.busy import Own
from berth.modules.calendar.usecases.refreshing import APPLY, REFRESH, zone_of

SUBSCRIPTIONS_MAX = 20
BUSY_SHOWN_MAX = 5_000

SubjectKind = Literal["resource", "person"]


def unknown_subscription() -> Problem:
    """Answer the refusal of a subscription that is not there, or that is none of the caller's business."""
    return Problem(404, "unknown-subscription", "There is no such subscription, or it is somebody else's.")


class Subscriptions:
    """The verbs of subscriptions: administrators have those of resources, everybody those of one's own."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        errands: Errands,
        booking: Booking,
        catalog: Catalog,
        identity: Identity,
        reader: Reader,
        clock: Clock,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._errands = errands
        self._booking = booking
        self._catalog = catalog
        self._identity = identity
        self._reader = reader
        self._clock = clock

    async def create(
        self,
        caller: Principal,
        kind: SubjectKind,
        subject_id: int,
        name: str,
        *,
        url: str | None = None,
        file: str | None = None,
    ) -> Subscription:
        """Follow a calendar from now on; a file is looked through at once, and an address asked as soon as may be."""
        await self._may(caller, kind, subject_id)
        data = file.encode() if file is not None else None
        if url is not None:
            try:
                read_url(url)
            except UrlRefused as refused:
                raise Problem(422, "url-refused", str(refused)) from refused
        if data is not None:
            await self._look_through(kind, subject_id, data)
        async with self._database.transaction() as connection:
            made = await store.add(
                connection,
                kind=kind,
                subject_id=subject_id,
                name=name,
                url=url,
                file=data,
                created_by=caller.id,
                now=self._clock(),
                count_max=SUBSCRIPTIONS_MAX,
            )
            if made is None:
                raise Problem(
                    409, "too-many-subscriptions", f"There are {SUBSCRIPTIONS_MAX} subscriptions already: remove one."
                )
            await self._outbox.write(connection, [SubscriptionCreated(made.id, caller.id, kind, subject_id, name)])
            await self._ask(connection, REFRESH, made.id)
        return made

    async def listed(
        self, caller: Principal, kind: SubjectKind | None, resource_id: int | None, after: int, limit: int
    ) -> Sequence[Subscription]:
        """Answer the caller's own subscriptions, and to administrators those of resources, by id; or only one kind."""
        return await store.listed(
            self._database, caller.id, kind, resource_id, resources=caller.is_admin, after=after, limit=limit
        )

    async def one(self, caller: Principal, id_: int) -> Subscription:
        """Answer a subscription; raise 404 if there is none that the caller may see."""
        found = await store.one(self._database, id_)
        if found is None or found.removed_at is not None:
            raise unknown_subscription()
        if not (caller.is_admin if found.kind == "resource" else found.subject_id == caller.id):
            raise unknown_subscription()
        return found

    async def refresh(self, caller: Principal, id_: int) -> Subscription:
        """Have a calendar asked now."""
        found = await self.one(caller, id_)
        async with self._database.transaction() as connection:
            await self._ask(connection, REFRESH, id_)
        return found

    async def remove(self, caller: Principal, id_: int) -> None:
        """Follow a calendar no more; what it closed opens as soon as booking is told."""
        found = await self.one(caller, id_)
        async with self._database.transaction() as connection:
            if not await store.mark_removed(connection, id_, self._clock()):
                raise unknown_subscription()
            event = SubscriptionRemoved(id_, caller.id, found.kind, found.subject_id, found.name)
            await self._outbox.write(connection, [event])
            await self._ask(connection, REFRESH, id_)

    async def overlaps(self, caller: Principal, id_: int) -> Sequence[Overlap]:
        """Answer the reservations that stand where a resource's calendar says that it is busy."""
        found = await self.one(caller, id_)
        return await self._booking.overlaps(source=found.source) if found.kind == "resource" else ()

    async def own_busy(self, caller: Principal, start: datetime, until: datetime) -> Sequence[Own]:
        """Answer when the caller is busy, by their own calendars."""
        return await busy.own(self._database, caller.id, start, until, BUSY_SHOWN_MAX)

    async def fill_anew(self, connection: Connection, resource_ids: Sequence[int]) -> None:
        """Have the busy times of these resources closed anew: something in their way may be gone."""
        for id_ in await store.of_resources(connection, resource_ids):
            await self._ask(connection, APPLY, id_)

    async def _ask(self, connection: Connection, errand: str, id_: int) -> None:
        await self._errands.ask(connection, f"subscription/{id_}/{errand}", errand, {"subscription_id": id_})

    async def _may(self, caller: Principal, kind: SubjectKind, subject_id: int) -> None:
        if kind == "person" and subject_id != caller.id:
            raise Problem(403, "not-allowed", "Everybody subscribes for themselves alone.")
        if kind == "resource" and not caller.is_admin:
            raise Problem(403, "not-allowed", "Administrators subscribe for resources; you can for yourself.")
        if kind == "resource" and not await self._catalog.resources(ids=[subject_id]):
            raise Problem(422, "unknown-resource", f"There is no resource {subject_id}.")

    async def _look_through(self, kind: SubjectKind, subject_id: int, data: bytes) -> None:
        where = await zone_of(self._catalog, self._identity, kind, subject_id)
        try:
            await self._reader.read(data, where, span(self._clock()))
        except FeedBroken as broken:
            raise Problem(422, "calendar-unreadable", str(broken)) from broken
