"""Importing files from a terminal: told apart by their headers, safe to repeat, with a reason for every bad row."""

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.cli.conftest import Terminal

PLAN = "resource,start,end,title,teacher,students"


@pytest.fixture
def folder(tmp_path: Path, unique: Any) -> Path:
    """A folder with two rooms and a plan of ten lectures in them."""
    number = next(unique)
    rooms = [f"A{number}", f"B{number}"]
    lines = [f"{name},classroom,Faculty {number},40,Europe/Rome,projector" for name in rooms]
    (tmp_path / "rooms.csv").write_text("\n".join(["name,kind,site,capacity,timezone,tags", *lines]) + "\n")
    lectures = [
        f"{room},2027-03-01T{hour:02}:00,2027-03-01T{hour + 1:02}:00,c{hour},t086,40"
        for room in rooms
        for hour in range(9, 14)
    ]
    (tmp_path / "plan.csv").write_text("\n".join([PLAN, *lectures]) + "\n")
    return tmp_path


def add(folder: Path, *lines: str) -> None:
    with (folder / "plan.csv").open("a") as file:
        file.write("\n".join(lines) + "\n")


def room(folder: Path) -> str:
    return (folder / "rooms.csv").read_text().splitlines()[1].split(",")[0]


async def test_a_folder_is_imported_resources_first_and_again_without_a_change(at_desk: Terminal, folder: Path) -> None:
    first = await at_desk("import", folder)
    assert first.code == 0, first.err
    assert "2 created" in first.out
    assert "10 rows · 10 created" in first.out
    again = await at_desk("import", folder)
    assert again.code == 0, again.err
    assert "2 already there" in again.out
    assert "10 rows · 10 already there" in again.out
    listed = (await at_desk("reservations", "list", "--resource", room(folder), "--json")).json["items"]
    assert len(listed) == 5
    assert listed[0]["description"] == "teacher: t086 · students: 40"


async def test_each_refused_row_has_its_reason_and_the_others_are_stored(
    at_desk: Terminal, folder: Path, tmp_path: Path
) -> None:
    await at_desk("import", "resources", folder / "rooms.csv")
    name = room(folder)
    add(
        folder,
        f"{name},2027-03-01T09:30,2027-03-01T10:30,clash,,",
        f"{name},2020-03-01T09:30,2020-03-01T10:30,past,,",
        "nowhere,2027-03-01T09:30,2027-03-01T10:30,x,,",
    )
    done = await at_desk("import", "reservations", folder / "plan.csv", "--report", tmp_path / "report.csv")
    assert done.code == 1
    assert "10 created" in done.out
    assert "3 refused" in done.out
    with (tmp_path / "report.csv").open() as file:
        rows = {int(row["row"]): row for row in csv.DictReader(file)}
    assert {row["outcome"] for number, row in rows.items() if number <= 11} == {"created"}
    assert "taken" in rows[12]["reason"]
    assert "past" in rows[13]["reason"]
    assert "no resource" in rows[14]["reason"]


async def test_a_row_that_was_refused_is_stored_once_its_slot_is_free(at_desk: Terminal, folder: Path) -> None:
    await at_desk("import", folder / "rooms.csv")
    name = room(folder)
    words = ("reservations", "create", name, "2027-03-01T09:15", "15m", "--json")
    in_the_way = (await at_desk(*words)).json["id"]
    assert (await at_desk("import", folder / "plan.csv")).code == 1
    await at_desk("reservations", "cancel", in_the_way)
    done = (await at_desk("import", folder / "plan.csv", "--json")).json
    assert done["files"][0]["created"] == 1
    assert done["files"][0]["already_there"] == 9


async def test_a_reservation_that_the_server_no_longer_knows_by_its_key_is_still_found(
    at_desk: Terminal, folder: Path
) -> None:
    await at_desk("import", folder / "rooms.csv")
    words = ("reservations", "create", room(folder), "2027-03-01T09:00", "1h", "--title", "c9")
    assert (await at_desk(*words)).code == 0
    done = (await at_desk("import", folder / "plan.csv", "--json")).json
    assert done["files"][0]["already_there"] == 1
    assert done["files"][0]["created"] == 9


async def test_a_dry_run_stores_nothing_and_knows_the_rooms_of_the_same_run(at_desk: Terminal, folder: Path) -> None:
    done = await at_desk("import", folder, "--dry-run")
    assert done.code == 0, done.err
    assert "10 checked" in done.out
    assert (await at_desk("resources", "show", room(folder))).code == 1


async def test_one_bad_row_of_resources_keeps_all_out_and_every_bad_row_is_told(
    at_desk: Terminal, folder: Path
) -> None:
    rooms = folder / "rooms.csv"
    rooms.write_text(rooms.read_text() + "C,classroom,,many,Europe/Rome,\nD,classroom,,4,Europe/Nowhere,\n")
    done = await at_desk("import", rooms)
    assert done.code == 1
    assert "2 bad rows" in done.err
    assert "capacity" in done.err
    assert "timezone" in done.err
    assert (await at_desk("resources", "show", room(folder))).code == 1


async def test_where_rows_conflict_the_first_wins_if_they_are_sent_one_after_the_other(
    at_desk: Terminal, folder: Path
) -> None:
    await at_desk("import", folder / "rooms.csv")
    name = room(folder)
    lines = [f"{name},2027-03-02T09:00,2027-03-02T10:00,t{number},,,201" for number in range(4)]
    (folder / "plan.csv").write_text("\n".join([f"{PLAN},expect", *lines]) + "\n")
    refused = await at_desk("import", folder / "plan.csv")
    assert refused.code == 2
    assert "--sequential" in refused.err
    done = await at_desk("import", folder / "plan.csv", "--sequential", "--json")
    assert done.code == 1
    listed = (await at_desk("reservations", "list", "--resource", name, "--json")).json["items"]
    assert [one["title"] for one in listed] == ["t0"]


async def test_a_file_that_nobody_knows_is_refused_with_the_headers_that_are_known(
    at_desk: Terminal, tmp_path: Path
) -> None:
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    for words in (("import", tmp_path / "other.csv"), ("import", tmp_path / "missing.csv"), ("import", tmp_path)):
        done = await at_desk(*words)
        assert done.code == 2
        assert done.err
