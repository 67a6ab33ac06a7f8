"""Which resource can be had soonest: candidates in the order in which they would be offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from berth.contracts.catalog import Policy, Resource
from berth.modules.booking.domain.gaps import Wish, first_start, wish_for, within
from berth.modules.booking.domain.opening import OpenHours, Range
from berth.modules.booking.domain.steps import MINUTE

CAPACITY_UNKNOWN = 2**31

Key = tuple[datetime, int, str, int]
"""What offers are ordered by: the earliest start, then the smallest capacity, then name and id."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A resource and the earliest time at which it can be reserved as wished."""

    resource: Resource
    start: datetime
    end: datetime

    @property
    def key(self) -> Key:
        """Answer the place of the offer among all offers."""
        return key_of(self.resource, self.start)


@dataclass(frozen=True, slots=True)
class Terms:
    """What resources of one policy, zone and opening have in common.

    ``first`` is their earliest start, if nothing occupies them. ``setup_minutes`` lie before a start, and
    ``needed_minutes`` are how long a gap in the calendar must be, with set-up and tear-down.
    """

    wish: Wish
    hours: Sequence[Range]
    first: datetime
    setup_minutes: int
    needed_minutes: int

    def start_in(self, gap: Range) -> datetime | None:
        """Answer the earliest start of a reservation that occupies only time of the gap."""
        return first_start(within(self.hours, gap[0] + self.wish.setup, gap[1] - self.wish.teardown), self.wish)

    def start_from(self, instant: datetime) -> datetime | None:
        """Answer the earliest start, occupancy apart, that is not before the instant."""
        return first_start(within(self.hours, instant, self.hours[-1][1]), self.wish)


@dataclass(frozen=True, slots=True)
class Window:
    """The length of the reservation wished for, and the time within which it must lie."""

    length: timedelta
    since: datetime
    until: datetime


Entry = tuple[datetime, int, str, int, Resource, Terms]
"""A key with the resource and its terms."""


class Candidates:
    """Resources by the earliest start that is not yet ruled out.

    Only the calendar knows whether a start is free. So a resource waits at a start that is open and allowed;
    once the calendar has said that it is free it is sure, else it waits again at a later one. Whoever is
    sure and before all others is the best.
    """

    def __init__(self, resources: Iterable[Resource], window: Window, now: datetime) -> None:
        self._window = window
        self._now = now
        self._hours = OpenHours(window.since, window.until)
        self._shared: dict[tuple[Policy, str, int], Terms | None] = {}
        self._sure: list[Entry] = []
        self._later: list[Entry] = []
        self._new: list[Entry] = []
        for one in resources:
            terms = self._terms_of(one)
            if terms is not None:
                self._new.append((*key_of(one, terms.first), one, terms))
        self._new.sort(reverse=True)

    def best(self) -> Offer | None:
        """Take the next offer; ``None`` if the calendar must be asked first, or nobody is left."""
        if not self._sure:
            return None
        first = self._sure[0]
        if (self._new and self._new[-1] < first) or (self._later and self._later[0] < first):
            return None
        start, *_, resource, _ = heappop(self._sure)
        return Offer(resource, start, start + self._window.length)

    def whether(self, most: int) -> list[Entry]:
        """Take up to ``most`` that the calendar was never asked about, in order, if one of them comes next."""
        if not self._new or (self._later and self._later[0] < self._new[-1]):
            return []
        taken = self._new[: -most - 1 : -1]
        del self._new[-most:]
        return taken

    def when(self, most: int) -> list[Entry]:
        """Take up to ``most`` that were not free at their first start, in order."""
        return [heappop(self._later) for _ in range(min(most, len(self._later)))]

    def settle_whether(self, asked: Sequence[Entry], free_ids: Sequence[int], *, all_known: bool) -> None:
        """Take the answer about first starts: who is free is sure, others wait for a later start.

        Unless all are known, the calendar gave up after the last of those that it found free.
        """
        known = len(asked)
        if not all_known:
            known = 1 + next(place for place, entry in enumerate(asked) if entry[3] == free_ids[-1])
        free = set(free_ids)
        for entry in asked[:known]:
            if entry[3] in free:
                heappush(self._sure, entry)
            else:
                heappush(self._later, (entry[0] + datetime.resolution, *entry[1:]))
        self._new += reversed(asked[known:])

    def settle_when(self, entry: Entry, gaps: Sequence[Range], *, all_known: bool) -> None:
        """Take the answer about somebody's next gaps; without a fitting one, and all of them known, it is out."""
        resource, terms = entry[4:]
        for gap in gaps:
            start = terms.start_in(gap)
            if start is not None:
                heappush(self._sure, (*key_of(resource, start), resource, terms))
                return
        later = None if all_known else terms.start_from(gaps[-1][1])
        if later is not None:
            heappush(self._later, (*key_of(resource, later), resource, terms))

    def _terms_of(self, resource: Resource) -> Terms | None:
        """Answer the terms of a resource; ``None`` if its hours and policy leave no start."""
        shared = (resource.policy, resource.timezone, id(resource.opening))
        try:
            return self._shared[shared]
        except KeyError:
            terms = self._shared[shared] = self._new_terms(resource)
            return terms

    def _new_terms(self, resource: Resource) -> Terms | None:
        window = self._window
        wish = wish_for(resource, window.length, now=self._now, since=window.since, until=window.until)
        hours = self._hours.of(resource.opening, resource.timezone)
        first = None if wish is None else first_start(hours, wish)
        if wish is None or first is None:
            return None
        needed = wish.setup + wish.length + wish.teardown
        return Terms(wish, hours, first, wish.setup // MINUTE, needed // MINUTE)


def smallest_first(resources: Iterable[Resource]) -> list[Resource]:
    """Answer the resources with the smallest capacity first, those without one last; then by name and id."""
    return sorted(resources, key=_size)


def key_of(resource: Resource, start: datetime) -> Key:
    """Answer the place of a resource offered at this start."""
    return start, *_size(resource)


def _size(resource: Resource) -> tuple[int, str, int]:
    capacity = CAPACITY_UNKNOWN if resource.capacity is None else resource.capacity
    return capacity, resource.name, resource.id
