"""Extends series as time goes on: what has come within the horizon is placed, and what cannot be is noted."""

from collections.abc import Sequence
from dataclasses import replace

from berth.contracts.booking.series import SeriesExtended
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity, Person
from berth.kit.auth import Principal, Role
from berth.kit.db import Connection, Database
from berth.kit.errand.ask import Errands
from berth.kit.errand.store import Errand
from berth.kit.outbox.event import Envelope
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.value import SYSTEM
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.domain.series.value import Missed, Series, SeriesState
from berth.modules.booking.domain.series.wish import Place, Plan
from berth.modules.booking.store.series import series as store
from berth.modules.booking.store.series.placing import Placement
from berth.modules.booking.usecases.series.looking import Looking
from berth.modules.booking.usecases.series.placing import Occurring, awaiting
from berth.modules.booking.usecases.series.planning import Planning

ERRAND = "extend_series"


class SeriesExtending:
    """The verb that the clock calls.

    The timer only asks for an errand: to extend asks catalog and identity, and whoever waits for them while he holds
    a connection may keep them from getting one.
    """

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        errands: Errands,
        catalog: Catalog,
        identity: Identity,
        planning: Planning,
        looking: Looking,
        occurring: Occurring,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._errands = errands
        self._catalog = catalog
        self._identity = identity
        self._planning = planning
        self._looking = looking
        self._occurring = occurring

    async def strike(self, connection: Connection, envelopes: Sequence[Envelope]) -> None:
        """Have the series extended whose timers fell due."""
        for one in envelopes:
            series_id = int(one.subject.partition("/")[2])
            await self._errands.ask(connection, one.subject, ERRAND, {"series_id": series_id})

    async def do(self, errand: Errand) -> None:
        """Extend the series of an errand; to do it twice changes nothing more."""
        await self.extend(int(errand.data["series_id"]))

    async def extend(self, id_: int) -> None:
        """Place what has come within the horizon; if somebody changes the series meanwhile, begin anew."""
        while True:
            series = await store.one(self._database, id_)
            if series is None or series.state == SeriesState.CANCELLED or series.placed_until is None:
                return
            known = await self._catalog.resources(ids=series.resource_ids)
            resources = [known[each] for each in series.resource_ids if each in known]
            plan = await self._planning.of_series(series, resources, after=series.placed_until)
            owner = (await self._identity.people(ids=[series.owner_id])).get(series.owner_id)
            places, missed = self._allowed(plan, owner, whole=len(resources) == len(series.resource_ids))
            prepared: list[Placement] = []
            if owner is not None:
                prepared = await self._occurring.prepared(_as(owner), owner, series, places)
            async with self._database.transaction() as connection:
                if await store.locked(connection, id_) == series:
                    await self._place(connection, plan, prepared, missed)
                    return

    def _allowed(self, plan: Plan, owner: Person | None, *, whole: bool) -> tuple[list[Place], list[Missed]]:
        """Answer the occurrences that may be placed, and those that may not: the rules are those of now."""
        places, missed = [], []
        for one in plan.places():
            allowed = owner is not None and owner.active and whole
            if owner is None or not allowed or self._looking.refused(Role(owner.role), one):
                missed.append(Missed(one.occurrence.local, "refused"))
            else:
                places.append(one._replace(needed=False))
        return places, missed

    async def _place(
        self, connection: Connection, plan: Plan, prepared: Sequence[Placement], missed: Sequence[Missed]
    ) -> None:
        series = plan.series
        placed = await self._occurring.place(connection, series, prepared)
        made = [one.reservation for one in prepared if one.reservation.id in placed]
        busy = [
            Missed(one.reservation.occurrence, "busy")
            for one in prepared
            if one.reservation.id not in placed and one.reservation.occurrence is not None
        ]
        new = sorted([*missed, *busy], key=lambda one: one.occurrence)
        after = replace(series, placed_until=plan.considered, missed=(*series.missed, *new))
        await store.save(connection, after)
        if made or new:
            await self._outbox.write(connection, [_extended(after, new, made)])
        await self._occurring.wind(connection, after, plan.resources)


def _as(owner: Person) -> Principal:
    """Answer the owner as the one who reserves: by his roles, and without a session."""
    return Principal(owner.id, owner.username, owner.name, Role(owner.role), None, 0)


def _extended(series: Series, missed: Sequence[Missed], made: Sequence[Reservation]) -> SeriesExtended:
    first = made[0] if made else None
    return SeriesExtended(
        series_id=series.id,
        owner_id=series.owner_id,
        actor_id=SYSTEM,
        title=series.title,
        resource_ids=series.resource_ids,
        count=len(made),
        reservation_id=first.id if first else None,
        start=first.start if first else None,
        end=first.end if first else None,
        missed=tuple(series.occurrence(one.occurrence).start for one in missed),
        reasons=tuple(one.why for one in missed),
        awaiting=awaiting(made),
    )
