"""Values kept in memory that are never stale: read once, dropped the moment their row changes."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from berth.kit.db import Changes

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Fresh(Generic[Key, Value]):
    """A bounded memory in front of a loader, the oldest value leaving first.

    The writer drops what it changed before it answers; other processes hear of it through
    ``Changes``. While news cannot be heard, every read goes to the loader.
    """

    def __init__(self, load: Callable[[Key], Awaitable[Value]], changes: Changes, *, size_max: int = 100_000) -> None:
        self._load = load
        self._changes = changes
        self._size_max = size_max
        self._values: dict[Key, Value] = {}
        self._drops = 0

    def peek(self, key: Key) -> Value | None:
        """Answer the value if it is in memory and current, without waiting."""
        if not self._changes.current:
            return None
        return self._values.get(key)

    async def get(self, key: Key) -> Value:
        """Answer the current value of the key."""
        kept = self.peek(key)
        if kept is not None:
            return kept
        drops = self._drops
        value = await self._load(key)
        if self._changes.current and drops == self._drops:
            self._values[key] = value
            if len(self._values) > self._size_max:
                del self._values[next(iter(self._values))]
        return value

    def drop(self, key: Key) -> None:
        """Forget one value: its row changed."""
        self._drops += 1
        self._values.pop(key, None)

    def drop_all(self) -> None:
        """Forget every value."""
        self._drops += 1
        self._values.clear()
