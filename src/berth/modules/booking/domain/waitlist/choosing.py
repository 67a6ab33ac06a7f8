"""Which slot an entry gets of what is free: the earliest that its wish and the rules of the resources allow."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from berth.contracts.catalog import Resource
from berth.kit.auth import Role
from berth.kit.localtime import zone
from berth.modules.booking.domain.gaps import Wish, buffers, first_start, free_gaps, length_allowed, wish_for
from berth.modules.booking.domain.life.value import Slot
from berth.modules.booking.domain.offers import smallest_first
from berth.modules.booking.domain.opening import Range, open_ranges
from berth.modules.booking.domain.policy import Attempt, Refusal, refusals
from berth.modules.booking.domain.reservation import occupied
from berth.modules.booking.domain.waitlist.entry import NOTICE, Entry, Wanted

AGREEING_TRIES_MAX = 1000
"""So often several resources are asked for a start that suits all; grids that never meet end here."""

PASSING = frozenset({"horizon_days_max"})
"""The rules that refuse now, and may not later."""

LASTING = frozenset({"retired", "reservable_by", "minutes_min", "minutes_max"})
"""The rules that refuse whatever start is chosen; the grid does too, if the length is none of its steps."""

Calendars = Mapping[int, Sequence[Range]]
"""When resources are occupied, by id: sorted ranges, set-up and tear-down included."""


@dataclass(frozen=True, slots=True)
class Supply:
    """What may be given away: the resources, what occupies them, and when that is decided."""

    resources: Mapping[int, Resource]
    busy: Calendars
    now: datetime


def chosen(entry: Entry, supply: Supply, of: Collection[int] | None = None) -> Slot | None:
    """Answer the slot that the entry is to be offered, if there is one; of any one resource, it is one in ``of``."""
    wanted, role = entry.wanted, Role(entry.owner_role)
    if wanted.any_of is None:
        named = [supply.resources[id_] for id_ in wanted.resource_ids if id_ in supply.resources]
        return fitting(wanted, named, supply, role) if len(named) == len(wanted.resource_ids) else None
    asked = set(wanted.resource_ids) if of is None else set(wanted.resource_ids) & set(of)
    found = [supply.resources[id_] for id_ in sorted(asked) if id_ in supply.resources]
    slots = [slot for one in smallest_first(found) if (slot := fitting(wanted, [one], supply, role))]
    return min(slots, key=lambda slot: slot.start, default=None)


def fitting(wanted: Wanted, resources: Sequence[Resource], supply: Supply, role: Role) -> Slot | None:
    """Answer the first slot at which all these resources are free, have room and may be reserved, if there is one."""
    start = _exactly(wanted, resources, supply) if wanted.minutes is None else _earliest(wanted, resources, supply)
    if start is None:
        return None
    attempt = Attempt(role, start, start + wanted.length, supply.now)
    if not room_for(resources, wanted.people) or any(refusals(one, attempt) for one in resources):
        return None
    return Slot(start, start + wanted.length, tuple(one.id for one in resources))


def room_for(resources: Iterable[Resource], people: int) -> bool:
    """Tell whether so many people find room; a resource without a capacity has room for all."""
    capacities = [one.capacity for one in resources]
    return any(one is None for one in capacities) or sum(one or 0 for one in capacities) >= people


def hopeless(wanted: Wanted, resources: Sequence[Resource], role: Role, now: datetime) -> list[Refusal]:
    """Answer the rules that will refuse the wish at any time; of a flexible one, those that no start can satisfy."""
    if wanted.minutes is None:
        attempt = Attempt(role, wanted.start, wanted.end, now)
        return [one for each in resources for one in refusals(each, attempt) if one.rule not in PASSING]
    found = []
    for each in resources:
        latest = max(wanted.end - wanted.length, now + NOTICE)
        refused = refusals(each, Attempt(role, latest, latest + wanted.length, now))
        always = LASTING if length_allowed(each.policy, wanted.length) else {*LASTING, "granularity_minutes"}
        found += [one for one in refused if one.rule in always]
    return found


def _exactly(wanted: Wanted, resources: Sequence[Resource], supply: Supply) -> datetime | None:
    if wanted.start < supply.now + NOTICE:
        return None
    for one in resources:
        mine = occupied(one, wanted.start, wanted.end)
        if any(start < mine.end and mine.start < end for start, end in supply.busy.get(one.id, ())):
            return None
    return wanted.start


def _earliest(wanted: Wanted, resources: Sequence[Resource], supply: Supply) -> datetime | None:
    """Answer the first start that suits all the resources: each in turn is asked from the last one's answer on."""
    since = max(wanted.start, supply.now + NOTICE)
    if since + wanted.length > wanted.end:
        return None
    found = [_gaps(wanted, one, supply, since) for one in resources]
    start, agreed = since, 0
    for turn in range(AGREEING_TRIES_MAX):
        gaps, wish = found[turn % len(found)]
        if wish is None:
            return None
        suits = first_start(gaps, wish._replace(earliest=max(start, wish.earliest)))
        if suits is None:
            return None
        agreed = agreed + 1 if suits == start else 1
        start = suits
        if agreed >= len(found):
            return start
    return None


def _gaps(wanted: Wanted, one: Resource, supply: Supply, since: datetime) -> tuple[list[Range], Wish | None]:
    wish = wish_for(one, wanted.length, now=supply.now, since=since, until=wanted.end)
    if wish is None:
        return [], None
    hours = open_ranges(one.opening, zone(one.timezone), since, wanted.end)
    setup, teardown = buffers(one.policy)
    return free_gaps(supply.busy.get(one.id, ()), hours, setup=setup, teardown=teardown), wish


def reach(wanted: Wanted, resources: Iterable[Resource]) -> Range:
    """Answer the time whose occupation matters for the wish: its own, with set-up and tear-down around it."""
    sides = [buffers(one.policy) for one in resources]
    before = max((setup for setup, _ in sides), default=timedelta())
    after = max((teardown for _, teardown in sides), default=timedelta())
    return wanted.start - before, wanted.end + after
