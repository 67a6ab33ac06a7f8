"""``berth holds``: keeping a slot for some minutes, and reserving it."""

import secrets
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import filters, names
from berth.edges.cli.commands.reservations import reservation
from berth.edges.cli.commands.reserving import WAIT, Description, Title
from berth.edges.cli.commands.slot import AnyThatFits, End, ResourceNames, Words, read_slot
from berth.edges.cli.session import Session, Zone, command
from berth.edges.cli.tables import plain, record, table
from berth.edges.cli.times import show_item_range, show_ranges

holds = typer.Typer(name="holds", no_args_is_help=True, help="Keep a slot for some minutes while you decide.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="The number in berth holds list.")]


@command(holds, "place")
def place(
    session: Session,
    words: Words,
    resource: ResourceNames = None,
    end: End = None,
    minutes: Annotated[int | None, typer.Option("--minutes", min=1, max=1440, help="Less than is usual.")] = None,
    any_: AnyThatFits = False,
    text: filters.Text = None,
    kind: filters.Kind = None,
    tag: filters.Tags = None,
    site: filters.Site = None,
    capacity: filters.Capacity = None,
    tz: Zone = None,
) -> None:
    """Keep a slot: nobody else can take it until the hold runs out."""
    query = filters.wanted(session.server, text, kind, tag, site, capacity)
    slot = read_slot(session, words, resource, end, query, tz, any_=any_)
    body = slot.body
    if minutes is not None:
        body["minutes"] = minutes
    answer = session.server.post("holds", body, params={"tz": tz})
    session.show(answer, lambda one: _hold(one, slot.zones))


@command(holds, "list")
def list_holds(session: Session, tz: Zone = None) -> None:
    """List your holds, and how long they last."""
    zones = names.Zones(session.server, tz)
    session.show(session.server.get("holds", tz=tz), lambda page: _table(page, zones))


@command(holds, "reserve")
def reserve(session: Session, id: Id, title: Title = None, description: Description = None, tz: Zone = None) -> None:
    """Reserve what you hold."""
    body: dict[str, Any] = {"hold_id": id, "title": title or ""}
    if description:
        body["description"] = description
    zones = names.Zones(session.server, tz)
    headers = {"Idempotency-Key": secrets.token_hex(16), **WAIT}
    answer = session.server.post("reservations", body, headers=headers, params={"tz": tz}, again=True)
    session.show(answer, lambda one: reservation(one, zones))


@command(holds, "release")
def release(session: Session, id: Id) -> None:
    """Give a hold back."""
    session.server.delete(f"holds/{id}")
    session.say("The hold is given back.")


def _hold(one: Any, zones: names.Zones) -> RenderableType:
    return record(
        [
            ("hold", one["id"]),
            ("when", show_item_range(one, zones.of_item(one))),
            ("what", ", ".join(plain(each["name"]) for each in one["resources"])),
            ("lasts", lasts(one)),
            ("reserve it", f"berth holds reserve {one['id']}"),
        ]
    )


def _table(page: Any, zones: names.Zones) -> RenderableType:
    items = page["items"]
    when, ranges = show_ranges(items, [zones.of_item(one) for one in items], "when")
    return table(
        ("id", when, "what", "lasts"),
        [
            (one["id"], shown, ", ".join(plain(each["name"]) for each in one["resources"]), lasts(one))
            for one, shown in zip(items, ranges, strict=True)
        ],
        none="You hold nothing.",
        right=("id",),
        whole=("id", when if "(" in when else ""),
    )


def lasts(one: Any) -> str:
    """Answer how long a hold still is."""
    minutes, seconds = divmod(one["seconds_left"], 60)
    return f"{minutes} min {seconds:02} s"
