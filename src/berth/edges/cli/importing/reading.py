"""What a CSV file holds, told by its header, and its rows as they were written."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from berth.edges.cli.failure import Misused

COLUMNS_OWN = ("resource", "start", "end", "title", "description")
COLUMN_EXPECT = "expect"


class Kind(StrEnum):
    """What the rows of a file are."""

    RESOURCES = "resources"
    RESERVATIONS = "reservations"


_COLUMNS_NEEDED = {Kind.RESOURCES: {"name", "kind"}, Kind.RESERVATIONS: {"resource", "start", "end"}}
HEADERS_KNOWN = "Resources have the columns name,kind,…; reservations have resource,start,end[,title,…]."


@dataclass(frozen=True)
class Source:
    """A file and what it holds; ``expects`` if it says which answer each row must get, as tests do."""

    path: Path
    kind: Kind
    expects: bool


@dataclass(frozen=True)
class Row:
    """A reservation as the file has it; ``number`` is the row as a spreadsheet counts, the header being 1."""

    number: int
    resource: str
    start: str
    end: str
    title: str
    description: str


def find_sources(words: Sequence[str]) -> tuple[list[Source], list[str]]:
    """Answer the files that the words name, resources first, and a note for each that is left out.

    A first word ``resources`` or ``reservations`` says what the files hold.
    """
    asked = Kind(words[0]) if len(words) > 1 and words[0] in set(Kind) else None
    sources: list[Source] = []
    notes: list[str] = []
    for word in words[1:] if asked else words:
        path = Path(word)
        if path.is_dir():
            found, left_out = _in_folder(path)
            sources += [one for one in found if asked in (None, one.kind)]
            notes += left_out
        else:
            sources.append(recognise(path))
    wrong = [one for one in sources if asked not in (None, one.kind)]
    if wrong:
        raise Misused(f"{wrong[0].path} holds {wrong[0].kind}, not {asked}.")
    if not sources:
        raise Misused("There is no file to import.", *notes, HEADERS_KNOWN)
    return sorted(sources, key=lambda one: one.kind is not Kind.RESOURCES), notes


def _in_folder(folder: Path) -> tuple[list[Source], list[str]]:
    sources, notes = [], []
    for path in sorted(folder.glob("*.csv")):
        try:
            source = recognise(path)
        except Misused as unknown:
            notes.append(f"{path.name} is left out: {unknown.sentence}")
            continue
        if source.expects:
            notes.append(f"{path.name} is left out: its column {COLUMN_EXPECT} makes it a test, not a plan.")
        else:
            sources.append(source)
    return sources, notes


def recognise(path: Path) -> Source:
    """Answer what the file holds, by its header."""
    header = next(_records(path), [])
    for kind, needed in _COLUMNS_NEEDED.items():
        if needed <= set(header):
            return Source(path, kind, COLUMN_EXPECT in header)
    raise Misused(f"The header of {path} is not known: {','.join(header)[:200] or '(empty)'}.", HEADERS_KNOWN)


def read_rows(source: Source) -> Iterator[Row]:
    """Answer the reservations of a file; columns that are not Berth's own go into the description."""
    records = _records(source.path)
    header = next(records)
    more = [name for name in header if name and name not in (*COLUMNS_OWN, COLUMN_EXPECT)]
    for number, values in enumerate(records, start=2):
        if not any(values):
            continue
        cells = dict(zip(header, values, strict=False))
        said = [cells["description"]] if cells.get("description") else []
        said += [f"{name}: {cells[name]}" for name in more if cells.get(name)]
        yield Row(
            number,
            cells.get("resource", ""),
            cells.get("start", ""),
            cells.get("end", ""),
            cells.get("title", ""),
            " · ".join(said),
        )


def _records(path: Path) -> Iterator[list[str]]:
    """Answer the records of the file, the names of the header in lower case and all cells stripped."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, record in enumerate(csv.reader(file)):
                cells = [cell.strip() for cell in record]
                yield cells if number else [cell.lower() for cell in cells]
    except OSError as error:
        raise Misused(f"{path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Misused(f"{path} is not a CSV file in UTF-8: {error}.") from error
