"""A bulk as CSV: every row becomes an operation as JSON has it, or a reason why not."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from berth.kit.http.problem import sentence_of
from berth.kit.reading.sheet import read_cells
from berth.modules.booking.api.bulk.models import BulkOperation
from berth.modules.booking.domain.bulk import OPERATIONS_MAX, BadRow, Operation

CREATE, MOVE, CANCEL = "create", "move", "cancel"
OPERATION: TypeAdapter[Any] = TypeAdapter(BulkOperation)

Reader = Callable[[str], Any]


def _number(text: str) -> Any:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else text


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


READERS: Mapping[str, tuple[str, Reader]] = {
    "action": ("action", str.lower),
    "reservation": ("reservation_id", _number),
    "resource": ("resources", _several),
    "start": ("start", str),
    "end": ("end", str),
    "title": ("title", str),
    "description": ("description", str),
    "owner": ("owner", str),
    "reason": ("reason", str),
}
"""The columns, the members that they are, and how a cell is read; an empty cell says nothing."""

COLUMN_OF = {member: column for column, (member, _) in READERS.items()}


def read_operations(content: bytes) -> tuple[list[Operation], list[BadRow]]:
    """Answer the operations of a file, and what is wrong with its other rows."""
    read = read_cells(content, tuple(READERS), ("action",), OPERATIONS_MAX)
    bad = [
        BadRow(one.row, one.column, "invalid-input", f"{one.message[:1].upper()}{one.message[1:]}.")
        for one in read.errors
    ]
    operations = []
    for number, cells in read.rows:
        members = {}
        for column, cell in zip(read.header, cells, strict=True):
            if cell.strip():
                member, reader = READERS[column]
                members[member] = reader(cell.strip())
        try:
            operations.append(OPERATION.validate_python(members).operation(number))
        except ValidationError as error:
            bad += [_bad(number, one) for one in error.errors()]
    if not operations and not bad:
        bad.append(BadRow(1, None, "invalid-input", "The file has no rows."))
    return operations, bad


def _bad(row: int, error: Mapping[str, Any]) -> BadRow:
    """Answer what is wrong with a cell; the first part of the place is the action, if that is known."""
    place = [part for part in error["loc"] if part in COLUMN_OF]
    column = COLUMN_OF[place[0]] if place else None
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return BadRow(row, "action", "invalid-input", f"Write one of {CREATE}, {MOVE} and {CANCEL}.")
    if error["type"] == "extra_forbidden":
        return BadRow(row, column, "invalid-input", f"A row to {error['loc'][0]} takes no {column}.")
    if error["type"] == "missing":
        return BadRow(row, column, "invalid-input", f"A row to {error['loc'][0]} needs this.")
    said = sentence_of(error["msg"])
    return BadRow(row, column, "invalid-input", f"{said[:1].upper()}{said[1:]}.")
