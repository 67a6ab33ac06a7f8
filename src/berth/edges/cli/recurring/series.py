"""``berth series``: what recurs, and changing or giving it up, in parts or as a whole."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from berth.edges.cli import names
from berth.edges.cli.commands.reserving import Description, Title
from berth.edges.cli.commands.slot import End, ResourceNames, period
from berth.edges.cli.failure import Misused, Refused
from berth.edges.cli.recurring.telling import series, series_table, with_occurrences
from berth.edges.cli.session import Cursor, Everything, Limit, Session, command
from berth.edges.cli.times import instant_of, zone

commands = typer.Typer(name="series", no_args_is_help=True, help="Reservations that recur: look up, change, give up.")

ID_MAX = 2**63 - 1
Id = Annotated[int, typer.Argument(metavar="SERIES", min=1, max=ID_MAX, help="The series' number.")]
This = Annotated[
    int | None, typer.Option("--this", metavar="ID", min=1, max=ID_MAX, help="This reservation of it alone.")
]
Following = Annotated[
    int | None, typer.Option("--following", metavar="ID", min=1, max=ID_MAX, help="It and all behind it.")
]
Whole = Annotated[bool, typer.Option("--all", help="All that have not begun.")]


@command(commands, "list")
def list_series(
    session: Session,
    owner: Annotated[str | None, typer.Option(help="A person's (administrators).")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List your series, the newest first; administrators see everybody's."""
    query = {"owner_id": names.user(session.server, owner)["id"]} if owner else {}
    page = session.server.page("series", everything=everything, limit=limit, cursor=cursor, **query)
    session.show(page, series_table)


@command(commands, "show")
def show(session: Session, id: Id) -> None:
    """Show a series and its reservations; those that were changed by themselves are marked."""
    session.show(session.server.get(f"series/{id}"), series)


@command(commands, "change")
def change(
    session: Session,
    id: Id,
    this: This = None,
    following: Following = None,
    whole: Whole = False,
    start: Annotated[
        str | None, typer.Option("--start", help="Of the one named, or of the next; the others move along.")
    ] = None,
    duration: Annotated[str | None, typer.Option("--duration", help="How long each lasts.")] = None,
    end: End = None,
    title: Title = None,
    description: Description = None,
    resource: ResourceNames = None,
    conflicts: Annotated[
        str, typer.Option(help="What cannot be moved: fail (nothing is) or skip (it stays).")
    ] = "fail",
) -> None:
    """Move or retitle one reservation of a series, it and all behind it, or all; together or not at all."""
    body = _scope(this, following, whole)
    before = session.server.get(f"series/{id}").json()
    where = zone(before["timezone"])
    if start or duration or end:
        anchor = _anchor(before, body.get("reservation_id"))
        body["reservation_id"] = anchor["reservation_id"]
        length = instant_of(anchor["end"]) - instant_of(anchor["start"])
        first, last = period(session, start or anchor["start"], duration, end, where, length)
        body |= {"start": first.wire, "end": last.wire}
    body |= {key: text for key, text in (("title", title), ("description", description)) if text is not None}
    if resource:
        body["resource_ids"] = [names.resource(session.server, one)["id"] for one in dict.fromkeys(resource)]
    if not body.keys() - {"scope", "reservation_id"}:
        raise Misused(
            "There is nothing to change.", "Say what: --start, --duration, --title, --description or --resource"
        )
    if body["scope"] != "this":
        body["conflicts"] = conflicts
    try:
        answer = session.server.patch(f"series/{id}", body)
    except Refused as refused:
        raise with_occurrences(refused, where) from refused
    session.show(answer, series)


@command(commands, "cancel")
def cancel(
    session: Session,
    id: Id,
    this: This = None,
    following: Following = None,
    whole: Whole = False,
    reason: Annotated[str | None, typer.Option(help="Why; its owner and the history see it.")] = None,
) -> None:
    """Give up one reservation of a series, it and all behind it, or all that have not begun."""
    body = _scope(this, following, whole)
    if reason:
        body["reason"] = reason
    session.show(session.server.post(f"series/{id}/cancel", body), series)


def _scope(this: int | None, following: int | None, whole: bool) -> dict[str, Any]:
    if (this is not None) + (following is not None) + whole != 1:
        raise Misused("Say which of it: --this ID, --following ID or --all.")
    if whole:
        return {"scope": "all"}
    return (
        {"scope": "this", "reservation_id": this}
        if this is not None
        else {
            "scope": "following",
            "reservation_id": following,
        }
    )


def _anchor(found: Any, reservation_id: int | None) -> Any:
    """Answer the occurrence by which times are meant: the one named, or the next that is as its series says."""
    now = datetime.now(UTC)
    for one in found["occurrences"]:
        if reservation_id is not None and one["reservation_id"] == reservation_id:
            return one
        ahead = instant_of(one["start"]) > now and one["state"] in ("ready", "pending") and not one["exception"]
        if reservation_id is None and ahead:
            return one
    raise Misused("The series has no such reservation ahead.", f"Look: berth series show {found['id']}")
