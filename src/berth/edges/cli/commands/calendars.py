"""When things are taken and when they are free: ``status``, ``schedule``, ``availability`` and ``berth free``."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import RenderableType
from rich.text import Text

from berth.edges.cli import filters, names
from berth.edges.cli.commands.resources import Which
from berth.edges.cli.session import Cursor, Limit, Session, Zone
from berth.edges.cli.tables import more_pages, plain, table
from berth.edges.cli.times import (
    instant_of,
    parse_duration,
    parse_moment,
    show_duration,
    show_item_range,
    show_moment,
    show_ranges,
    zone,
)

From = Annotated[str, typer.Option("--from", help="Such as 2027-03-01T09:00, 'tomorrow 09:00', 09:00 or now.")]
Until = Annotated[str | None, typer.Option("--until", help="Else a week later.")]
WEEK = timedelta(days=7)


def status(session: Session, which: Which) -> None:
    """Show whether a resource is free now, and until when."""
    found = names.resource(session.server, which)
    where = zone(found["timezone"])
    answer = session.server.get(f"resources/{found['id']}/status")
    session.show(answer, lambda one: _status(found["name"], one, where))


def _status(name: str, answer: Any, where: ZoneInfo) -> RenderableType:
    until = f" until {show_moment(instant_of(answer['until']), where)}" if answer.get("until") else ""
    lines = [f"{plain(name)} is {answer['state']}{until}."]
    if answer.get("current"):
        lines.append(f"now   {show_item_range(answer['current'], where)}  {_busy(answer['current'])}")
    if answer.get("next"):
        lines.append(f"next  {show_item_range(answer['next'], where)}  {_busy(answer['next'])}")
    return Text("\n".join(lines))


def _busy(one: Any) -> str:
    owner = one.get("owner")
    named = owner.get("name") if isinstance(owner, dict) else owner
    said = [one.get("title") or ("closed" if one.get("kind") == "blackout" else "reserved"), named]
    return " · ".join(plain(part) for part in said if part)


def schedule(session: Session, which: Which, start: From = "now", end: Until = None, tz: Zone = None) -> None:
    """Show when a resource is taken; what others reserved has no names."""
    found = names.resource(session.server, which)
    where = zone(tz or found["timezone"])
    period = _period(session, start, end, where)
    answer = session.server.get(f"resources/{found['id']}/schedule", **period)
    session.show(answer, lambda page: _intervals(page, where, f"{plain(found['name'])} is free all the time."))


def availability(
    session: Session,
    which: Which,
    duration: Annotated[str | None, typer.Argument(help="At least this long: 1h30m.")] = None,
    start: From = "now",
    end: Until = None,
    tz: Zone = None,
) -> None:
    """Show when a resource can be reserved, within its opening hours."""
    found = names.resource(session.server, which)
    where = zone(tz or found["timezone"])
    period = _period(session, start, end, where)
    minutes = _minutes(duration) if duration else None
    answer = session.server.get(f"resources/{found['id']}/availability", minutes=minutes, **period)
    session.show(answer, lambda page: _free(page, where, f"{plain(found['name'])} has no such free time then."))


def free(
    session: Session,
    duration: Annotated[str, typer.Argument(help="How long: 2h, 1h30m.")],
    text: filters.Text = None,
    kind: filters.Kind = None,
    tag: filters.Tags = None,
    site: filters.Site = None,
    capacity: filters.Capacity = None,
    start: From = "now",
    end: Until = None,
    tz: Zone = None,
    limit: Limit = 10,
    cursor: Cursor = None,
) -> None:
    """Find any resource and time that fits, the best first."""
    query = filters.wanted(session.server, text, kind, tag, site, capacity)
    where = zone(tz) if tz else names.zone_of_search(session.server, query, start, end or "now")
    period = _period(session, start, end, where)
    answer = session.server.get("free", minutes=_minutes(duration), limit=limit, cursor=cursor, **query, **period)
    session.show(answer, lambda page: offers(page, where if tz else None))


def offers(page: Any, where: ZoneInfo | None) -> RenderableType:
    """Answer what is free as a table, each in the zone of its resource unless another is asked for."""
    items = page["items"]
    zones = [where or zone(one["resource"]["timezone"]) for one in items]
    heading, ranges = show_ranges(items, zones, "free")
    rows = [
        (one["resource"]["name"], one["resource"]["capacity"], shown, one["resource"]["tags"])
        for one, shown in zip(items, ranges, strict=True)
    ]
    none = "Nothing that fits is free then. Ask for less, or for another time."
    more = more_pages(page, "--limit 100") or "Take one: berth reservations create NAME START DURATION --title …"
    return table(("resource", "capacity", heading, "tags"), rows, none=none, more=more, right=("capacity",))


def _minutes(duration: str) -> int:
    return int(parse_duration(duration).total_seconds()) // 60


def _period(session: Session, start: str, end: str | None, where: ZoneInfo) -> dict[str, str]:
    """Answer the period as the API takes it; without an end it is a week."""
    first = parse_moment(start, where, session.now)
    session.note(first.note)
    if end is None:
        return {"from": first.wire, "until": (first.instant + WEEK).isoformat()}
    last = parse_moment(end, where, session.now)
    session.note(last.note)
    return {"from": first.wire, "until": last.wire}


def _intervals(page: Any, where: ZoneInfo, none: str) -> RenderableType:
    heading, ranges = show_ranges(page["items"], [where] * len(page["items"]), "taken")
    rows = [(shown, _busy(one), one.get("reservation_id")) for one, shown in zip(page["items"], ranges, strict=True)]
    return table((heading, "what", "reservation"), rows, none=none, more=more_pages(page), right=("reservation",))


def _free(page: Any, where: ZoneInfo, none: str) -> RenderableType:
    heading, ranges = show_ranges(page["items"], [where] * len(page["items"]), "free")
    rows = [(shown, show_duration(_length(one))) for one, shown in zip(page["items"], ranges, strict=True)]
    return table((heading, "length"), rows, none=none, more=more_pages(page), right=("length",))


def _length(one: Any) -> timedelta:
    first, last = (datetime.fromisoformat(one[key]) for key in ("start", "end"))
    return last - first
