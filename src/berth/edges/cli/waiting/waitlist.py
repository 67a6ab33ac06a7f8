"""``berth waitlist``: waiting for what is taken, and answering when it is your turn."""

from datetime import timedelta
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import filters, names
from berth.edges.cli.commands.reservations import reservation
from berth.edges.cli.commands.reserving import Description, Title
from berth.edges.cli.commands.slot import End, ResourceNames, Words, read_slot
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, plain, record, table
from berth.edges.cli.times import instant_of, parse_moment, show_duration, show_item_range, show_moment, show_ranges

waitlist = typer.Typer(name="waitlist", no_args_is_help=True, help="Wait for what is taken, first come, first served.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="The number in berth waitlist list.")]
States = Annotated[list[str] | None, typer.Option("--state", help="Such as waiting or left. Repeat.")]
NAMED_MAX = 3


@command(waitlist, "join")
def join(
    session: Session,
    words: Words,
    resource: ResourceNames = None,
    end: End = None,
    until: Annotated[str | None, typer.Option("--until", help="Any time of that length from START to here.")] = None,
    people: Annotated[int, typer.Option("--people", min=1, help="How many have to find room.")] = 1,
    title: Title = None,
    description: Description = None,
    any_: Annotated[bool, typer.Option("--any", help="Any that fits.")] = False,
    text: filters.Text = None,
    kind: filters.Kind = None,
    tag: filters.Tags = None,
    site: filters.Site = None,
    capacity: filters.Capacity = None,
    tz: Zone = None,
) -> None:
    """Stand in line for a resource, several together, or with --any for one that fits."""
    query = filters.wanted(session.server, text, kind, tag, site, capacity)
    slot = read_slot(session, words, resource, end, query, tz, any_=any_)
    body = slot.body | {"people": people, "title": title or ""}
    if until is not None:
        length = slot.end.instant - slot.start.instant
        latest = parse_moment(until, slot.where, session.now)
        session.note(latest.note)
        body |= {"end": latest.wire, "minutes": int(length.total_seconds() // 60)}
    if description:
        body["description"] = description
    answer = session.server.post("waitlist", body, params={"tz": tz})
    session.show(answer, lambda one: _entry(one, slot.zones))


@command(waitlist, "list")
def list_waitlist(
    session: Session,
    resource: Annotated[str | None, typer.Option(help="Everybody who waits for it (administrators).")] = None,
    state: States = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List what you wait for, with your position or your offer."""
    server, zones = session.server, names.Zones(session.server, tz)
    path = f"resources/{names.resource(server, resource)['id']}/waitlist" if resource else "waitlist"
    page = server.page(path, everything=everything, limit=limit, cursor=cursor, state=state, tz=tz)
    session.show(page, lambda it: _table(it, zones))


@command(waitlist, "show")
def show(session: Session, id: Id, tz: Zone = None) -> None:
    """Show a place."""
    zones = names.Zones(session.server, tz)
    session.show(session.server.get(f"waitlist/{id}", tz=tz), lambda one: _entry(one, zones))


@command(waitlist, "accept")
def accept(session: Session, id: Id, tz: Zone = None) -> None:
    """Reserve what is offered to you."""
    zones = names.Zones(session.server, tz)
    answer = session.server.post(f"waitlist/{id}/accept", params={"tz": tz})
    session.show(answer, lambda one: reservation(one, zones))


@command(waitlist, "decline")
def decline(session: Session, id: Id) -> None:
    """Let the offer go to the next in line; your place is given up with it."""
    session.server.post(f"waitlist/{id}/decline")
    session.say("Declined; it goes to the next in line.")


@command(waitlist, "leave")
def leave(session: Session, id: Id) -> None:
    """Leave the line."""
    session.server.delete(f"waitlist/{id}")
    session.say("You do not wait for it any more.")


def _entry(one: Any, zones: names.Zones) -> RenderableType:
    return record(
        [
            ("place", one["id"]),
            ("state", one["state"]),
            *([("position", one["position"])] if one["position"] else []),
            ("what", _what(one)),
            ("when", _when(one, zones)),
            *([("people", one["people"])] if one["people"] > 1 else []),
            *([("title", one["title"])] if one["title"] else []),
            *_offer(one, zones),
            *([("reservation", one["reservation_id"])] if one["reservation_id"] else []),
        ]
    )


def _offer(one: Any, zones: names.Zones) -> list[tuple[str, str]]:
    offer = one["offer"]
    if not offer:
        return []
    where = zones.of_item(offer)
    return [
        ("offered", f"{_resources(offer)}, {show_item_range(offer, where)}"),
        ("accept by", show_moment(instant_of(offer["expires_at"]), where)),
        ("accept it", f"berth waitlist accept {one['id']}"),
    ]


def _when(one: Any, zones: names.Zones) -> str:
    shown = show_item_range(one, zones.of_item(one))
    return f"{show_duration(timedelta(minutes=one['minutes']))} within {shown}" if one["minutes"] else shown


def _table(page: Any, zones: names.Zones) -> RenderableType:
    items = page["items"]
    when, ranges = show_ranges(items, [zones.of_item(one) for one in items], "when")
    return table(
        ("id", "is", "position", "who", when, "what", "accept by"),
        [
            (
                one["id"],
                one["state"],
                one["position"],
                one["owner"]["name"],
                f"{shown}, {one['minutes']} min of it" if one["minutes"] else shown,
                _what(one),
                show_moment(instant_of(one["offer"]["expires_at"]), zones.of_item(one)) if one["offer"] else None,
            )
            for one, shown in zip(items, ranges, strict=True)
        ],
        none="Nobody waits here.",
        more=more_pages(page),
        right=("id", "position"),
    )


def _what(one: Any) -> str:
    return f"any of {_resources(one)}" if one["any_of"] else _resources(one)


def _resources(one: Any) -> str:
    shown = [plain(each["name"]) for each in one["resources"]]
    more = [f"{len(shown) - NAMED_MAX} more"] if len(shown) > NAMED_MAX else []
    return ", ".join([*shown[:NAMED_MAX], *more])
