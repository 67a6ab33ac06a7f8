"""``berth reservations``: what is reserved, and giving it up."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.client import Server
from berth.edges.cli.failure import Misused
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, plain, record, table
from berth.edges.cli.times import instant_of, parse_moment, show_item_range, show_moment, show_ranges

reservations = typer.Typer(name="reservations", no_args_is_help=True, help="Reserve, look up, move and cancel.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="The reservation's number.")]
States = Annotated[list[str] | None, typer.Option("--state", help="Such as ready or cancelled. Repeat.")]


def reservation(one: Any, zones: names.Zones) -> RenderableType:
    """Answer a reservation, a line for each member."""
    return record(
        [
            ("reservation", one["id"]),
            ("state", one["state"]),
            *([("reason", one["cancel_reason"])] if one.get("cancel_reason") else []),
            ("when", show_item_range(one, zones.of_item(one))),
            ("what", ", ".join(plain(each["name"]) for each in one["resources"])),
            ("title", one["title"]),
            *([("description", one["description"])] if one.get("description") else []),
            ("owner", one["owner"]["name"]),
            *_progress(one, zones),
        ]
    )


def _progress(one: Any, zones: names.Zones) -> list[tuple[str, str]]:
    """Answer what a reservation waits for, has, and is to be moved to."""
    lines = []
    if one.get("confirmations"):
        lines.append(("confirmed by", _steps(one["confirmations"])))
    move = one.get("move")
    if move:
        lines.append(("moves to", show_item_range(move, zones.of_item(move))))
        lines.append(("once it has", _steps(move["confirmations"])))
    return lines


def _steps(confirmations: Any) -> str:
    return ", ".join(f"{each['step']} ({each['state']})" for each in confirmations)


def reservations_table(page: Any, zones: names.Zones, *, none: str, owners: bool = False) -> RenderableType:
    """Answer a page of reservations, each in the zone of its resource."""
    items = page["items"]
    when, ranges = show_ranges(items, [zones.of_item(one) for one in items], "when")
    return table(
        ("id", when, "what", "title", "state", *(["owner"] if owners else [])),
        [
            (
                one["id"],
                shown,
                ", ".join(plain(each["name"]) for each in one["resources"]),
                one["title"],
                one["state"],
                *([one["owner"]["name"]] if owners else []),
            )
            for one, shown in zip(items, ranges, strict=True)
        ],
        none=none,
        more=more_pages(page),
        right=("id",),
        whole=("id", "state", when if "(" in when else ""),
    )


@command(reservations, "list")
def list_reservations(
    session: Session,
    everybody: Annotated[bool, typer.Option("--everybody", help="Not only yours (administrators).")] = False,
    owner: Annotated[str | None, typer.Option(help="A person's (administrators).")] = None,
    resource: Annotated[str | None, typer.Option(help="Id or exact name.")] = None,
    state: States = None,
    start: Annotated[str | None, typer.Option("--from", help="What ends after this time.")] = None,
    end: Annotated[str | None, typer.Option("--until", help="What starts before this time.")] = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List your reservations, the latest first; --everybody: all, by start."""
    server = session.server
    zones = names.Zones(server, tz)
    query: dict[str, Any] = {"state": state, "tz": tz}
    where = zones.of([]) if tz else None
    if resource:
        found = names.resource(server, resource)
        zones.know(found)
        query["resource_id"] = found["id"]
        where = where or zones.of([found["id"]])
    for name, text in (("from", start), ("until", end)):
        if text:
            where = where or names.own_zone(server)
            moment = parse_moment(text, where, session.now)
            session.note(moment.note)
            query[name] = moment.wire
    if owner:
        query["owner_id"] = names.user(server, owner)["id"]
    others = everybody or owner is not None
    path = "reservations" if others else "reservations/my"
    page = server.page(path, everything=everything, limit=limit, cursor=cursor, **query)
    session.show(page, lambda it: reservations_table(it, zones, none="No reservation fits.", owners=others))


@command(reservations, "upcoming")
def upcoming(
    session: Session, tz: Zone = None, limit: Limit = 50, cursor: Cursor = None, everything: Everything = False
) -> None:
    """List your reservations that are under way or ahead, the next first."""
    page = session.server.page("reservations/upcoming", everything=everything, limit=limit, cursor=cursor, tz=tz)
    zones = names.Zones(session.server, tz)
    session.show(page, lambda it: reservations_table(it, zones, none="Nothing is ahead."))


@command(reservations, "show")
def show(session: Session, id: Id, tz: Zone = None) -> None:
    """Show a reservation."""
    zones = names.Zones(session.server, tz)
    session.show(session.server.get(f"reservations/{id}", tz=tz), lambda one: reservation(one, zones))


@command(reservations, "edit")
def edit(
    session: Session,
    id: Id,
    title: Annotated[str | None, typer.Option("--title", "-t")] = None,
    description: Annotated[str | None, typer.Option("--description", "-d")] = None,
) -> None:
    """Change what a reservation says it is for."""
    changes = {key: text for key, text in (("title", title), ("description", description)) if text is not None}
    if not changes:
        raise Misused("There is nothing to change.", "Say what: --title or --description")
    zones = names.Zones(session.server, None)
    session.show(session.server.patch(f"reservations/{id}", changes), lambda one: reservation(one, zones))


@command(reservations, "cancel")
def cancel(
    session: Session,
    id: Id,
    reason: Annotated[str | None, typer.Option(help="Why; its owner and the history see it.")] = None,
) -> None:
    """Give a reservation up; its slot is free at once."""
    zones = names.Zones(session.server, None)
    answer = session.server.post(f"reservations/{id}/cancel", {"reason": reason} if reason else {})
    session.show(answer, lambda one: reservation(one, zones))


@command(reservations, "history")
def history(session: Session, id: Id, tz: Zone = None) -> None:
    """Show all that happened to a reservation, oldest first."""
    server = session.server
    answer = server.get(f"reservations/{id}/history", tz=tz)
    zones = names.Zones(server, tz)
    session.show(answer, lambda page: _history(page, zones, server))


def _history(page: Any, zones: names.Zones, server: Server) -> RenderableType:
    states = [state for entry in page["items"] for state in (entry["before"], entry["after"])]
    known = names.resource_names(server, [id_ for state in states for id_ in state.get("resource_ids") or ()])
    where = zones.of(list(known))
    return table(
        (f"when ({where.key})", "what", "who", "change"),
        [
            (
                show_moment(instant_of(entry["changed_at"]), where).removesuffix(f" {where.key}"),
                entry["what"],
                entry["actor"]["name"],
                "\n".join(_changes(entry, known, where)),
            )
            for entry in page["items"]
        ],
        none="Nothing happened to it yet.",
    )


def _changes(entry: Any, known: Mapping[int, str], where: ZoneInfo) -> Iterator[str]:
    """Answer a line for each member that changed, old and new."""
    before, after = (_readable(entry[side], known, where) for side in ("before", "after"))
    for member, value in after.items():
        old = before.get(member)
        if old != value:
            yield f"{member}: {old} → {value}" if old else f"{member}: {value}"


def _readable(state: Any, known: Mapping[int, str], where: ZoneInfo) -> dict[str, str]:
    shown = {}
    for member, value in state.items():
        if member in ("start", "end") and value:
            shown[member] = show_moment(instant_of(value), where).removesuffix(f" {where.key}")
        elif member == "resource_ids":
            shown["what"] = plain([known.get(id_, f"id {id_}") for id_ in value])
        elif value not in (None, ""):
            shown[member] = plain(value)
    return shown
