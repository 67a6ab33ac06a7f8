"""``berth searches``: searches that you keep, to run them again and to be told when something that fits is free."""

from datetime import timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import RenderableType

from berth.edges.cli import filters, names
from berth.edges.cli.commands.calendars import offers
from berth.edges.cli.commands.slot import End, period, understood
from berth.edges.cli.failure import Misused
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, plain, record, table
from berth.edges.cli.times import (
    instant_of,
    parse_moment,
    show_duration,
    show_item_range,
    show_moment,
    show_ranges,
    zone,
)

searches = typer.Typer(
    name="searches", no_args_is_help=True, help="Keep searches, and be told when something that fits becomes free."
)

Which = Annotated[str, typer.Argument(metavar="SEARCH", help="Its number or its name.")]
SAVE_FORM = "berth searches save NAME START DURATION, such as: 'Big rooms' 2027-03-01T09:00 2h --capacity 12"


@command(searches, "save")
def save(
    session: Session,
    words: Annotated[
        list[str],
        typer.Argument(metavar="NAME START DURATION", help="Its name, when, how long; no DURATION with --end."),
    ],
    end: End = None,
    until: Annotated[str | None, typer.Option("--until", help="Any time of that length from START to here.")] = None,
    text: filters.Text = None,
    kind: filters.Kind = None,
    tag: filters.Tags = None,
    site: filters.Site = None,
    capacity: filters.Capacity = None,
    notify: Annotated[bool, typer.Option("--notify/--no-notify", help="Tell me when something is free.")] = True,
    tz: Zone = None,
) -> None:
    """Keep a search under a name; what becomes free is told in the app and by mail, and not kept for you."""
    named, start, duration = understood(words, has_end=end is not None)
    if len(named) != 1:
        raise Misused("A search has one name, before its start; put it into quotes.", f"Write {SAVE_FORM}")
    query = filters.wanted(session.server, text, kind, tag, site, capacity)
    where = zone(tz) if tz else names.zone_of_search(session.server, query, start, end or "now", until or "now")
    first, last = period(session, start, duration, end, where)
    body: dict[str, Any] = {"name": named[0], "any_of": query, "notify": notify}
    body |= {"start": first.wire, "end": last.wire}
    if until is not None:
        latest = parse_moment(until, where, session.now)
        session.note(latest.note)
        body |= {"end": latest.wire, "minutes": int((last.instant - first.instant).total_seconds() // 60)}
    answer = session.server.post("searches", body, params={"tz": tz})
    session.show(answer, lambda one: _search(session, one, tz))


@command(searches, "list")
def list_searches(
    session: Session,
    over: Annotated[bool, typer.Option("--over", help="Those whose time has passed.", show_default=False)] = False,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List the searches that you keep."""
    state = "over" if over else None
    page = session.server.page("searches", everything=everything, limit=limit, cursor=cursor, state=state, tz=tz)
    session.show(page, lambda it: _table(session, it, tz))


@command(searches, "show")
def show(session: Session, which: Which, tz: Zone = None) -> None:
    """Show a search."""
    id_ = names.search(session.server, which)["id"]
    session.show(session.server.get(f"searches/{id_}", tz=tz), lambda one: _search(session, one, tz))


@command(searches, "run")
def run(session: Session, which: Which, tz: Zone = None, limit: Limit = 10, cursor: Cursor = None) -> None:
    """Run a search again: what is free now, the best first."""
    id_ = names.search(session.server, which)["id"]
    answer = session.server.get(f"searches/{id_}/results", limit=limit, cursor=cursor, tz=tz)
    session.show(answer, lambda page: offers(page, zone(tz) if tz else None))


@command(searches, "rename")
def rename(
    session: Session, which: Which, name: Annotated[str, typer.Argument(metavar="NAME")], tz: Zone = None
) -> None:
    """Give a search another name."""
    _change(session, which, {"name": name}, tz)


@command(searches, "pause")
def pause(session: Session, which: Which, tz: Zone = None) -> None:
    """Keep a search without being told; what becomes free meanwhile is not told later."""
    _change(session, which, {"notify": False}, tz)


@command(searches, "resume")
def resume(session: Session, which: Which, tz: Zone = None) -> None:
    """Be told again when something that fits becomes free."""
    _change(session, which, {"notify": True}, tz)


@command(searches, "remove")
def remove(session: Session, which: Which) -> None:
    """Let a search go."""
    found = names.search(session.server, which)
    session.server.delete(f"searches/{found['id']}")
    session.say(f"“{found['name']}” is removed.")


def _change(session: Session, which: str, change: dict[str, Any], tz: str | None) -> None:
    id_ = names.search(session.server, which)["id"]
    answer = session.server.patch(f"searches/{id_}", change, params={"tz": tz})
    session.show(answer, lambda one: _search(session, one, tz))


def _search(session: Session, one: Any, tz: str | None) -> RenderableType:
    where = _zones(session, [one], tz)[0]
    told = [("last told", show_moment(instant_of(one["told_at"]), where))] if one["told_at"] else []
    return record(
        [
            ("search", one["id"]),
            ("name", one["name"]),
            ("what", _what(one)),
            ("when", _when(one, where)),
            ("told", _told(one)),
            *told,
            *([("run it", f"berth searches run {one['id']}")] if one["state"] == "live" else []),
        ]
    )


def _table(session: Session, page: Any, tz: str | None) -> RenderableType:
    items = page["items"]
    when, ranges = show_ranges(items, _zones(session, items, tz), "when")
    return table(
        ("id", "name", when, "what", "told"),
        [
            (
                one["id"],
                one["name"],
                f"{shown}, {show_duration(timedelta(minutes=one['minutes']))} of it" if one["minutes"] else shown,
                _what(one),
                _told(one),
            )
            for one, shown in zip(items, ranges, strict=True)
        ],
        none="You keep no searches. Save one: berth searches save NAME START DURATION --kind room",
        more=more_pages(page),
        right=("id",),
    )


def _zones(session: Session, items: list[Any], tz: str | None) -> list[ZoneInfo]:
    """Answer the zone in which to show each: that of the resources which fit, else the person's own."""
    if tz:
        return [zone(tz)] * len(items)
    own = None if all(one["timezone"] for one in items) else names.own_zone(session.server)
    return [zone(one["timezone"]) if one["timezone"] else own or zone("UTC") for one in items]


def _told(one: Any) -> str:
    if one["state"] == "over":
        return "its time has passed"
    return "when something is free" if one["notify"] else "paused"


def _when(one: Any, where: ZoneInfo) -> str:
    shown = show_item_range(one, where)
    return f"{show_duration(timedelta(minutes=one['minutes']))} within {shown}" if one["minutes"] else shown


def _what(one: Any) -> str:
    """Answer what a resource has to be like, in words."""
    wish = one["any_of"]
    said = [
        f"“{wish['text']}”" if wish["text"] else None,
        wish["kind"],
        ", ".join(wish["tags"]) or None,
        f"site {wish['site_id']}" if wish["site_id"] else None,
        f"{wish['capacity_min']} seats" if wish["capacity_min"] else None,
    ]
    return plain(", ".join(word for word in said if word) or "anything")
