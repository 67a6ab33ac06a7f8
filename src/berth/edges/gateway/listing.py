"""The table of routes, for people and for programs."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from berth.edges.gateway.table import Place

PIPE_WIDTH = 500


def as_json(places: Sequence[Place]) -> str:
    """Answer the places as a list of objects, in the order in which they are tried."""
    return json.dumps(
        [{"service": one.service, "methods": one.methods, "path": one.path, "pattern": one.pattern} for one in places],
        indent=2,
    )


def show(places: Sequence[Place]) -> None:
    """Print the places as a table."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("service", "path", "methods"):
        table.add_column(title, overflow="fold")
    for one in places:
        table.add_row(one.service, one.path, " ".join(one.methods))
    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(table)
