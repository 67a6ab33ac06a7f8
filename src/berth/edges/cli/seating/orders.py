"""``berth orders``: buying the seats that one holds, the tickets, and giving them up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.seating.seats import what
from berth.edges.cli.seating.telling import of_order, ways_out
from berth.edges.cli.seating.writing import write
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import instant_of, show_item_range, show_moment, show_ranges, zone
from berth.kit.money import written

orders = typer.Typer(name="orders", no_args_is_help=True, help="Buy the seats that you hold; tickets; giving them up.")

Id = Annotated[int, typer.Argument(metavar="ORDER", min=1, max=2**63 - 1, help="Its number.")]


@command(orders, "buy")
def buy(
    session: Session,
    hold: Annotated[int, typer.Argument(metavar="HOLD", min=1, max=2**63 - 1, help="As in berth seats list.")],
    tz: Zone = None,
) -> None:
    """Buy what you hold; the seats stay yours while the payment is waited for."""
    with ways_out():
        answer = session.server.post("orders", {"hold_id": hold}, params={"tz": tz}, again=True)
    session.show(answer, lambda one: _order(one, tz))


@command(orders, "list")
def list_orders(
    session: Session,
    everybody: Annotated[bool, typer.Option("--everybody", help="Not only yours (administrators).")] = False,
    performance: Annotated[str | None, typer.Option(help="Of this one: id or exact name.")] = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List your orders, the newest first; --everybody: all."""
    server = session.server
    found = names.performance(server, performance) if performance else None
    query = {"everybody": "true" if everybody else None, "performance_id": found and found["id"], "tz": tz}
    page = server.page("orders", everything=everything, limit=limit, cursor=cursor, **query)

    def people(it: Any) -> RenderableType:
        buyers = names.usernames(server, (one["buyer_id"] for one in it["items"])) if everybody else None
        return _listed(it, tz, buyers)

    session.show(page, people)


@command(orders, "show")
def show(session: Session, id: Id, tz: Zone = None) -> None:
    """Show an order and its tickets."""
    with ways_out():
        answer = session.server.get(f"orders/{id}", tz=tz)
    session.show(answer, lambda one: _order(one, tz))


@command(orders, "cancel")
def cancel(
    session: Session, id: Id, reason: Annotated[str | None, typer.Option(help="Why; the order keeps it.")] = None
) -> None:
    """Give an order up: its seats are free at once, and what the terms do not keep is returned."""
    with ways_out(of_order(id)):
        answer = session.server.post(f"orders/{id}/cancel", {"reason": reason} if reason else {}, again=True)
    session.show(answer, lambda one: _order(one, None))


@command(orders, "tickets")
def tickets(session: Session, id: Id, into: Annotated[Path, typer.Option("--into", help="The PDF to write.")]) -> None:
    """Write the tickets of an order into a file, as PDF: a page for each, with what the door reads."""
    with ways_out(of_order(id)):
        content = b"".join(session.server.download(f"orders/{id}/tickets.pdf"))
    write(into, content)
    session.say(f"The tickets are in {into}.")


def _order(one: Any, tz: str | None) -> RenderableType:
    where = zone(tz or one["timezone"])
    pairs: list[tuple[str, object]] = [
        ("order", one["id"]),
        ("state", one["state"]),
        *([("reason", one["cancel_reason"])] if one["cancel_reason"] else []),
        ("what", f"{one['performance']} ({one['performance_id']})"),
        ("when", show_item_range(one, where)),
        *(("places", _line(line, one["currency"])) for line in one["lines"]),
        ("in all", written(one["amount_minor"], one["currency"])),
    ]
    if one["state"] == "pending":
        pairs.append(("pay until", show_moment(instant_of(one["due_at"]), where)))
        pairs.append(("pay it", f"berth payments my --reservation {one['id']}"))
    for name, minor in (("returned", one["returned_minor"]), ("kept", one["kept_minor"])):
        if minor is not None:
            pairs.append((name, written(minor, one["currency"])))
    return record([*pairs, *_tickets(one, tz)])


def _line(line: Any, currency: str) -> str:
    return f"{line['count']} at {written(line['unit_minor'], currency)}: {line['what']}"


def _tickets(one: Any, tz: str | None) -> Iterator[tuple[str, str]]:
    """Answer each ticket with what has become of it."""
    where = zone(tz or one["timezone"])
    for ticket in one["tickets"]:
        since = ticket["admitted_at"]
        used = f", came in {show_moment(instant_of(since), where)}" if since else ", void" if ticket["void"] else ""
        yield f"ticket {ticket['id']}", f"{ticket['code']}  {ticket['seat']}{used}"
    if one["state"] == "paid":
        yield "print them", f"berth orders tickets {one['id']} --into tickets-{one['id']}.pdf"


def _listed(page: Any, tz: str | None, buyers: dict[int, str] | None) -> RenderableType:
    items = page["items"]
    when, ranges = show_ranges(items, [zone(tz or one["timezone"]) for one in items], "when")
    return table(
        ("id", "performance", when, "what", "in all", "state", *(["buyer"] if buyers is not None else [])),
        [
            (
                one["id"],
                one["performance"],
                shown,
                what(one),
                written(one["amount_minor"], one["currency"]),
                one["state"],
                *([buyers.get(one["buyer_id"], one["buyer_id"])] if buyers is not None else []),
            )
            for one, shown in zip(items, ranges, strict=True)
        ],
        none="There is no order.",
        more=more_pages(page),
        right=("id",),
        whole=("id", "in all", "state", when if "(" in when else ""),
    )
