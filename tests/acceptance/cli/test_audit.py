"""The record from a terminal."""

import asyncio
import json
from pathlib import Path
from typing import Any

from tests.acceptance.cli.conftest import Done, Terminal

CHANGED = "berth.catalog.resource_changed.v1"


async def listed(at_desk: Terminal, *words: object) -> Done:
    """Answer the list once something is in it."""
    async with asyncio.timeout(30):
        while True:
            done = await at_desk("audit", "list", *words)
            assert done.code == 0, done.err
            if "Nothing of this kind" not in done.out:
                return done


async def test_who_did_what_is_listed_exported_and_verified(at_desk: Terminal, unique: Any, tmp_path: Path) -> None:
    name = f"Logged {next(unique)}"
    made = (await at_desk("resources", "create", name, "--kind", "desk", "--timezone", "UTC", "--json")).json
    subject = f"resource/{made['id']}"
    shown = await listed(at_desk, "--subject", subject)
    assert "resource created" in shown.out
    assert "harbour" in shown.out
    await at_desk("resources", "edit", name, "--capacity", 3)
    assert "capacity: none → 3" in (await listed(at_desk, "--subject", subject, "--type", CHANGED)).out
    found = (await at_desk("audit", "list", "--actor", "harbour", "--text", name.upper(), "--json")).json
    assert [one["subject"] for one in found["items"]] == [subject]

    file = tmp_path / "record.json"
    assert (await at_desk("audit", "export", file, "--format", "json", "--subject", subject)).code == 0
    assert [one["subject"] for one in json.loads(file.read_text())] == [subject, subject]
    assert (await at_desk("audit", "export", "--subject", subject)).out.startswith("sequence,occurred_at,")

    verdict = await at_desk("audit", "verify")
    assert verdict.code == 0
    assert "whole" in verdict.out
    broken = await at_desk("audit", "verify", "--head", f"1:{'0' * 64}")
    assert broken.code == 1
    assert "BROKEN" in broken.out


async def test_others_are_refused(terminal: Terminal) -> None:
    for verb in ("list", "export", "verify"):
        done = await terminal("audit", verb)
        assert done.code == 1
        assert "admin" in done.err
