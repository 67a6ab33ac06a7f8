"""Many operations on reservations at once: what each row wants, and what is said of a row that cannot be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from berth.contracts.catalog import Resource
from berth.modules.booking.domain.reservation import Occupied

OPERATIONS_MAX = 500


class Action(StrEnum):
    """What is to be done with a reservation."""

    CREATE = "create"
    MOVE = "move"
    CANCEL = "cancel"


class Outcome(StrEnum):
    """What was done."""

    CREATED = "created"
    MOVED = "moved"
    CANCELLED = "cancelled"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Operation:
    """One row: a reservation to make, to move or retitle, or to give up; what is none stays, or is not wanted.

    ``resources`` are ids or exact names, ``owner`` is an id or a username.
    """

    row: int
    action: Action
    reservation_id: int | None = None
    resources: tuple[int | str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    title: str | None = None
    description: str | None = None
    owner: int | str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """Why a row cannot be done: the ``kind`` of the problem that it would be by itself, and its sentence."""

    row: int
    column: str | None
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Done:
    """What a row did, or would have done; with ``asked`` a move takes place once it is confirmed."""

    row: int
    action: Action
    outcome: Outcome
    reservation_id: int
    state: str
    asked: bool = False


def named_twice(operations: Iterable[Operation]) -> list[BadRow]:
    """Answer the rows that name a reservation which an earlier row names."""
    first: dict[int, int] = {}
    found = []
    for one in operations:
        if one.reservation_id is None:
            continue
        if one.reservation_id in first:
            message = f"Row {first[one.reservation_id]} names the reservation {one.reservation_id} already."
            found.append(BadRow(one.row, "reservation", "named-twice", message))
        first.setdefault(one.reservation_id, one.row)
    return found


class Names:
    """Resources by what people call them: the exact name first, then the id."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_id: dict[int, Resource] = {}
        self._by_name: dict[str, Resource] = {}
        for one in resources:
            self._by_id[one.id] = one
            if not one.retired:
                self._by_name.setdefault(one.name, one)

    def find(self, word: int | str) -> Resource | None:
        """Answer the resource that a word means; none if there is none."""
        if isinstance(word, int):
            return self._by_id.get(word)
        named = self._by_name.get(word.strip())
        if named is None and word.strip().isdecimal():
            return self._by_id.get(int(word))
        return named

    def all(self, row: int, words: Sequence[int | str]) -> tuple[list[Resource], list[BadRow]]:
        """Answer the resources that the words mean, each once and by id, and what is wrong with the others."""
        found, bad = {}, []
        for word in words:
            one = self.find(word)
            if one is None:
                shown = word if isinstance(word, int) else f"“{word}”"
                message = f"There is no resource {shown}; name one by its id or its exact name."
                bad.append(BadRow(row, "resource", "unknown-resource", message))
            elif one.id in found:
                bad.append(BadRow(row, "resource", "invalid-input", f"{one.name} is named twice."))
            else:
                found[one.id] = one
        return sorted(found.values(), key=lambda one: one.id), bad


def taken(row: int, wanted: Mapping[int, Sequence[Occupied]], names: Mapping[int, str]) -> BadRow:
    """Answer why a row did not get what it wanted: another row wants it, or it is taken; ``wanted`` is by rows."""
    mine = wanted[row]
    rivals = sorted(
        other
        for other, stretches in wanted.items()
        if other != row and any(_overlap(one, two) for one in mine for two in stretches)
    )
    what = ", ".join(names.get(one.resource_id, f"resource {one.resource_id}") for one in mine)
    if rivals:
        others = ", ".join(str(one) for one in rivals)
        return BadRow(row, None, "slot-taken", f"{what}: wanted at this time by row {others} as well.")
    return BadRow(row, None, "slot-taken", f"{what}: taken at this time.")


def _overlap(one: Occupied, two: Occupied) -> bool:
    return one.resource_id == two.resource_id and one.start < two.end and two.start < one.end
