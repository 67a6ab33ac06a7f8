"""``kit.fresh``: a memory that is never stale."""

import asyncio
from collections.abc import Mapping, Sequence

from berth.kit.fresh import Fresh


class News:
    """Stands for ``Changes``, heard or not."""

    current = True


class Shelf:
    """A loader that counts, and can be held up."""

    def __init__(self) -> None:
        self.loads = 0
        self.value = "first"
        self.gate = asyncio.Event()
        self.gate.set()

    async def load(self, key: str) -> str:
        self.loads += 1
        value = self.value
        await self.gate.wait()
        return f"{key} {value}"


async def test_a_value_is_read_once_until_it_changes() -> None:
    shelf = Shelf()
    fresh = Fresh(shelf.load, News())
    assert await fresh.get("a") == await fresh.get("a") == fresh.peek("a") == "a first"
    assert shelf.loads == 1
    shelf.value = "second"
    fresh.drop("a")
    assert fresh.peek("a") is None
    assert await fresh.get("a") == "a second"


async def test_a_change_during_the_reading_is_not_remembered_over() -> None:
    shelf = Shelf()
    shelf.gate.clear()
    fresh = Fresh(shelf.load, News())
    reading = asyncio.create_task(fresh.get("a"))
    await asyncio.sleep(0)
    shelf.value = "second"
    fresh.drop("a")
    shelf.gate.set()
    await reading
    assert await fresh.get("a") == "a second"


async def test_without_news_nothing_is_remembered() -> None:
    shelf = Shelf()
    news = News()
    fresh = Fresh(shelf.load, news)
    await fresh.get("a")
    news.current = False
    shelf.value = "second"
    assert fresh.peek("a") is None
    assert await fresh.get("a") == "a second"


async def test_it_is_bounded_and_the_oldest_leaves_first() -> None:
    shelf = Shelf()
    fresh = Fresh(shelf.load, News(), size_max=2)
    for key in "abc":
        await fresh.get(key)
    assert [fresh.peek(key) for key in "abc"] == [None, "b first", "c first"]


async def test_all_can_be_forgotten() -> None:
    shelf = Shelf()
    fresh = Fresh(shelf.load, News())
    await fresh.get("a")
    fresh.drop_all()
    assert fresh.peek("a") is None


async def test_many_values_are_read_at_once_and_only_those_not_in_memory() -> None:
    asked: list[list[str]] = []

    async def load_all(keys: Sequence[str]) -> Mapping[str, str]:
        asked.append(list(keys))
        return {key: key.upper() for key in keys if key != "unknown"}

    fresh = Fresh(Shelf().load, News())
    assert await fresh.get_all(["a", "unknown"], load_all) == {"a": "A"}
    assert await fresh.get_all(["a", "b"], load_all) == {"a": "A", "b": "B"}
    fresh.drop("a")
    assert await fresh.get_all(["a", "b"], load_all) == {"a": "A", "b": "B"}
    assert asked == [["a", "unknown"], ["b"], ["a"]]
