"""The notification centre from a terminal."""

import asyncio
from typing import Any

from tests.acceptance.cli.conftest import Terminal

PATIENCE_SECONDS = 30.0


async def unread(terminal: Terminal) -> int:
    return (await terminal("notifications", "unread", "--json")).json["unread"]


async def test_what_happened_is_listed_read_and_counted(at_desk: Terminal, terminal: Terminal, unique: Any) -> None:
    name = f"Told {next(unique)}"
    await at_desk("resources", "create", name, "--kind", "room", "--timezone", "Europe/Rome")
    made = (await terminal("reservations", "create", name, "2031-03-03T09:00", "1h", "--json")).json
    before = await unread(terminal)
    assert (await at_desk("reservations", "cancel", made["id"], "--reason", "New floor")).code == 0
    async with asyncio.timeout(PATIENCE_SECONDS):
        while f"cancelled your reservation of {name}" not in (listed := await terminal("notifications", "list")).out:
            assert listed.code == 0, listed.err
    newest = (await terminal("notifications", "list", "--kind", "reservation_cancelled", "--json")).json["items"][0]
    assert newest["data"]["reservation_id"] == made["id"]

    shown = await terminal("notifications", "read", newest["id"], "--tz", "Europe/Rome")
    assert shown.code == 0, shown.err
    assert "Reason: New floor" in shown.out
    assert name in (await terminal("notifications", "list", "--read")).out
    assert (await terminal("notifications", "read-all", "--until", newest["id"])).code == 0
    assert await unread(terminal) == 0 <= before
    assert (await at_desk("notifications", "read", newest["id"])).code == 1


async def test_preferences_are_switched_by_word(terminal: Terminal) -> None:
    async def off(*words: str) -> set[tuple[str, bool]]:
        done = await terminal("notifications", "preferences", *words, "--json")
        return {(one["kind"], one["by_self"]) for one in done.json["items"] if not one["enabled"]}

    changed = {("reservation_changed", True), ("reservation_changed", False)}
    assert await off("--off", "reservation_changed") == changed
    assert await off("--on", "reservation_changed:other") == {("reservation_changed", True)}
    assert await off() == {("reservation_changed", True)}
    assert await off("--default") == set()
    wrong = await terminal("notifications", "preferences", "--off", "rain")
    assert wrong.code == 2
    assert "reservation_created:self" in wrong.err
