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
    async def on(*words: str) -> set[tuple[str, str]]:
        done = await terminal("notifications", "preferences", *words, "--json")
        assert done.code == 0, done.err
        every = [one for one in done.json["items"] if one["kind"] == "reservation_changed"]
        return {("self" if one["by_self"] else "other", one["channel"]) for one in every if one["enabled"]}

    usual = {("self", "in_app"), ("other", "in_app"), ("other", "email")}
    assert await on() == usual
    assert await on("--off", "reservation_changed") == set()
    assert await on("--on", "reservation_changed:other") == {("other", "in_app"), ("other", "email")}
    assert await on("--off", "reservation_changed:email") == {("other", "in_app")}
    assert await on("--on", "reservation_changed:self:email") == {("other", "in_app"), ("self", "email")}
    assert await on("--default") == usual
    wrong = await terminal("notifications", "preferences", "--off", "rain")
    assert wrong.code == 2
    assert "reservation_created:self" in wrong.err


async def test_the_reminder_is_set_by_hours_or_switched_off(terminal: Terminal) -> None:
    assert "reminder: 24 h before" in (await terminal("notifications", "preferences")).out
    assert "reminder: 48 h before" in (await terminal("notifications", "preferences", "--remind", "48")).out
    assert "reminder: off" in (await terminal("notifications", "preferences", "--remind", "off")).out
    assert "reminder: off" in (await terminal("notifications", "preferences")).out
    assert (await terminal("notifications", "preferences", "--remind", "soon")).code == 2
    assert "reminder: 24 h before" in (await terminal("notifications", "preferences", "--default")).out


async def test_the_language_is_part_of_the_profile(terminal: Terminal) -> None:
    done = await terminal("auth", "profile", "--language", "fr", "--json")
    assert done.json["language"] == "fr"
    assert (await terminal("auth", "profile", "--language", "en", "--json")).json["language"] == "en"
