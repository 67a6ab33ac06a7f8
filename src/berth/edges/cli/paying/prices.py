"""``berth prices``: what reservations cost."""

from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from berth.edges.cli import names
from berth.edges.cli.failure import Misused
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import parse_duration, parse_moment, zone

prices = typer.Typer(name="prices", no_args_is_help=True, help="What reservations cost.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1)]


class Unit(StrEnum):
    """What is counted."""

    hour = "hour"
    reservation = "reservation"
    seat = "seat"


@command(prices, "list")
def list_prices(session: Session, limit: Limit = 50, cursor: Cursor = None, everything: Everything = False) -> None:
    """List the prices (administrators)."""
    page = session.server.page("prices", everything=everything, limit=limit, cursor=cursor)
    session.show(page, _table)


@command(prices, "set")
def set_price(
    session: Session,
    amount_minor: Annotated[
        int, typer.Argument(metavar="AMOUNT", min=0, help="In minor units: 1250 is 12.50 EUR, or 1250 JPY.")
    ],
    currency: Annotated[str, typer.Argument(help="Three letters, such as EUR.")],
    per: Annotated[Unit, typer.Option("--per", help="What is counted.")] = Unit.hour,
    resource: Annotated[str | None, typer.Option("--resource", help="For this one: id or exact name.")] = None,
    site: Annotated[str | None, typer.Option("--site", help="For all there and below: id, name or path.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="For this kind, such as room.")] = None,
    tag: Annotated[str | None, typer.Option("--tag", help="For what carries this tag.")] = None,
    free: Annotated[list[str] | None, typer.Option("--free", help="A role that pays nothing. Repeat.")] = None,
    free_until_hours: Annotated[int, typer.Option(min=0, help="Cancelling is free until so long before.")] = 0,
    kept_percent: Annotated[int, typer.Option(min=0, max=100, help="What is kept of it later.")] = 0,
) -> None:
    """Set the price for something, in place of the one that it has (administrators)."""
    wanted = {
        "resource_id": names.resource(session.server, resource)["id"] if resource else None,
        "site_id": names.site(session.server, site)["id"] if site else None,
        "kind": kind,
        "tag": tag,
    }
    price = {
        **wanted,
        "unit": per.value,
        "amount_minor": amount_minor,
        "currency": currency.upper(),
        "free_roles": free or [],
        "free_until_hours": free_until_hours,
        "kept_percent": kept_percent,
    }
    known = [one for one in session.server.every("prices") if all(one[name] == value for name, value in wanted.items())]
    answer = session.server.put(f"prices/{known[0]['id']}", price) if known else session.server.post("prices", price)
    session.show(answer, lambda it: _table({"items": [it]}))


@command(prices, "remove")
def remove(session: Session, id: Id) -> None:
    """Remove a price; what was agreed on before keeps it (administrators)."""
    session.server.delete(f"prices/{id}")
    session.say(f"The price {id} is removed.")


@command(prices, "quote")
def quote(
    session: Session,
    words: Annotated[list[str], typer.Argument(metavar="RESOURCE... START DURATION", help="As for reserving.")],
    tz: Zone = None,
) -> None:
    """Show what you would pay for resources at a time."""
    if len(words) < 3:
        raise Misused("Say what, from when, and for how long.", "berth prices quote 'Room 12' 2027-03-01T09:00 1h")
    *which, start, length = words
    things = [names.resource(session.server, word) for word in which]
    moment = parse_moment(start, zone(tz) if tz else names.shared_zone(things, session.server), session.now)
    session.note(moment.note)
    end = moment.instant + parse_duration(length)
    wish = {"resource_ids": [one["id"] for one in things], "start": moment.wire, "end": end.isoformat()}
    session.show(session.server.post("prices/quote", wish), _quote)


def _for(one: Any) -> str:
    """Answer in words what a price holds for."""
    if one["resource_id"]:
        return f"resource {one['resource_id']}"
    parts = [f"{name} {one[key]}" for name, key in (("site", "site_id"), ("kind", "kind"), ("tag", "tag")) if one[key]]
    return ", ".join(parts) or "everything"


def _terms(one: Any) -> str:
    if not one["kept_percent"]:
        return "free"
    return f"free until {one['free_until_hours']} h before, then {one['kept_percent']} % kept"


def _table(page: Any) -> RenderableType:
    return table(
        ("id", "for", "price", "per", "free for", "cancelling"),
        [(one["id"], _for(one), one["amount"], one["unit"], one["free_roles"], _terms(one)) for one in page["items"]],
        none="Nothing has a price.",
        more=more_pages(page),
        right=("id",),
        whole=("price",),
    )


def _quote(answer: Any) -> RenderableType:
    if not answer["lines"]:
        return Text("It costs nothing.")
    lines = [(one["what"], f"{one['amount']}, cancelling: {_terms(one)}") for one in answer["lines"]]
    return Group(record([*lines, ("total", answer["amount"])]))
