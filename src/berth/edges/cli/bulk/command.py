"""``berth reservations bulk``: create, move and cancel from a CSV or JSON file, all rows or none."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from berth.edges.cli.bulk.converting import Converter
from berth.edges.cli.failure import Misused, Refused
from berth.edges.cli.session import Session, Zone
from berth.edges.cli.tables import table

NOTES_SHOWN_MAX = 5
ROWS_SHOWN_MAX = 20


def bulk(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with a column action, or JSON with operations.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check; store nothing.")] = False,
    tz: Zone = None,
) -> None:
    """Create, move and cancel reservations from a file, all rows or none.

    CSV has the columns action (create, move or cancel), reservation, resource, start, end, title, description, owner
    and reason. Times without an offset are those of the resource's zone.
    """
    converted = Converter(session.server, tz, session.now).file(file)
    if converted.bad:
        errors = [vars(one) for one in converted.bad]
        if not session.as_json:
            session.err.print(_bad(errors), crop=False)
        raise Misused(f"{file.name}: {len(errors):,} times cannot be read; nothing was sent.")
    for note in converted.notes[:NOTES_SHOWN_MAX]:
        session.note(note)
    if len(converted.notes) > NOTES_SHOWN_MAX:
        session.note(f"… and {len(converted.notes) - NOTES_SHOWN_MAX:,} more rows like these.")
    request = dict(converted.request)
    request["headers"] = {"Idempotency-Key": secrets.token_hex(16), **request.get("headers", {})}
    try:
        answer = session.server.send("POST", converted.path, params={"dry_run": dry_run}, again=True, **request)
    except Refused as refused:
        errors = refused.problem.get("errors") or []
        if refused.problem.get("type") == "/problems/bad-rows" and not session.as_json:
            session.err.print(_bad(errors), crop=False)
            refused.sentence = f"{file.name}: {len(errors):,} bad rows; nothing was done."
            refused.problem = {}
        raise
    session.show(answer, lambda report: _report(file.name, report))


def _report(name: str, report: Mapping[str, Any]) -> RenderableType:
    counted = " · ".join(
        f"{report[one]:,} {one}" for one in ("created", "moved", "cancelled", "unchanged") if report[one]
    )
    dry = " (only checked, nothing is stored)" if report["dry_run"] else ""
    items = report["items"]
    hidden = len(items) - ROWS_SHOWN_MAX
    rows = [
        (one["row"], one["outcome"] + (" once confirmed" if one["asked"] else ""), one["reservation_id"], one["state"])
        for one in items[:ROWS_SHOWN_MAX]
    ]
    more = f"… and {hidden:,} more: --json prints them all" if hidden > 0 else None
    shown = table(("row", "what", "reservation", "state"), rows, none="", more=more, right=("row", "reservation"))
    return Group(Text(f"{name}: {counted}{dry}"), Text(""), shown)


def _bad(errors: list[dict[str, Any]]) -> RenderableType:
    rows = [(one["row"], one["column"], one["message"]) for one in errors]
    return table(("row", "column", "refused because"), rows, none="", right=("row",))
