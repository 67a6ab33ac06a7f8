"""From the rows of a file to requests: what can be refused here is refused before anything is sent."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from berth.edges.cli.failure import Misused
from berth.edges.cli.importing.reading import Row
from berth.edges.cli.names import Thing, is_id
from berth.edges.cli.times import Moment, parse_moment, zone

TITLE_LENGTH_MAX = 200
DESCRIPTION_LENGTH_MAX = 2000


class State(StrEnum):
    """What became of a row."""

    CHECKED = "checked"
    CREATED = "created"
    ALREADY_THERE = "already there"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """A row and what became of it."""

    row: Row
    state: State
    reason: str = ""
    reservation_id: int | None = None


@dataclass(frozen=True)
class Wish:
    """A row as a request; ``key`` is the same for the same content, so that a second import repeats nothing."""

    row: Row
    body: Mapping[str, Any]
    key: str
    note: str | None


class Planner:
    """Makes requests of rows, given the resources that there are."""

    def __init__(self, resources: Iterable[Thing], now: datetime) -> None:
        self._by_name: dict[str, list[Thing]] = {}
        self._by_id: dict[str, Thing] = {}
        for one in resources:
            self._by_name.setdefault(one["name"], []).append(one)
            self._by_id[str(one["id"])] = one
        self._now = now
        self._seen: Counter[str] = Counter()

    def plan(self, rows: Iterable[Row]) -> tuple[list[Wish], list[Outcome]]:
        """Answer the requests, and the rows that are refused already."""
        wishes, refused = [], []
        for row in rows:
            try:
                wishes.append(self._wish(row))
            except Misused as wrong:
                refused.append(Outcome(row, State.REFUSED, wrong.sentence))
        return wishes, refused

    def _wish(self, row: Row) -> Wish:
        resource = self._resource(row.resource)
        where = zone(resource["timezone"])
        start, end = (_moment(text, where, self._now) for text in (row.start, row.end))
        if end.instant <= start.instant:
            raise Misused("The end must lie after the start.")
        for name, text, length_max in (
            ("title", row.title, TITLE_LENGTH_MAX),
            ("description", row.description, DESCRIPTION_LENGTH_MAX),
        ):
            if len(text) > length_max:
                raise Misused(f"The {name} is longer than {length_max} characters.")
        body = {"resource_id": resource["id"], "start": start.wire, "end": end.wire, "title": row.title}
        if row.description:
            body["description"] = row.description
        notes = [one.note for one in (start, end) if one.note]
        return Wish(row, body, self._key(body), " ".join(notes) or None)

    def _resource(self, word: str) -> Thing:
        if not word:
            raise Misused("The resource is missing.")
        named = self._by_name.get(word) or ([self._by_id[word]] if is_id(word) and word in self._by_id else [])
        if not named:
            raise Misused(f"There is no resource {word!r}.")
        if len(named) > 1:
            raise Misused(f"Several resources are called {word!r}; write the id.")
        return named[0]

    def _key(self, body: Mapping[str, Any]) -> str:
        """Answer the key of this content; a row that stands in the file twice is two wishes."""
        content = json.dumps(body, sort_keys=True)
        self._seen[content] += 1
        told_apart = f"{content}#{self._seen[content]}"
        return f"import-{hashlib.sha256(told_apart.encode()).hexdigest()[:40]}"


def _moment(text: str, where: Any, now: datetime) -> Moment:
    if text[4:5] != "-":
        raise Misused(f"{text!r} is not a date and a time; write 2027-03-01T09:00 or 2027-03-01T09:00+01:00.")
    return parse_moment(text, where, now)


def count(outcomes: Sequence[Outcome]) -> dict[State, int]:
    """Answer how many rows ended how."""
    found = Counter(one.state for one in outcomes)
    return {state: found[state] for state in State if found[state]}
