"""A search that somebody keeps, to be told when something that fits becomes free."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from berth.contracts.catalog import ResourceQuery
from berth.modules.booking.domain.waitlist.entry import Wanted


class SearchState(StrEnum):
    """The states of a search: it is over once its time has passed."""

    LIVE = "live"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search, with the time and the resources as somebody wants them who waits in line.

    ``wanted`` is for any one of its resources: those that fit, and of which the rules let the owner have a slot.
    ``owner_role`` is the one by which the rules are asked. ``told_at`` is when the owner was last told.
    """

    id: int
    state: SearchState
    owner_id: int
    owner_role: str
    name: str
    wanted: Wanted
    created_at: datetime
    notify: bool
    told_at: datetime | None = None

    @property
    def query(self) -> ResourceQuery:
        """Answer what a resource has to be like."""
        return self.wanted.any_of or ResourceQuery()


def sought(
    query: ResourceQuery, start: datetime, end: datetime, minutes: int | None, resource_ids: tuple[int, ...] = ()
) -> Wanted:
    """Answer what a search is for: any one resource that fits it, for one person or for as many as it says."""
    return Wanted(resource_ids, query, start, end, minutes, 1, "", None)
