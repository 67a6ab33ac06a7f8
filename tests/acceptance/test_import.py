"""Whole catalogues as CSV: all or nothing, and the same file twice changes nothing."""

import itertools
from pathlib import Path

import httpx

from tests.acceptance.conftest import Caller

HEADER = "name,kind,site,capacity,timezone,tags\n"


async def send(caller: Caller, sheet: str | bytes, **params: object) -> httpx.Response:
    content = sheet.encode() if isinstance(sheet, str) else sheet
    return await caller.post("resources/import", content=content, params=params, headers={"Content-Type": "text/csv"})


def counts(answer: httpx.Response) -> tuple[int, int, int, int]:
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert report["errors"] == []
    return report["created"], report["updated"], report["unchanged"], report["sites_created"]


async def test_a_file_creates_then_changes_nothing_then_updates(
    admin: Caller, user: Caller, unique: itertools.count
) -> None:
    campus = f"Campus {next(unique)}"
    sheet = (
        HEADER + f"{campus} r1,room,{campus}/B/F,8,Europe/Rome,projector\n{campus} r2,lab,{campus}/B,,Europe/Rome,\n"
    )
    assert counts(await send(admin, sheet, dry_run=True)) == (2, 0, 0, 3)
    assert (await user.get("resources", text=campus)).json()["items"] == []
    assert counts(await send(admin, sheet)) == (2, 0, 0, 3)
    assert counts(await send(admin, sheet)) == (0, 0, 2, 0)
    assert counts(await send(admin, sheet.replace(",8,", ",9,"))) == (0, 1, 1, 0)
    [first, second] = (await user.get("resources", text=campus)).json()["items"]
    assert (first["capacity"], first["site_path"], first["tags"]) == (9, [campus, "B", "F"], ["projector"])
    assert (second["kind"], second["capacity"], second["site_path"]) == ("lab", None, [campus, "B"])


async def test_bad_rows_are_all_told_and_nothing_is_stored(admin: Caller, unique: itertools.count) -> None:
    mark = f"Bad{next(unique)}"
    sheet = HEADER + f"{mark} good,room,{mark},8,Europe/Rome,\n{mark} bad,room,,none,Mars,\n{mark} zoneless,room,,,,\n"
    for dry_run in (True, False):
        answer = await send(admin, sheet, dry_run=dry_run)
        assert answer.status_code == 422
        told = [(one["row"], one["column"]) for one in answer.json()["errors"]]
        assert told == [(3, "capacity"), (3, "timezone"), (4, "timezone")]
    assert (await admin.get("resources", text=mark)).json()["items"] == []
    assert mark not in [site["name"] for site in (await admin.get("sites")).json()["items"]]


async def test_a_retired_resource_is_not_brought_back_by_a_file(admin: Caller, unique: itertools.count) -> None:
    name = f"Old {next(unique)}"
    sheet = HEADER + f"{name},room,,8,UTC,\n"
    await send(admin, sheet)
    [room] = (await admin.get("resources", text=name)).json()["items"]
    await admin.post(f"resources/{room['id']}/retire")
    answer = await send(admin, sheet)
    assert answer.status_code == 422
    assert "restore it" in answer.json()["errors"][0]["message"]


async def test_an_export_is_imported_as_unchanged(admin: Caller, user: Caller, unique: itertools.count) -> None:
    given = {
        "name": f'=HYPERLINK("x"), {next(unique)}',
        "kind": "room",
        "timezone": "UTC",
        "description": 'Two\r\nlines, "quoted"',
        "attributes": {"ünï": "☃", "n": 1.5, "none": None},
        "tags": ["a b", "c/d"],
    }
    created = (await admin.post("resources", given)).json()
    exported = await user.get("resources/export")
    assert exported.headers["content-type"] == "text/csv; charset=utf-8"
    created_count, updated, unchanged, sites = counts(await send(admin, exported.content))
    assert (created_count, updated, sites) == (0, 0, 0)
    assert unchanged > 0
    assert (await user.get(f"resources/{created['id']}")).json() == created


async def test_what_is_no_csv_is_refused(admin: Caller) -> None:
    assert (await admin.post("resources/import", {"name": "R1"})).status_code == 415
    assert (await send(admin, b"")).status_code == 422
    assert (await send(admin, b"name,kind\n\xff,room\n")).status_code == 422
    assert (await send(admin, b"x" * 2_000_001)).status_code == 413


async def test_the_rooms_of_udine_are_imported_twice(admin: Caller, user: Caller) -> None:
    file = Path(__file__).parents[1] / "udine" / "rooms.csv"
    assert counts(await send(admin, file.read_bytes()))[0] == 20
    assert counts(await send(admin, file.read_bytes())) == (0, 0, 20, 0)
    found = (await user.get("resources", text="engineering", tags="projector", capacity_min=100)).json()["items"]
    assert "rDS1" in [room["name"] for room in found]
