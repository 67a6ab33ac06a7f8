"""The life of a reservation from a terminal: the studio's flow, and an approver's."""

import asyncio
from pathlib import Path
from typing import Any

import pytest_asyncio

from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller
from tests.acceptance.life.picture import read_qr


@pytest_asyncio.fixture(loop_scope="session")
async def studio(at_desk: Terminal, unique: Any) -> str:
    """The name of a studio of a kind of its own, of which everybody has three hours a week."""
    name = f"Studio {next(unique)}"
    made = await at_desk("resources", "create", name, "--kind", name, "--timezone", "Europe/Rome")
    assert made.code == 0, made.err
    for words in (
        ("resources", "policy", name, "--confirm", "quota", "--confirm", "access"),
        ("quota", "set", name, "--minutes", 180, "--per", "week", "--kind", name),
    ):
        done = await at_desk(*words)
        assert done.code == 0, done.err
    return name


async def test_a_studio_is_reserved_entered_kept_for_longer_and_left(
    terminal: Terminal, studio: str, tmp_path: Path
) -> None:
    made = (await terminal("reservations", "create", studio, "now", "30m", "--json")).json
    assert made["state"] == "ready"
    id_ = made["id"]
    shown = (await terminal("reservations", "show", id_)).out
    assert "access (given), quota (given)" in shown
    code = (await terminal("access", "code", id_, "--json")).json["code"]
    picture = tmp_path / "in.svg"
    drawn = await terminal("reservations", "qr", id_, picture)
    assert drawn.code == 0, drawn.err
    assert read_qr(picture.read_text()).endswith(f"/reservations/{id_}/check-in?code={code}")

    early = await terminal("reservations", "check-out", id_)
    assert (early.code, "Only a reservation that is in use" in early.err) == (5, True)
    assert "in_use" in (await terminal("reservations", "check-in", id_)).out
    longer = await terminal("reservations", "extend", id_, "30m", "--json")
    assert longer.json["state"] == "in_use"
    assert longer.json["end"] != made["end"]
    assert (await terminal("reservations", "extend", id_)).code == 2
    left = await terminal("reservations", "check-out", id_)
    assert "finished" in left.out
    history = (await terminal("reservations", "history", id_)).out
    assert [word in history for word in ("created", "confirmed", "started", "finished")] == [True] * 4


async def test_another_person_comes_in_with_the_code_and_not_without(
    terminal: Terminal, at_desk: Terminal, studio: str, other: Caller
) -> None:
    id_ = (await terminal("reservations", "create", studio, "now", "30m", "--json")).json["id"]
    code = (await terminal("access", "code", id_, "--json")).json["code"]
    guest = Terminal(terminal.url, terminal.home / "guest", variables={"BERTH_TOKEN": other.token})
    guest.home.mkdir()
    refused = await guest("reservations", "check-in", id_)
    assert (refused.code, "check in with its code" in refused.err) == (1, True)
    assert (await guest("reservations", "qr", id_, guest.home / "in.svg")).code == 1
    came = await guest("reservations", "check-in", id_, "--code", code)
    assert came.code == 0, came.err


async def test_what_is_over_the_quota_is_refused_with_the_reason(terminal: Terminal, studio: str) -> None:
    done = await terminal("reservations", "create", studio, "2031-03-03T09:00", "4h")
    assert done.code == 1
    assert "cancelled" in done.out
    assert "has 180 of 180 min left in that week, and 240 would be needed" in " ".join(done.err.split())
    assert (await terminal("reservations", "create", studio, "2031-03-03T09:00", "3h")).code == 0


async def test_an_approver_finds_what_waits_and_decides(
    terminal: Terminal, at_desk: Terminal, someone: Caller, unique: Any
) -> None:
    name = f"Hall {next(unique)}"
    await at_desk("resources", "create", name, "--kind", "hall", "--timezone", "Europe/Rome")
    await at_desk("resources", "policy", name, "--confirm", "approval")
    # Who waits for a decision is answered after some seconds.
    days = ("2031-03-03", "2031-03-04")
    creating = [terminal("reservations", "create", name, f"{day}T09:00", "1h", "--json") for day in days]
    made = [one.json for one in await asyncio.gather(*creating)]
    assert [one["state"] for one in made] == ["pending", "pending"]
    ids = [one["id"] for one in made]
    waiting = await at_desk("approvals", "list", "--all")
    assert name in waiting.out
    listed = (await at_desk("approvals", "list", "--all", "--json")).json["items"]
    first, second = [one["id"] for id_ in ids for one in listed if one["reservation_id"] == id_]
    refused = await terminal("approvals", "approve", first)
    assert (refused.code, "named as approvers" in refused.err) == (1, True)

    assert "Approved." in (await at_desk("approvals", "approve", first)).out
    assert "Rejected." in (await at_desk("approvals", "reject", second, "--message", "Exams")).out
    assert (await at_desk("approvals", "approve", second)).code == 5
    states = [(await terminal("reservations", "show", id_, "--json")).json for id_ in ids]
    assert [one["state"] for one in states] == ["ready", "cancelled"]
    assert "Rejected: Exams" in (await terminal("reservations", "show", ids[1])).out

    moving = await terminal("reservations", "reschedule", ids[0], "2031-03-05T09:00")
    assert "moves to" in moving.out
    listed = (await at_desk("approvals", "list", "--all")).out
    assert "a move" in listed
