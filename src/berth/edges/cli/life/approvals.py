"""``berth approvals``: what waits for your decision, and deciding."""

from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, plain, table
from berth.edges.cli.times import show_ranges

approvals = typer.Typer(name="approvals", no_args_is_help=True, help="Approve or reject what waits for you.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="The number in berth approvals list.")]
Message = Annotated[str | None, typer.Option("--message", "-m", help="For the owner to read.")]


@command(approvals, "list")
def list_approvals(
    session: Session, tz: Zone = None, limit: Limit = 50, cursor: Cursor = None, everything: Everything = False
) -> None:
    """List what waits for your decision, the oldest first."""
    page = session.server.page("approvals", everything=everything, limit=limit, cursor=cursor, tz=tz)
    zones = names.Zones(session.server, tz)
    session.show(page, lambda it: _table(it, zones))


@command(approvals, "approve")
def approve(session: Session, id: Id, message: Message = None) -> None:
    """Approve."""
    session.server.post(f"approvals/{id}/approve", {"message": message} if message else {})
    session.say("Approved.")


@command(approvals, "reject")
def reject(session: Session, id: Id, message: Message = None) -> None:
    """Reject; say why, the owner will want to know."""
    session.server.post(f"approvals/{id}/reject", {"message": message} if message else {})
    session.say("Rejected.")


def _table(page: Any, zones: names.Zones) -> RenderableType:
    items = page["items"]
    when, ranges = show_ranges(items, [zones.of_item(one) for one in items], "when")
    return table(
        ("id", when, "what", "who", "title", "is"),
        [
            (
                one["id"],
                shown,
                ", ".join(plain(each["name"]) for each in one["resources"]),
                one["owner"]["name"],
                one["title"],
                "a move" if one["moves"] else "new",
            )
            for one, shown in zip(items, ranges, strict=True)
        ],
        none="Nothing waits for you.",
        more=more_pages(page),
        right=("id",),
        whole=("id", when if "(" in when else ""),
    )
