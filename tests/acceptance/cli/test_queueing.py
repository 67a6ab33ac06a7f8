"""The waiting room of a performance from a terminal."""

import asyncio
from typing import Any

from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.cli.test_seats import put_on


async def test_one_waits_until_the_other_leaves(at_desk: Terminal, terminal: Terminal, hall: Any) -> None:
    venue = await hall()
    await put_on(at_desk, venue, "--admitted-max", 1)
    queue = ("performances", "queue", venue)
    outside = await terminal("seats", "hold", venue, "--best", 1)
    assert (outside.code, "berth performances queue" in outside.err, "--wait" in outside.err) == (5, True, True)
    inside = await at_desk(*queue)
    assert ("it is your turn" in inside.out, "berth seats show" in inside.out, "until" in inside.out) == (True,) * 3
    waits = await terminal(*queue)
    for words in ("waiting", "position", "0 people", "not known yet", "--wait"):
        assert words in waits.out
    assert (await terminal(*queue, "--json")).json["position"] == 1
    waiting = asyncio.create_task(terminal(*queue, "--wait"))
    await asyncio.sleep(0.5)
    assert "queue no more" in (await at_desk(*queue, "--leave")).out
    admitted = await waiting
    assert (admitted.code, "it is your turn" in admitted.out) == (0, True), admitted.err
    assert (await terminal("seats", "hold", venue, "--best", 1)).code == 0


async def test_nobody_waits_without_a_waiting_room_or_once_the_sale_is_over(
    at_desk: Terminal, terminal: Terminal, hall: Any
) -> None:  # fmt: skip
    venue = await hall()
    await put_on(at_desk, venue)
    queue = ("performances", "queue", venue)
    assert "there is no waiting room" in (await terminal(*queue, "--wait")).out
    assert (await terminal(*queue, "--wait", "--leave")).code == 2
    await at_desk("performances", "change", venue, "--admitted-max", 1, "--sales-until", "now")
    over = await terminal(*queue)
    assert (over.code, "berth performances show" in over.err) == (5, True)
