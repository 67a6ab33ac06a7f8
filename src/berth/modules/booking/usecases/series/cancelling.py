"""Cancels series: all that has not begun, or what follows an occurrence."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from berth.contracts.booking.reservation import ReservationCancelled
from berth.contracts.booking.series import SeriesCancelled
from berth.kit.auth import Principal
from berth.kit.clock import Clock
from berth.kit.contention.deadlock import patiently
from berth.kit.db import Database
from berth.kit.outbox.write import Outbox
from berth.modules.booking.domain.life.confirming import cancelled
from berth.modules.booking.domain.life.value import Life, Turn
from berth.modules.booking.domain.series.amending import Scope
from berth.modules.booking.domain.series.value import Series, SeriesState
from berth.modules.booking.store import living as living_store
from berth.modules.booking.store.series import series as store
from berth.modules.booking.usecases.changing import Changing
from berth.modules.booking.usecases.life.living import Living, step
from berth.modules.booking.usecases.series.placing import Occurring
from berth.modules.booking.usecases.series.reading import occurrence_of, own


class SeriesCancelling:
    """The verb that gives a series up. What was changed by itself goes too; what has begun, or is over, stays."""

    def __init__(
        self,
        *,
        database: Database,
        outbox: Outbox,
        changing: Changing,
        living: Living,
        occurring: Occurring,
        clock: Clock,
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._changing = changing
        self._living = living
        self._occurring = occurring
        self._clock = clock

    async def cancel(
        self, caller: Principal, id_: int, scope: Scope, reservation_id: int | None, reason: str | None
    ) -> Series:
        """Give up the occurrences that are meant, and answer the series; doing so twice changes nothing more.

        Raises ``Problem``: 403, 404, and for one occurrence 409 if it may not be given up any more.
        """
        series = own(caller, await store.one(self._database, id_))
        since = None
        if reservation_id is not None:
            found = await occurrence_of(self._database, series, reservation_id)
            if scope is Scope.THIS:
                await self._changing.cancel(caller, reservation_id, reason)
                return series
            since = found.occurrence if scope is Scope.FOLLOWING else None
        return await patiently(partial(self._cancel, caller, id_, since, reason))

    async def _cancel(self, caller: Principal, id_: int, since: datetime | None, reason: str | None) -> Series:
        now = self._clock()
        async with self._database.transaction() as connection:
            before = own(caller, await store.locked(connection, id_))
            if before.state == SeriesState.CANCELLED:
                return before
            lives = await living_store.locked(connection, await store.ids_ahead(connection, id_, now, since))
            version = before.version + 1
            if since is not None and await store.has_earlier(connection, id_, since):
                after = replace(before, ends_before=since, version=version)
            else:
                after = replace(before, state=SeriesState.CANCELLED, cancel_reason=reason, version=version)
            await store.save(connection, after)
            by = "owner" if caller.id == before.owner_id else "staff"
            turns = [
                (life, _of_series(cancelled(life, by=by, actor_id=caller.id, reason=reason, now=now), id_))
                for life in lives.values()
            ]
            await self._living.save(connection, [step(life, turn, caller.id) for life, turn in turns], now)
            await self._outbox.write(connection, [_told(after, caller, [life for life, _ in turns], reason)])
            await self._occurring.wind(connection, after, ())
            return after


def _of_series(turn: Turn, series_id: int) -> Turn:
    events = [
        replace(one, series_id=series_id) if isinstance(one, ReservationCancelled) else one for one in turn.events
    ]
    return replace(turn, events=tuple(events))


def _told(series: Series, caller: Principal, lives: list[Life], reason: str | None) -> SeriesCancelled:
    first = min((one.reservation for one in lives), key=lambda one: one.start, default=None)
    return SeriesCancelled(
        series_id=series.id,
        owner_id=series.owner_id,
        actor_id=caller.id,
        title=series.title,
        resource_ids=series.resource_ids,
        count=len(lives),
        reservation_id=first.id if first else None,
        start=first.start if first else None,
        end=first.end if first else None,
        scope=Scope.ALL if series.state == SeriesState.CANCELLED else Scope.FOLLOWING,
        reason=reason,
    )
