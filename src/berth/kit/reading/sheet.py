"""Reading CSV cell by cell, with a reason for each row that cannot be read: what every import has in common."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BadCell:
    """Why a row cannot be taken. Rows count as a spreadsheet counts them: the header is row 1."""

    row: int
    column: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of a file that hold anything: their numbers, and the cells under the columns of the header."""

    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]
    errors: Sequence[BadCell]


def read_cells(content: bytes, columns: Sequence[str], needed: Collection[str], rows_max: int) -> Cells:
    """Answer the cells of a file with these columns; with or without a byte order mark, with any line ends.

    If the file as a whole cannot be taken there are no rows, but errors.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Cells((), (), [BadCell(line, None, "this is not UTF-8; save the file as CSV UTF-8")])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    numbered: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(reader, start=1):
            numbered.append((number, cells))
    except csv.Error as error:
        return Cells((), (), [BadCell(len(numbered) + 1, None, f"this is not CSV: {error}; check the quotes")])
    header = [cell.strip().lower() for cell in numbered[0][1]] if numbered else []
    errors = _header_errors(header, columns, needed)
    filled = [(number, cells) for number, cells in numbered[1:] if any(cell.strip() for cell in cells)]
    if len(filled) > rows_max:
        errors.append(BadCell(filled[rows_max][0], None, f"a file has up to {rows_max:,} rows; split it"))
    if errors:
        return Cells(header, (), errors)
    wrong = [
        BadCell(number, None, f"the row has {len(cells)} cells, the header {len(header)}")
        for number, cells in filled
        if len(cells) != len(header)
    ]
    return Cells(header, [(number, cells) for number, cells in filled if len(cells) == len(header)], wrong)


def _header_errors(header: Sequence[str], columns: Sequence[str], needed: Collection[str]) -> list[BadCell]:
    missing = [BadCell(1, column, "this column is missing") for column in columns if column in {*needed} - {*header}]
    unknown = [
        BadCell(1, column, f"this column is not known; there are {', '.join(columns)}")
        for column in header
        if column not in columns
    ]
    twice = [BadCell(1, column, "this column is there twice") for column in columns if header.count(column) > 1]
    return [*missing, *unknown, *twice]
