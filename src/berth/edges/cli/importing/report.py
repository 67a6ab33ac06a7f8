"""What an import did, for people on the screen and row by row in a file."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from berth.edges.cli.failure import Misused
from berth.edges.cli.importing.planning import Outcome, State, count
from berth.edges.cli.tables import table

ROWS_SHOWN_MAX = 20


def shown_reservations(name: str, outcomes: Sequence[Outcome]) -> RenderableType:
    """Answer the counts, and the first refused rows with their reasons."""
    counted = " · ".join(f"{number:,} {state}" for state, number in count(outcomes).items())
    parts: list[RenderableType] = [Text(f"{name}: {len(outcomes):,} rows" + (f" · {counted}" if counted else ""))]
    refused = [one for one in outcomes if one.state is State.REFUSED]
    if refused:
        hidden = len(refused) - ROWS_SHOWN_MAX
        more = f"… and {hidden:,} more: --report FILE.csv writes them all" if hidden > 0 else None
        rows = [(one.row.number, one.row.resource, one.row.start, one.reason) for one in refused[:ROWS_SHOWN_MAX]]
        parts.append(table(("row", "resource", "start", "refused because"), rows, none="", more=more, right=("row",)))
    return Group(*parts)


def reservations_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Answer the same for programs."""
    counted = count(outcomes)
    return {
        "rows": len(outcomes),
        **{state.value.replace(" ", "_"): counted.get(state, 0) for state in State if state is not State.REFUSED},
        "refused": [
            {"row": one.row.number, "resource": one.row.resource, "start": one.row.start, "reason": one.reason}
            for one in outcomes
            if one.state is State.REFUSED
        ],
    }


def shown_resources(name: str, answer: Any) -> RenderableType:
    """Answer the counts of an import of resources."""
    parts = [
        f"{answer['created']:,} created",
        f"{answer['updated']:,} changed",
        f"{answer['unchanged']:,} already there",
        f"{answer.get('sites_created', 0):,} sites created",
    ]
    dry = " (only checked, nothing is stored)" if answer.get("dry_run") else ""
    return Text(f"{name}: {' · '.join(parts)}{dry}")


def bad_rows(errors: Sequence[Any]) -> RenderableType:
    """Answer every row that a server refused, with its reason."""
    rows = [(one.get("row"), one.get("column"), one["message"]) for one in errors]
    return table(("row", "column", "refused because"), rows, none="", right=("row",))


def write_report(path: Path, outcomes: Sequence[tuple[str, Outcome]]) -> None:
    """Write what became of every row of every file."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("file", "row", "resource", "start", "end", "title", "outcome", "reservation", "reason"))
            for name, one in outcomes:
                row = one.row
                writer.writerow(
                    (
                        *(name, row.number, row.resource, row.start, row.end, row.title),
                        *(one.state.value, one.reservation_id or "", one.reason),
                    )
                )
    except OSError as error:
        raise Misused(f"{path} cannot be written: {error.strerror}.") from error
