"""What a sign at the door says: free, busy or closed, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from berth.contracts.catalog import Resource
from berth.kit.localtime import zone
from berth.modules.booking.domain.opening import Range, open_ranges

HOURS_AHEAD = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a resource; ``until`` is when the next state begins, ``None`` if that is not in sight."""

    state: Literal["free", "busy", "closed", "retired"]
    until: datetime | None


def status(resource: Resource, busy: Sequence[Range], now: datetime) -> Status:
    """Answer the state now, given what occupies the resource from now on, in order."""
    if resource.retired:
        return Status("retired", None)
    if busy and busy[0][0] <= now:
        return Status("busy", _end_of_chain(busy))
    horizon = now + HOURS_AHEAD
    hours = open_ranges(resource.opening, zone(resource.timezone), now, horizon)
    if not hours or hours[0][0] > now:
        return Status("closed", hours[0][0] if hours else None)
    changes = [hours[0][1]] if hours[0][1] < horizon else []
    changes += [start for start, _ in busy[:1]]
    return Status("free", min(changes, default=None))


def _end_of_chain(busy: Sequence[Range]) -> datetime:
    """Answer when the first occupied stretch and those that follow without a break are over."""
    end = busy[0][1]
    for start, following in busy[1:]:
        if start > end:
            break
        end = following
    return end
