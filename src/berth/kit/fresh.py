"""Values kept in memory that are never stale: read once, dropped the moment their row changes."""

from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
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
            self._keep(key, value)
        return value

    def _keep(self, key: Key, value: Value) -> None:
        self._values[key] = value
        if len(self._values) > self._size_max:
            del self._values[next(iter(self._values))]

    async def get_all(
        self, keys: Iterable[Key], load_all: Callable[[Sequence[Key]], Awaitable[Mapping[Key, Value]]]
    ) -> Mapping[Key, Value]:
        """Answer the current values of the keys, those not in memory by one loading; unknown keys are left out."""
        kept = {key: self.peek(key) for key in keys}
        found = {key: value for key, value in kept.items() if value is not None}
        missing = [key for key, value in kept.items() if value is None]
        if missing:
            drops = self._drops
            loaded = await load_all(missing)
            if self._changes.current and drops == self._drops:
                for key, value in loaded.items():
                    self._keep(key, value)
            found |= loaded
        return found

    def drop(self, key: Key) -> None:
        """Forget one value: its row changed."""
        self._drops += 1
        self._values.pop(key, None)

    def drop_all(self) -> None:
        """Forget every value."""
        self._drops += 1
        self._values.clear()
