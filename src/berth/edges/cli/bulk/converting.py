"""From a file to what the API takes: times that are written without an offset are read in the resource's zone."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from berth.edges.cli import names
from berth.edges.cli.client import Server
from berth.edges.cli.failure import Failure, Misused, Refused
from berth.edges.cli.times import is_local, parse_moment, zone

TIMES = ("start", "end")


@dataclass(frozen=True)
class BadRow:
    """A row whose times cannot be read here."""

    row: int
    column: str | None
    message: str


@dataclass
class Converted:
    """What is to be sent, to which path, and what people should know."""

    path: str
    request: Mapping[str, Any]
    bad: list[BadRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    """The members of a row that say when and where."""

    number: int
    times: Mapping[str, str]
    resources: Sequence[str]
    reservation: str


class Converter:
    """Reads local times, each resource and reservation being asked for once."""

    def __init__(self, server: Server, asked: str | None, now: datetime) -> None:
        self._server = server
        self._asked = zone(asked) if asked else None
        self._now = now
        self._zones: dict[str, ZoneInfo] = {}

    def file(self, path: Path) -> Converted:
        """Answer what a file comes to; raise ``Misused`` if it is neither CSV nor JSON."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise Misused(f"{path} cannot be read: {error}.") from error
        if path.suffix.lower() == ".json" or text.lstrip()[:1] in ("{", "["):
            return self._json(path, text)
        return self._csv(path, text)

    def _csv(self, path: Path, text: str) -> Converted:
        try:
            records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        except csv.Error as error:
            raise Misused(f"{path} is not a CSV file: {error}.") from error
        header = [cell.strip().lower() for cell in records[0]] if records else []
        converted = Converted("reservations/bulk/csv", {})
        for number, cells in enumerate(records[1:], start=2):
            if len(cells) == len(header):
                found = dict(zip(header, cells, strict=True))
                times = {name: found.get(name, "").strip() for name in TIMES}
                resources = [part.strip() for part in found.get("resource", "").split(";") if part.strip()]
                row = _Row(number, times, resources, found.get("reservation", "").strip())
                for name, wire in self._row(row, converted).items():
                    cells[header.index(name)] = wire
        out = io.StringIO(newline="")
        csv.writer(out).writerows(records)
        converted.request = {"content": out.getvalue().encode(), "headers": {"Content-Type": "text/csv"}}
        return converted

    def _json(self, path: Path, text: str) -> Converted:
        try:
            read = json.loads(text)
        except ValueError as error:
            raise Misused(f"{path} is not JSON: {error}.") from error
        operations = read.get("operations") if isinstance(read, dict) else read
        if not isinstance(operations, list) or not all(isinstance(one, dict) for one in operations):
            raise Misused(f"{path} holds no list of operations.", 'Write {"operations": [{"action": "cancel", …}, …]}')
        converted = Converted("reservations/bulk", {"json": {"operations": operations}})
        for number, one in enumerate(operations, start=1):
            times = {name: str(one.get(name) or "") for name in TIMES}
            resources = [str(each) for each in one.get("resources") or ()]
            one.update(self._row(_Row(number, times, resources, str(one.get("reservation_id") or "")), converted))
        return converted

    def _row(self, row: _Row, converted: Converted) -> dict[str, str]:
        """Answer the times of a row as they are sent; what cannot be read is noted."""
        found = {}
        for name, text in row.times.items():
            if not text or not is_local(text):
                continue
            try:
                if text[4:5] != "-":
                    raise Misused(f"{text!r} is not a date and a time; write 2027-03-01T09:00.")
                moment = parse_moment(text, self._zone(row), self._now)
            except Failure as wrong:
                converted.bad.append(BadRow(row.number, name, wrong.sentence))
                continue
            found[name] = moment.wire
            if moment.note:
                converted.notes.append(f"row {row.number}: {moment.note}")
        return found

    def _zone(self, row: _Row) -> ZoneInfo:
        """Answer the zone of what a row reserves; without a resource, that of what the reservation has."""
        if self._asked:
            return self._asked
        if not row.resources:
            return self._of_reservation(row.reservation)
        word = row.resources[0]
        if word not in self._zones:
            self._zones[word] = zone(names.resource(self._server, word)["timezone"])
        return self._zones[word]

    def _of_reservation(self, word: str) -> ZoneInfo:
        key = f"reservation {word}"
        if not names.is_id(word):
            raise Misused("There is no resource, and no reservation, whose zone would tell when this is.")
        if key not in self._zones:
            try:
                found = self._server.get(f"reservations/{word}").json()
            except Refused as refused:
                raise Misused(refused.sentence) from refused
            self._zones[key] = zone(found["resources"][0]["timezone"] if found["resources"] else "UTC")
        return self._zones[key]
