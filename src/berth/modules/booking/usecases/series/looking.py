"""Holds occurrences against the calendar and the rules, and finds what they could have instead."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from berth.contracts.catalog import Catalog, Resource
from berth.kit.auth import Role
from berth.kit.clock import Clock
from berth.kit.db import Database
from berth.kit.http.problem import Problem
from berth.kit.localtime import minute_of, zone
from berth.modules.booking.domain.gaps import buffers, length_allowed, nearest_starts
from berth.modules.booking.domain.opening import Range
from berth.modules.booking.domain.policy import Attempt, Refusal, refusals
from berth.modules.booking.domain.reservation import Busy, Occupied, occupied
from berth.modules.booking.domain.series.wish import Another, Look, Place
from berth.modules.booking.store.series import looking as store
from berth.modules.booking.store.series.looking import Candidate, Stretch, Taken
from berth.modules.booking.usecases.conflict import alike

DAY = timedelta(days=1)
CANDIDATES_MAX = 3
"""So many free resources are held against their own rules; those beyond would hardly be allowed, either."""


class Looking:
    """The questions about occurrences that are not placed yet."""

    def __init__(self, database: Database, catalog: Catalog, clock: Clock) -> None:
        self._database = database
        self._catalog = catalog
        self._clock = clock

    def refused(self, role: Role, place: Place) -> list[Refusal]:
        """Answer every rule that refuses an occurrence where it is to be."""
        attempt = Attempt(role, place.start, place.end, self._clock())
        return [refusal for one in place.resources for refusal in refusals(one, attempt)]

    async def at(self, role: Role, places: Sequence[Place], *, ignoring: Sequence[int] = ()) -> list[Look]:
        """Answer what is in the way of each occurrence, and what else it could have.

        ``ignoring`` are reservations that are being moved: what they hold does not stand in the way.
        """
        days = _days(places)
        slots = [[occupied(one, place.start, place.end) for one in place.resources] for place in places]
        around = await store.busy(
            self._database,
            [
                Stretch(number, slot.resource_id, *_window(place, day, taking))
                for number, (place, day, taking) in enumerate(zip(places, days, slots, strict=True))
                for slot in taking
            ],
            ignoring,
        )
        own = _OwnDays(days, slots)
        looks = []
        for number, place in enumerate(places):
            near = around.get(number, ())
            busy, refused = _in_the_way(slots[number], near), self.refused(role, place)
            other = None
            if (busy or refused) and len(place.resources) == 1:
                taken = [(one.start, one.end) for one in near] + own.besides(number)
                other = self._same_day(role, place, days[number], taken, own)
            looks.append(Look(place, busy, tuple(refused), other))
        return await self._elsewhere(role, looks)

    def _same_day(
        self, role: Role, place: Place, day: "_Day", taken: Sequence[Range], own: "_OwnDays"
    ) -> Another | None:
        [resource] = place.resources
        now, length = self._clock(), place.end - place.start
        found = nearest_starts(
            resource, taken, wanted=place.start, length=length, now=now, since=day.start, until=day.end, count=1
        )
        for start in found:
            if not refusals(resource, Attempt(role, start, start + length, now)):
                own.add(day.date, resource, start, start + length)
                return Another(resource.id, resource.name, start, start + length)
        return None

    async def _elsewhere(self, role: Role, looks: list[Look]) -> list[Look]:
        """Answer the looks with a resource like theirs at the same time, for those without another time that day."""
        lacking = [
            number
            for number, one in enumerate(looks)
            if one.status != "free" and one.alternative is None and len(one.place.resources) == 1
        ]
        by_resource: dict[int, list[int]] = {}
        for number in lacking:
            by_resource.setdefault(looks[number].place.resources[0].id, []).append(number)
        for numbers in by_resource.values():
            places = {number: looks[number].place for number in numbers}
            [resource] = places[numbers[0]].resources
            like = {one.id: one for one in await alike(self._catalog, resource)}
            length = places[numbers[0]].end - places[numbers[0]].start
            fitting = [one for one in like.values() if length_allowed(one.policy, length)]
            candidates = [Candidate(one.id, one.policy.setup_minutes, one.policy.teardown_minutes) for one in fitting]
            wanted = [(number, place.start, place.end) for number, place in places.items()]
            free = await store.free(self._database, wanted, candidates, CANDIDATES_MAX) if candidates else {}
            for number, place in places.items():
                for other in (like[id_] for id_ in free.get(number, ())):
                    if not self.refused(role, place._replace(resources=(other,))):
                        found = Another(other.id, other.name, place.start, place.end)
                        looks[number] = looks[number]._replace(alternative=found)
                        break
        return looks


class _Day(NamedTuple):
    """The day on which an occurrence begins, on the wall clock, and on until its end if that is later."""

    date: date
    start: datetime
    end: datetime


class _OwnDays:
    """What the series itself takes on each day, so that no alternative is offered that another occurrence has."""

    def __init__(self, days: Sequence[_Day], slots: Sequence[Sequence[Occupied]]) -> None:
        self._days = days
        self._by_day: dict[date, list[tuple[int | None, Range]]] = {}
        for number, (day, [slot, *_]) in enumerate(zip(days, slots, strict=True)):
            self._by_day.setdefault(day.date, []).append((number, (slot.start, slot.end)))

    def besides(self, number: int) -> list[Range]:
        """Answer what others than this occurrence take on its day and the neighbours of that."""
        day = self._days[number].date
        near = (self._by_day.get(one, ()) for one in (day - DAY, day, day + DAY))
        return [taken for each in near for one, taken in each if one != number]

    def add(self, day: date, resource: Resource, start: datetime, end: datetime) -> None:
        """Note what was offered."""
        taken = occupied(resource, start, end)
        self._by_day.setdefault(day, []).append((None, (taken.start, taken.end)))


def taken(looks: Sequence[Look], count: int) -> Problem:
    """Answer the 409 problem of occurrences that are in the way of placing ``count``, with what stands in their way."""
    busy = [each for one in looks for each in one.busy]
    return Problem(
        409,
        "slot-taken",
        f"{len(looks)} of {count} occurrences cannot be as they are; "
        "skip them, take alternatives, or choose one by one. Nothing was changed.",
        more={"busy": busy, "alternatives": [], "occurrences": [told(one) for one in looks]},
    )


def told(look: Look) -> dict[str, object]:
    """Answer what a problem says of an occurrence."""
    return {
        "occurrence": look.place.occurrence.local,
        "start": look.place.start,
        "end": look.place.end,
        "status": look.status,
        "busy": look.busy,
        "refusals": look.refusals,
        "alternative": look.alternative,
    }


def _days(places: Sequence[Place]) -> list[_Day]:
    """Answer the day of each place; of places on following days, the midnight between them is worked out once."""
    midnights: dict[tuple[date, str], datetime] = {}
    found = []
    for place in places:
        name = place.resources[0].timezone
        where = zone(name)
        day = place.start.astimezone(where).date()
        begins, ends = (
            midnights.get((one, name)) or midnights.setdefault((one, name), minute_of(one, 0, where))
            for one in (day, day + DAY)
        )
        found.append(_Day(day, begins, max(ends, place.end)))
    return found


def _window(place: Place, day: _Day, slots: Sequence[Occupied]) -> Range:
    """Answer the time to look at: of one resource the day, since another time of it may do; of several their slot."""
    if len(slots) > 1:
        return min(one.start for one in slots), max(one.end for one in slots)
    setup, teardown = buffers(place.resources[0].policy)
    return day.start - setup, day.end + teardown


def _in_the_way(slots: Sequence[Occupied], around: Sequence[Taken]) -> tuple[Busy, ...]:
    if not around:
        return ()
    mine = {one.resource_id: one for one in slots}
    return tuple(
        Busy(*one) for one in around if one.start < mine[one.resource_id].end and mine[one.resource_id].start < one.end
    )
