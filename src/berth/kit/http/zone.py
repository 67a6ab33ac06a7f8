"""Times at the border of HTTP: instants with an offset come in, times in a zone of the caller's choice go out."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.kit.localtime import UnknownZone, zone

YEAR_MIN, YEAR_MAX = 1970, 9000


def _written_out(value: Any) -> Any:
    """Refuse what pydantic would take for seconds since 1970: a bare number says nothing of its unit."""
    if isinstance(value, datetime) or (isinstance(value, str) and value[4:5] == "-"):
        return value
    raise ValueError("write a time with its offset, such as 2027-03-01T09:00:00Z")


def _in_reach(moment: datetime) -> datetime:
    try:
        in_utc = moment.astimezone(UTC)
    except OverflowError:
        in_utc = None
    if in_utc is None or not YEAR_MIN <= in_utc.year < YEAR_MAX:
        raise ValueError(f"a time lies between the years {YEAR_MIN} and {YEAR_MAX}")
    return in_utc


Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_written_out),
    AfterValidator(_in_reach),
    Field(description="RFC 3339 with an offset, such as `2027-03-01T09:00:00Z`; in a URL write `+` as `%2B`."),
]
"""An instant as input, answered in UTC; without an offset it is refused."""


@dataclass(frozen=True, slots=True)
class ZoneAsked:
    """The zone that a request asks its answer in, if it asks for one."""

    where: tzinfo | None

    def of(self, principal: Principal) -> tzinfo:
        """Answer the zone asked for, else the caller's own, else UTC."""
        if self.where is not None or principal.timezone is None:
            return self.where or UTC
        try:
            return _zone(principal.timezone)
        except UnknownZone:
            return UTC


async def zone_asked(
    tz: Annotated[
        str | None,
        Query(max_length=64, description="IANA zone of the times in the answer; default: the caller's, else UTC."),
    ] = None,
) -> ZoneAsked:
    """Read ``?tz=``; raise a 422 problem if it is not the name of a zone."""
    try:
        return ZoneAsked(None if tz is None else _zone(tz))
    except UnknownZone as unknown:
        raise Problem(422, "unknown-zone", f"{unknown}.") from unknown


OutputZone = Annotated[ZoneAsked, Depends(zone_asked)]
"""Makes a route take ``?tz=``; ``output_zone.of(principal)`` is the zone to answer in."""


def shown(moment: datetime, where: tzinfo) -> datetime:
    """Answer the instant as a time in the zone; ``reply`` writes it with its offset, and ``Z`` for UTC."""
    return moment.astimezone(where)


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else zone(name)
