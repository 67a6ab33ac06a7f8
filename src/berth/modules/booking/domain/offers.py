"""Which resource can be had soonest: candidates in the order in which they would be offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from berth.contracts.catalog import Policy, Resource
from berth.modules.booking.domain.gaps import Wish, first_start, wish_for, within
from berth.modules.booking.domain.opening import OpenHours, Range

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
    """What resources of one policy, zone and opening have in common; ``first`` is their earliest start if free."""

    wish: Wish
    hours: Sequence[Range]
    first: datetime

    @property
    def needed(self) -> timedelta:
        """Answer how long a gap in the calendar must be: the length wished for, with set-up and tear-down."""
        return self.wish.setup + self.wish.length + self.wish.teardown

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


@dataclass(frozen=True, slots=True)
class Question:
    """Is the resource free at this start, and if not, when is it next?"""

    resource: Resource
    terms: Terms
    start: datetime

    @property
    def earliest(self) -> datetime:
        """Answer from when on the calendar must have a gap."""
        return self.start - self.terms.wish.setup


class Candidates:
    """A queue of resources by the earliest start that is not yet ruled out.

    Only the calendar knows whether a start is free, so a resource waits at a start that is open and
    allowed; once the calendar has said that it is free it is sure, else it waits again at a later one.
    Whoever is sure and first in the queue is the best of all.
    """

    def __init__(self, resources: Iterable[Resource], window: Window, now: datetime) -> None:
        self._resources = {one.id: one for one in resources}
        self._window = window
        self._now = now
        self._hours = OpenHours(window.since, window.until)
        self._shared: dict[tuple[Policy, str, int], Terms | None] = {}
        self._queue: list[tuple[Key, bool]] = []
        for one in self._resources.values():
            terms = self._terms_of(one)
            if terms is not None:
                self._queue.append((key_of(one, terms.first), False))
        heapify(self._queue)

    def best(self) -> Offer | None:
        """Take the next offer off the queue; ``None`` if the calendar must be asked first, or nobody is left."""
        if not self._queue or not self._queue[0][1]:
            return None
        key, _ = heappop(self._queue)
        return Offer(self._resources[key[3]], key[0], key[0] + self._window.length)

    def unsure(self, most: int) -> list[Question]:
        """Take up to ``most`` resources that are not sure off the queue, to ask the calendar about them."""
        taken: list[Question] = []
        sure: list[tuple[Key, bool]] = []
        while self._queue and len(taken) < most:
            entry = heappop(self._queue)
            if entry[1]:
                sure.append(entry)
                continue
            resource = self._resources[entry[0][3]]
            terms = self._terms_of(resource)
            if terms is not None:
                taken.append(Question(resource, terms, entry[0][0]))
        for entry in sure:
            heappush(self._queue, entry)
        return taken

    def settle(self, question: Question, gaps: Sequence[Range], *, all_known: bool) -> None:
        """Queue a resource again, given its next gaps; without a fitting one, and all of them known, it is out."""
        resource, terms = question.resource, question.terms
        for gap in gaps:
            start = terms.start_in(gap)
            if start is not None:
                heappush(self._queue, (key_of(resource, start), True))
                return
        later = None if all_known else terms.start_from(gaps[-1][1])
        if later is not None:
            heappush(self._queue, (key_of(resource, later), False))

    def _terms_of(self, resource: Resource) -> Terms | None:
        """Answer the terms of a resource; ``None`` if its hours and policy leave no start."""
        shared = (resource.policy, resource.timezone, id(resource.opening))
        if shared not in self._shared:
            self._shared[shared] = self._new_terms(resource)
        return self._shared[shared]

    def _new_terms(self, resource: Resource) -> Terms | None:
        window = self._window
        wish = wish_for(resource, window.length, now=self._now, since=window.since, until=window.until)
        hours = self._hours.of(resource.opening, resource.timezone)
        first = None if wish is None else first_start(hours, wish)
        return None if wish is None or first is None else Terms(wish, hours, first)


def key_of(resource: Resource, start: datetime) -> Key:
    """Answer the place of a resource offered at this start."""
    capacity = CAPACITY_UNKNOWN if resource.capacity is None else resource.capacity
    return start, capacity, resource.name, resource.id
