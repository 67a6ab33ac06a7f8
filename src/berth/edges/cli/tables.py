"""What people see: tables that fit a terminal, and nothing in them that could drive it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 160
DASH = "\N{EN DASH}"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def console(*, stderr: bool = False) -> Console:
    """Answer a console that shows text as it is; into a pipe, rows stay whole for ``grep``."""
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not made.is_terminal and "COLUMNS" not in made._environ:
        made.width = PIPE_WIDTH
    return made


def plain(value: object) -> str:
    """Answer a value as text without control characters, which other people's titles could contain."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(plain(one) for one in value) or DASH
    return _CONTROL.sub("�", str(value))


def cell(value: object) -> Text:
    """Answer a value as a cell of a table."""
    return value if isinstance(value, Text) else Text(plain(value), overflow="fold")


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    none: str,
    more: str | None = None,
    right: Sequence[str] = (),
    whole: Sequence[str] = (),
) -> RenderableType:
    """Answer a table, or the sentence ``none`` if there are no rows; ``more`` is said below.

    Columns in ``right`` hold numbers; those in ``whole`` are never broken into lines.
    """
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold", padding=(0, 1))
    for name in columns:
        made.add_column(
            name, justify="right" if name in right else "left", no_wrap=name in whole, overflow="fold", min_width=2
        )
    for row in rows:
        made.add_row(*(cell(value) for value in row))
    if not made.row_count:
        return Text(none)
    return Group(made, Text(more, style="dim", no_wrap=True, overflow="ignore")) if more else made


def record(pairs: Iterable[tuple[str, object]]) -> RenderableType:
    """Answer one thing, a line for each of its members."""
    made = Table.grid(padding=(0, 2))
    made.add_column(style="bold", no_wrap=True)
    made.add_column(overflow="fold")
    for name, value in pairs:
        made.add_row(name, cell(value))
    return made


def bullets(lines: Iterable[str]) -> RenderableType:
    """Answer a list of sentences."""
    made = Table.grid(padding=(0, 1))
    for line in lines:
        made.add_row(Text("•"), cell(line))
    return made


def more_pages(page: Mapping[str, Any], wider: str = "--all") -> str | None:
    """Answer what to say below a page that is not the last; ``wider`` is the option that shows more at once."""
    return f"There are more: add {wider}, or --cursor {page['next_cursor']}" if page.get("next_cursor") else None
