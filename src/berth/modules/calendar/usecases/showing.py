"""Reservations and blackouts as the entries of calendars, with the names that hold now."""

from collections.abc import Sequence
from typing import TypeVar

from berth.contracts.booking.questions import ENTRIES_MAX, Booking, Closure, Entry
from berth.contracts.catalog import Catalog
from berth.contracts.identity import Identity
from berth.kit.clock import Clock
from berth.kit.http.problem import Problem
from berth.modules.calendar.domain.items import Item, Names, Place, of_closure, of_reservation, window

Shown = TypeVar("Shown", Entry, Closure)


class Showing:
    """Asks booking what there is, and the others what it is called."""

    def __init__(self, booking: Booking, catalog: Catalog, identity: Identity, clock: Clock, place: Place) -> None:
        self._booking = booking
        self._catalog = catalog
        self._identity = identity
        self._clock = clock
        self._place = place

    async def of_person(self, person_id: int, *, titles: bool = True) -> dict[int, Item]:
        """Answer what a person reserved, by the number of the reservation and in the order of time."""
        start, until = window(self._clock())
        found = await self._booking.entries(owner_id=person_id, resource_ids=None, start=start, until=until)
        names = await self._names(found, people=False)
        return {one.id: of_reservation(one, names, self._place, titles=titles, owner=False) for one in _whole(found)}

    async def of_resources(self, resource_ids: Sequence[int], *, titles: bool) -> list[Item]:
        """Answer what takes these resources, and when they are closed."""
        start, until = window(self._clock())
        ids = sorted(resource_ids)
        found = await self._booking.entries(owner_id=None, resource_ids=ids, start=start, until=until)
        closed = await self._booking.closures(resource_ids=ids, start=start, until=until)
        names = await self._names(found, people=titles, ids=ids)
        return [
            *(of_reservation(one, names, self._place, titles=titles, owner=titles) for one in _whole(found)),
            *(of_closure(one, names, self._place, titles=titles) for one in _whole(closed)),
        ]

    async def one(self, entry: Entry) -> Item:
        """Answer one reservation, for who may see all of it."""
        return of_reservation(entry, await self._names([entry], people=False), self._place, titles=True, owner=False)

    async def _names(self, entries: Sequence[Entry], *, people: bool, ids: Sequence[int] = ()) -> Names:
        resource_ids = sorted({*ids, *(id_ for one in entries for id_ in one.resource_ids)})
        resources = await self._catalog.resources(ids=resource_ids) if resource_ids else {}
        owners = sorted({one.owner_id for one in entries}) if people else []
        persons = await self._identity.people(ids=owners) if owners else {}
        return Names({id_: one.name for id_, one in resources.items()}, {id_: one.name for id_, one in persons.items()})


def _whole(found: Sequence[Shown]) -> Sequence[Shown]:
    """Answer all of it, or raise 409 if it was cut off: half a calendar would tell of free time that is taken."""
    if len(found) >= ENTRIES_MAX:
        raise Problem(
            409,
            "calendar-too-large",
            f"This calendar has {ENTRIES_MAX:,} entries or more: take feeds of smaller parts.",
        )
    return found
