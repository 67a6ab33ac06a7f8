"""Large feeds, which anybody may ask for again and again, are written once."""

from dataclasses import replace
from datetime import UTC, datetime

from berth.modules.calendar.domain.items import Item
from berth.modules.calendar.usecases.feeds import LARGE, LARGE_KEPT_MAX, Content, Feeds

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
ITEM = Item("a@b", 0, NOW, NOW, NOW, NOW, "Busy", "", "", "", "CONFIRMED")
NOBODY = dict.fromkeys(("database", "outbox", "booking", "catalog", "identity", "showing", "clock"))


def content(etag: str, count: int) -> Content:
    return Content("Hall", [replace(ITEM, uid=f"{one}@b") for one in range(count)], etag, NOW)


async def test_a_large_one_is_kept_and_the_oldest_let_go() -> None:
    feeds = Feeds(**NOBODY)
    first = await feeds.text(content("0", LARGE))
    assert first.count(b"BEGIN:VEVENT") == LARGE
    assert await feeds.text(content("0", LARGE)) is first
    for number in range(1, LARGE_KEPT_MAX + 1):
        await feeds.text(content(str(number), LARGE))
    again = await feeds.text(content("0", LARGE))
    assert again == first
    assert again is not first


async def test_a_small_one_is_written_anew() -> None:
    feeds = Feeds(**NOBODY)
    small = content("0", LARGE - 1)
    assert await feeds.text(small) is not await feeds.text(small)
