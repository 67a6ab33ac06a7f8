"""Entries as files: JSON to verify them elsewhere, CSV for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from berth.contracts.identity import Person
from berth.modules.audit.domain.entry import Entry, canonical

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = (
    "sequence",
    "occurred_at",
    "recorded_at",
    "actor_id",
    "actor",
    "type",
    "subject",
    "address",
    "trace_id",
    "event",
    "data",
    "previous_hash",
    "hash",
)


def json_line(entry: Entry) -> bytes:
    """Answer the entry as it was hashed, with its hash as the last member."""
    return canonical(entry)[:-1] + b',"hash":"' + entry.hash.hex().encode() + b'"}'


def csv_header() -> str:
    """Answer the first line of a CSV file."""
    return _csv([COLUMNS])


def csv_lines(entries: Iterable[Entry], people: Mapping[int, Person]) -> str:
    """Answer entries as lines of CSV. What a spreadsheet could take for a formula begins with an apostrophe."""
    return _csv(_cells(entry, people) for entry in entries)


def _cells(entry: Entry, people: Mapping[int, Person]) -> list[str]:
    person = people.get(entry.actor_id) if entry.actor_id else None
    values = (
        entry.sequence,
        _instant(entry.occurred_at),
        _instant(entry.recorded_at),
        entry.actor_id,
        person and person.username,
        entry.type,
        entry.subject,
        entry.address,
        entry.trace_id,
        entry.event,
        entry.data,
        entry.previous_hash.hex(),
        entry.hash.hex(),
    )
    return [_safe("" if value is None else str(value)) for value in values]


def _instant(moment: Any) -> str:
    return str(moment.isoformat()).replace("+00:00", "Z")


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _csv(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
