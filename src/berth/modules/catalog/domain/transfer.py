"""Resources as CSV: reading a file cell by cell with a reason for each that is refused, and writing one.

Columns: ``name`` and ``kind`` must be there; ``site`` (a path such as ``Campus/Building/Floor``),
``capacity``, ``timezone``, ``tags`` (separated by ``;``, ``|`` or ``,``), ``description`` and
``attributes`` (a JSON object) may be. An absent column leaves what a known resource has; an empty cell
clears it. What is written here is read back as exactly the same, whatever it holds: no sign is put
before ``=`` or ``+``, so a spreadsheet that opens the file may take such a name for a formula.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from berth.contracts.catalog import Resource
from berth.kit.reading.sheet import BadCell, read_cells
from berth.modules.catalog.domain import words
from berth.modules.catalog.domain.resources import Particulars

ROWS_MAX = 10_000
SITE_DEPTH_MAX = 10

SitePath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A good row: its number, and the value of each column that the file has."""

    number: int
    cells: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Answer the name, by which a resource is found again."""
        name: str = self.cells["name"]
        return name

    @property
    def site(self) -> SitePath:
        """Answer the path of the site; empty for none."""
        site: SitePath = self.cells.get("site", ())
        return site

    def applied_to(self, before: Particulars | None, site_ids: Mapping[SitePath, int]) -> Particulars:
        """Answer the resource with the cells of this row; ``before`` is ``None`` for a new one."""
        members = {column: value for column, value in self.cells.items() if column != "site"}
        if "site" in self.cells:
            members["site_id"] = site_ids[self.site] if self.site else None
        return replace(before, **members) if before else Particulars(**members)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that was read: its good rows, and what is wrong with the others."""

    rows: Sequence[Row]
    errors: Sequence[BadCell]


def _capacity(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,10}", text) or not 1 <= int(text) <= words.CAPACITY_MAX:
        raise ValueError(f"{text!r} is not a capacity; write a number of 1 or more, or nothing")
    return int(text)


def _site(text: str) -> SitePath:
    path = tuple(words.site_name(part.strip()) for part in text.split("/")) if text else ()
    if len(path) > SITE_DEPTH_MAX:
        raise ValueError(f"a path has up to {SITE_DEPTH_MAX} sites")
    return path


def _tags(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in re.split("[;|,]", text))
    return words.tags(part for part in parts if part)


def _attributes(text: str) -> dict[str, Any]:
    try:
        found = orjson.loads(text or "{}")
    except ValueError:
        found = None
    return words.attributes(found)


READERS: Mapping[str, Callable[[str], Any]] = {
    "name": lambda text: words.name(text.strip()),
    "kind": lambda text: words.kind(text.strip()),
    "site": lambda text: _site(text.strip()),
    "capacity": lambda text: _capacity(text.strip()),
    "timezone": lambda text: words.timezone(text.strip()) if text.strip() else None,
    "tags": _tags,
    "description": words.description,
    "attributes": _attributes,
}
COLUMNS = tuple(READERS)
COLUMNS_NEEDED = ("name", "kind")


def read_sheet(content: bytes) -> Sheet:
    """Answer what the file says; with or without a byte order mark, with any line ends."""
    read = read_cells(content, COLUMNS, COLUMNS_NEEDED, ROWS_MAX)
    rows: list[Row] = []
    errors: list[BadCell] = list(read.errors)
    first_of: dict[str, int] = {}
    for number, cells in read.rows:
        values, wrong = _cells(number, dict(zip(read.header, cells, strict=True)))
        name = values.get("name")
        if name in first_of:
            wrong.append(BadCell(number, "name", f"row {first_of[name]} has the same name; names are unique"))
        elif name:
            first_of[name] = number
        errors += wrong
        if not wrong:
            rows.append(Row(number, values))
    return Sheet(rows, sorted(errors, key=lambda one: one.row))


def _cells(number: int, cells: Mapping[str, str]) -> tuple[dict[str, Any], list[BadCell]]:
    values: dict[str, Any] = {}
    wrong: list[BadCell] = []
    for column, text in cells.items():
        try:
            values[column] = READERS[column](text)
        except ValueError as error:
            wrong.append(BadCell(number, column, str(error)))
    return values, wrong


def write_sheet(listed: Iterable[tuple[Resource, Particulars]]) -> str:
    """Answer the resources as CSV with all columns; a zone that is inherited stays an empty cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for resource, stated in listed:
        writer.writerow(
            (
                stated.name,
                stated.kind,
                "/".join(resource.site_path),
                stated.capacity or "",
                stated.timezone or "",
                ";".join(stated.tags),
                stated.description,
                orjson.dumps(stated.attributes).decode() if stated.attributes else "",
            )
        )
    return out.getvalue()
