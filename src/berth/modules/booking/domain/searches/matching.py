"""Which slots of what became free fit a search: each overlaps something that was freed, and could be reserved now."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from berth.contracts.booking.searches import FreeSlot
from berth.contracts.catalog import Opening, Resource
from berth.kit.auth import Role
from berth.modules.booking.domain.gaps import DAY, buffers, within
from berth.modules.booking.domain.life.value import Slot
from berth.modules.booking.domain.offers import key_of
from berth.modules.booking.domain.opening import OpenHours, Range, closed_between
from berth.modules.booking.domain.reservation import occupied
from berth.modules.booking.domain.searches.search import SavedSearch
from berth.modules.booking.domain.waitlist.choosing import Supply, fitting
from berth.modules.booking.domain.waitlist.entry import Wanted

BUFFER_MAX = DAY
"""The longest set-up or tear-down that a policy allows."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Time of a resource that became free and is free: a part of what is free from ``since`` to ``until``.

    Where nothing comes before or behind, these are none. The other members are those of what was freed.
    """

    resource_id: int
    start: datetime
    end: datetime
    since: datetime | None
    until: datetime | None
    briefly: bool = False
    person_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of a resource, none if it is always open, and the zone of its clocks."""

    opening: Opening | None
    timezone: str


def opened(freed: Opened, taken: Iterable[Range]) -> list[Opened]:
    """Answer the parts of freed time that are free.

    ``taken`` is what occupies the resource, in order: the last stretch to start by the start of what was freed, those
    that start within it, and the first one behind.
    """
    found = []
    since: datetime | None = None
    for start, end in taken:
        begin = max(freed.start, since or freed.start)
        if begin < min(start, freed.end):
            found.append(replace(freed, start=begin, end=min(start, freed.end), since=since, until=start))
        if start >= freed.end:
            return found
        since = end
    begin = max(freed.start, since or freed.start)
    if begin < freed.end:
        found.append(replace(freed, start=begin, since=since, until=None))
    return found


def slot_in(wanted: Wanted, resource: Resource, free: Opened, role: Role, now: datetime) -> Slot | None:
    """Answer a slot that fits and takes some of what was freed, if there is one.

    The first one within it comes before one that only ends with it, and that before any that reaches into it.
    """
    supply = Supply({resource.id: resource}, {resource.id: _around(free, wanted)}, now)
    setup, teardown = buffers(resource.policy)
    reaching = free.start - teardown - wanted.length
    firsts = (free.start + setup, free.end - teardown - wanted.length, reaching + timedelta.resolution)
    for first in firsts if wanted.minutes is not None else (wanted.start,):
        slot = fitting(replace(wanted, start=max(wanted.start, first)), [resource], supply, role)
        if slot is not None:
            mine = occupied(resource, slot.start, slot.end)
            if mine.start < free.end and free.start < mine.end:
                return slot
    return None


def possible(wanted: Wanted, resource: Resource, role: Role, now: datetime) -> bool:
    """Tell whether the rules of the resource allow a slot as wanted, whatever occupies it."""
    return fitting(wanted, [resource], Supply({resource.id: resource}, {}, now), role) is not None


def news(
    search: SavedSearch,
    openings: Sequence[Opened],
    resources: Mapping[int, Resource],
    *,
    told: Collection[FreeSlot],
    now: datetime,
    most: int,
) -> list[FreeSlot]:
    """Answer up to ``most`` slots to tell of, by their starts.

    Nobody is told of what he gave back himself; nor again of what was told and since then has only been kept for
    somebody who did not take it.
    """
    wanted, role = search.wanted, Role(search.owner_role)
    mine = frozenset(wanted.resource_ids)
    found: dict[tuple[int, datetime], FreeSlot] = {}
    for one in openings:
        resource = resources.get(one.resource_id)
        if one.resource_id not in mine or resource is None or not _may_fit(wanted, one):
            continue
        slot = None if search.owner_id in one.person_ids else slot_in(wanted, resource, one, role, now)
        if slot is None or (one.briefly and _was_told(told, one.resource_id, slot)):
            continue
        found[one.resource_id, slot.start] = FreeSlot(one.resource_id, slot.start, slot.end)
        if len(found) >= most:
            break
    return sorted(found.values(), key=lambda one: key_of(resources[one.resource_id], one.start))


def newly_open(before: Hours, after: Hours, window: Range) -> list[Range]:
    """Answer when a resource is open within a window, and was not by the hours that it had before."""
    hours = OpenHours(*window)
    was, now = hours.of(before.opening, before.timezone), hours.of(after.opening, after.timezone)
    return [gap for start, end in now for gap in closed_between(within(was, start, end), start, end)]


def _around(free: Opened, wanted: Wanted) -> list[Range]:
    """Answer what may not be taken, as far as it matters: all but the free time around what was freed."""
    found = []
    if free.since is not None:
        found.append((min(free.since, wanted.start) - 2 * BUFFER_MAX, free.since))
    if free.until is not None:
        found.append((free.until, max(free.until, wanted.end) + 2 * BUFFER_MAX))
    return found


def _may_fit(wanted: Wanted, free: Opened) -> bool:
    """Tell whether it is worth while to look closely; most of what is freed is too short, or at another time."""
    if free.start >= wanted.end + BUFFER_MAX or free.end <= wanted.start - BUFFER_MAX:
        return False
    start = wanted.start if free.since is None else max(free.since, wanted.start)
    end = wanted.end if free.until is None else min(free.until, wanted.end)
    return end - start >= wanted.length


def _was_told(told: Iterable[FreeSlot], resource_id: int, slot: Slot) -> bool:
    return any(one.resource_id == resource_id and one.start < slot.end and slot.start < one.end for one in told)
