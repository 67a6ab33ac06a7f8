"""``berth blackouts``: times when resources are closed to everybody."""

from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.commands.slot import End, period, understood
from berth.edges.cli.failure import Misused, Refused
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import parse_moment, show_item_range, show_ranges

blackouts = typer.Typer(name="blackouts", no_args_is_help=True, help="Times when resources are closed.")


@command(blackouts, "create")
def create(
    session: Session,
    words: Annotated[
        list[str],
        typer.Argument(metavar="RESOURCE... START DURATION", help="What, when, how long; no DURATION with --end."),
    ],
    reason: Annotated[str, typer.Option(help="Why; everybody may read it.")],
    end: End = None,
    tz: Zone = None,
) -> None:
    """Close resources for a time, all or none (administrators)."""
    wanted, start, duration = understood(words, has_end=end is not None)
    if not wanted:
        raise Misused(
            "Name the resources to close.", "Such as: berth blackouts create r25 2027-08-01 14d --reason Works"
        )
    found = [names.resource(session.server, one) for one in dict.fromkeys(wanted)]
    zones = names.Zones(session.server, tz)
    zones.know(*found)
    where = zones.of([]) if tz else names.shared_zone(found, session.server)
    first, last = period(session, start, duration, end, where)
    body = {
        "resource_ids": [one["id"] for one in found],
        "start": first.wire,
        "end": last.wire,
        "reason": reason,
    }
    try:
        answer = session.server.post("blackouts", body)
    except Refused as refused:
        busy = refused.problem.get("busy", ())
        refused.hints += [f"  taken  {show_item_range(one, zones.of([one['resource_id']]))}" for one in busy[:10]]
        raise
    session.show(answer, lambda one: _blackout(one, zones, [each["name"] for each in found]))


def _blackout(one: Any, zones: names.Zones, resources: list[str]) -> RenderableType:
    return record(
        [
            ("blackout", one["id"]),
            ("when", show_item_range(one, zones.of(one["resource_ids"]))),
            ("what", resources),
            ("reason", one["reason"]),
        ]
    )


@command(blackouts, "list")
def list_blackouts(
    session: Session,
    resource: Annotated[str | None, typer.Option(help="Id or exact name.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="What ends after this time.")] = None,
    end: Annotated[str | None, typer.Option("--until", help="What starts before this time.")] = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List blackouts by start."""
    server = session.server
    zones = names.Zones(server, tz)
    query: dict[str, Any] = {"tz": tz}
    found = names.resource(server, resource) if resource else None
    if found:
        zones.know(found)
        query["resource_id"] = found["id"]
    for name, text in (("from", start), ("until", end)):
        if text:
            where = zones.of([found["id"]] if found else []) if found or tz else names.own_zone(server)
            query[name] = parse_moment(text, where, session.now).wire
    page = server.page("blackouts", everything=everything, limit=limit, cursor=cursor, **query)
    session.show(page, lambda it: _table(it, zones, server))


def _table(page: Any, zones: names.Zones, server: Any) -> RenderableType:
    known = names.resource_names(server, [id_ for one in page["items"] for id_ in one["resource_ids"]])
    when, ranges = show_ranges(page["items"], [zones.of(one["resource_ids"]) for one in page["items"]], "when")
    return table(
        ("id", when, "what", "reason"),
        [
            (
                one["id"],
                shown,
                [known.get(id_, f"id {id_}") for id_ in one["resource_ids"]],
                one["reason"],
            )
            for one, shown in zip(page["items"], ranges, strict=True)
        ],
        none="There is no blackout.",
        more=more_pages(page),
        right=("id",),
    )


@command(blackouts, "delete")
def delete(session: Session, id: Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1)]) -> None:
    """Open the resources again (administrators)."""
    session.server.delete(f"blackouts/{id}")
    session.say("The blackout is lifted.")
