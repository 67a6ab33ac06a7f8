"""Following the chain from entry to entry, to the first one that does not fit."""

from dataclasses import dataclass
from typing import Literal

from berth.modules.audit.domain.entry import Entry, Head, digest

Reason = Literal["content", "previous-hash", "missing", "left-over", "cut", "added", "head", "noted-head"]


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain breaks first, and how."""

    sequence: int
    reason: Reason
    message: str


class Chain:
    """Follows the chain from where it begins.

    ``start`` is what stands before the first entry: the last one that was removed for its age, or nothing.
    ``noted`` is a head that somebody wrote down at an earlier time.
    """

    def __init__(self, start: Head, noted: Head | None) -> None:
        self._noted = noted
        self.start = start
        self.head = start
        self.entries = 0

    def begin(self) -> Break | None:
        """Compare what stands before the first entry with the noted head, if it is that one."""
        return self._noted_differs()

    def follow(self, entry: Entry) -> Break | None:
        """Take the next entry; answer the break if it does not fit behind those before."""
        expected = self.head.sequence + 1
        if entry.sequence < expected:
            return Break(entry.sequence, "left-over", "This entry is older than the last one that was removed.")
        if entry.sequence > expected:
            return Break(expected, "missing", f"Entries {expected} to {entry.sequence - 1} are missing.")
        if entry.previous_hash != self.head.hash:
            return Break(expected, "previous-hash", "The entry does not continue the one before it.")
        if digest(entry) != entry.hash:
            return Break(expected, "content", "The entry was changed after it was written.")
        self.head = Head(entry.sequence, entry.hash)
        self.entries += 1
        return self._noted_differs()

    def _noted_differs(self) -> Break | None:
        if self._noted and self._noted.sequence == self.head.sequence and self._noted.hash != self.head.hash:
            return Break(
                self.head.sequence, "noted-head", "The chain was written anew: this hash is not the noted one."
            )
        return None

    def end(self, head: Head) -> Break | None:
        """Compare the end with the head that was kept beside the entries, and with the noted one."""
        last = self.head.sequence
        if last < head.sequence:
            return Break(last + 1, "cut", f"Entries {last + 1} to {head.sequence} are missing at the end.")
        if last > head.sequence:
            return Break(head.sequence + 1, "added", "Entries from here on were not written by Berth.")
        if head.hash != self.head.hash:
            return Break(last, "head", "The last entry is not the one that was written last.")
        if self._noted and self._noted.sequence > last:
            return Break(last + 1, "noted-head", f"Entry {self._noted.sequence} was noted as head, and is missing.")
        return self._noted_differs()

    @property
    def noted_was_removed(self) -> bool:
        """Tell whether the noted head is older than what is kept, so that nothing can be said of it."""
        return self._noted is not None and self._noted.sequence < self.start.sequence
