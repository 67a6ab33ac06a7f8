"""Changes and cancels series: one occurrence, it and those behind it, or all that have not begun."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from berth.contracts.booking.series import SeriesChanged
from berth.contracts.catalog import Catalog, Resource
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Connection, Database
from berth.kit.http.problem import Problem
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.value import Life
from berth.modules.booking.domain.reservation import Reservation
from berth.modules.booking.domain.series.amending import Amendment, Scope, amended, following, members_changed, split
from berth.modules.booking.domain.series.value import Occurrence, Series, SeriesState
from berth.modules.booking.domain.series.wish import Passed, Place
from berth.modules.booking.store import living as living_store
from berth.modules.booking.store.series import series as store
from berth.modules.booking.usecases.changing import Changing, Wish
from berth.modules.booking.usecases.choosing import named_resources
from berth.modules.booking.usecases.life.living import Living, step
from berth.modules.booking.usecases.life.requesting import Concerned, Requesting
from berth.modules.booking.usecases.series.looking import Looking, taken
from berth.modules.booking.usecases.series.moving import Move, Moved, Taken, move_all
from berth.modules.booking.usecases.series.placing import Occurring
from berth.modules.booking.usecases.series.reading import occurrence_of, own
from berth.modules.booking.usecases.waitlist.offering import Offering


class SeriesChanging:
    """The verb that changes a series that exists. What is over, and what was changed by itself, stays as it is."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        catalog: Catalog,
        changing: Changing,
        looking: Looking,
        living: Living,
        occurring: Occurring,
        requesting: Requesting,
        offering: Offering,
        clock: Clock,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._catalog = catalog
        self._changing = changing
        self._looking = looking
        self._living = living
        self._occurring = occurring
        self._requesting = requesting
        self._offering = offering
        self._clock = clock

    async def change(self, caller: Principal, id_: int, change: Amendment) -> tuple[Series, list[Passed]]:
        """Make the change, and answer the series that has it now and the occurrences that were left.

        From one occurrence on, that is a new series, which goes on where the old one ends. Raises ``Problem``: 403,
        404, 409 with the occurrences whose new slots are taken, 412 for another version, 422 with every rule that
        refuses; nothing is changed then.
        """
        series = own(caller, await store.one(self._database, id_))
        if change.scope is Scope.THIS and change.reservation_id is not None:
            await occurrence_of(self._database, series, change.reservation_id)
            wish = Wish(change.start, change.end, change.title, change.description, change.resource_ids)
            await self._changing.change(caller, change.reservation_id, wish)
            return own(caller, await store.one(self._database, id_)), []
        resources = await named_resources(self._catalog, change.resource_ids or series.resource_ids)
        if {one.timezone for one in resources} != {series.timezone}:
            raise Problem(422, "mixed-zones", f"A series stays in its time zone, {series.timezone}.")
        concerned = await self._requesting.concerned_by_all(series.owner_id, resources) if change.moves else None
        try:
            return await patiently(partial(self._change, caller, id_, change, resources, concerned))
        except Taken as error:
            raise await self._in_the_way(caller, series, resources, error) from None

    async def _change(
        self,
        caller: Principal,
        id_: int,
        change: Amendment,
        resources: Sequence[Resource],
        concerned: Concerned | None,
    ) -> tuple[Series, list[Passed]]:
        now = self._clock()
        async with self._database.transaction() as connection:
            before = own(caller, await store.locked(connection, id_))
            _changeable(before, change.version)
            named = change.reservation_id
            anchor = await occurrence_of(connection, before, named) if named else None
            since = anchor.occurrence if anchor and change.scope is Scope.FOLLOWING else None
            after = amended(before, change, anchor)
            if after == before:
                return before, []
            if after.length <= type(after.length)():
                raise Problem(422, "invalid-input", "The end must lie after the start.")
            lives = await living_store.locked(connection, await store.ids_ahead(connection, id_, now, since))
            ahead = [one.reservation for one in lives.values()]
            series = await self._saved(connection, before, after, since)
            move = Move(caller, resources, concerned, series.id, change.skip, now)
            freed = await self._offering.begin(connection, list(lives)) if change.moves else []
            moved = await move_all(connection, move, lives, following(before, after, ahead))
            await self._living.save(connection, [step(life, turn, caller.id) for life, turn in moved.turns], now)
            await self._outbox.write(connection, [_changed(before, series, caller, moved)])
            await self._occurring.wind(connection, series, resources)
            await self._offering.serve(connection, freed)
            return series, _left(lives, moved, resources)

    async def _saved(self, connection: Connection, before: Series, after: Series, since: datetime | None) -> Series:
        """Write the changed series, as one of its own if it is so from one occurrence on; answer it."""
        if since is None or not await store.has_earlier(connection, before.id, since):
            series = replace(after, version=before.version + 1)
            await store.save(connection, series)
            return series
        rest, heir = split(before, after, since)
        heir = await store.add(connection, heir)
        await store.save(connection, rest)
        await store.hand_over(connection, before.id, since, heir.id)
        await self._occurring.wind(connection, rest, ())
        return heir

    async def _in_the_way(
        self, caller: Principal, series: Series, resources: Sequence[Resource], error: Taken
    ) -> Problem:
        mine = await store.reservations(self._database, series.id)
        places = [_place(one, resources) for one in error.reservations]
        looks = await self._looking.at(caller.role, places, ignoring=[one.id for one in mine])
        return taken(looks, len(mine))


def _changeable(series: Series, version: int | None) -> None:
    if version is not None and version != series.version:
        raise Problem(
            412, "changed-meanwhile", f"The series is at version {series.version} now; read it again and decide anew."
        )
    if series.state == SeriesState.CANCELLED:
        raise Problem(409, "not-changeable", "The series was cancelled; make a new one.")


def _changed(before: Series, series: Series, caller: Principal, moved: Moved) -> SeriesChanged:
    first = moved.turns[0][1].life.reservation if moved.turns else None
    return SeriesChanged(
        series_id=series.id,
        owner_id=series.owner_id,
        actor_id=caller.id,
        title=series.title,
        resource_ids=series.resource_ids,
        count=len(moved.turns),
        reservation_id=first.id if first else None,
        start=first.start if first else None,
        end=first.end if first else None,
        changes=members_changed(before, series),
        previous_id=series.previous_id if series.id != before.id else None,
    )


def _left(lives: Mapping[int, Life], moved: Moved, resources: Sequence[Resource]) -> list[Passed]:
    return [Passed(_place(lives[id_].reservation, resources), why) for id_, why in moved.left.items()]


def _place(one: Reservation, resources: Sequence[Resource]) -> Place:
    if one.occurrence is None:
        raise ValueError("only an occurrence of a series has a place in it")
    return Place(Occurrence(one.occurrence, one.start, one.end), one.start, one.end, tuple(resources))
