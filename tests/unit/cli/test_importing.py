"""What an import understands of a file before anything is sent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from berth.edges.cli.failure import Misused
from berth.edges.cli.importing.planning import Planner
from berth.edges.cli.importing.reading import Kind, find_sources, read_rows, recognise

NOW = datetime(2027, 1, 1, tzinfo=UTC)
ROOMS = [
    {"id": 1, "name": "r25", "timezone": "Europe/Rome"},
    {"id": 2, "name": "7", "timezone": "America/New_York"},
]
HEADER = "resource,start,end,title,teacher,students"
ROW = "r25,2027-03-01T08:30,2027-03-01T10:15,c0955,t086,40"


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def planned(folder: Path, *lines: str) -> tuple[Sequence[object], Sequence[object]]:
    source = recognise(written(folder, "plan.csv", HEADER, *lines))
    return Planner(ROOMS, NOW).plan(read_rows(source))


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("name,kind,site,capacity,timezone,tags", Kind.RESOURCES),
        ("\ufeffName , KIND", Kind.RESOURCES),
        ("resource,start,end", Kind.RESERVATIONS),
        (HEADER, Kind.RESERVATIONS),
    ],
)
def test_a_file_is_known_by_its_header(tmp_path: Path, header: str, kind: Kind) -> None:
    assert recognise(written(tmp_path, "a.csv", header)).kind is kind


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"\xff\xfe\x00", b"name\n"])
def test_any_other_file_is_refused_with_the_headers_that_are_known(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(Misused):
        recognise(path)


def test_a_folder_gives_resources_first_and_leaves_the_rest_out_with_a_note(tmp_path: Path) -> None:
    written(tmp_path, "a.csv", HEADER)
    written(tmp_path, "b.csv", "name,kind")
    written(tmp_path, "c.csv", "what,else")
    written(tmp_path, "d.csv", "resource,start,end,expect")
    sources, notes = find_sources([str(tmp_path)])
    assert [one.path.name for one in sources] == ["b.csv", "a.csv"]
    assert [note.split()[0] for note in notes] == ["c.csv", "d.csv"]


def test_the_kind_may_be_said_and_must_then_be_right(tmp_path: Path) -> None:
    rooms = written(tmp_path, "rooms.csv", "name,kind")
    assert find_sources(["resources", str(rooms)])[0][0].kind is Kind.RESOURCES
    with pytest.raises(Misused):
        find_sources(["reservations", str(rooms)])


def test_columns_that_are_not_berths_go_into_the_description(tmp_path: Path) -> None:
    [row] = read_rows(recognise(written(tmp_path, "a.csv", HEADER, ROW)))
    assert row.description == "teacher: t086 · students: 40"


def test_rows_are_numbered_as_a_spreadsheet_does(tmp_path: Path) -> None:
    rows = read_rows(recognise(written(tmp_path, "a.csv", HEADER, ROW, "", ROW)))
    assert [row.number for row in rows] == [2, 4]


def test_a_row_becomes_a_request_in_the_zone_of_its_resource(tmp_path: Path) -> None:
    [rome, new_york], refused = planned(tmp_path, ROW, ROW.replace("r25", "7"))
    assert not refused
    assert rome.body == {
        "resource_id": 1,
        "start": "2027-03-01T07:30:00Z",
        "end": "2027-03-01T09:15:00Z",
        "title": "c0955",
        "description": "teacher: t086 · students: 40",
    }
    assert new_york.body["start"] == "2027-03-01T13:30:00Z"


def test_the_same_content_has_the_same_key_in_every_run_and_a_second_row_of_it_another(tmp_path: Path) -> None:
    first = [one.key for one in planned(tmp_path, ROW, ROW, ROW.replace("c0955", "c0956"))[0]]
    again = [one.key for one in planned(tmp_path, ROW, ROW, ROW.replace("c0955", "c0956"))[0]]
    assert first == again
    assert len(set(first)) == 3


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (ROW.replace("r25", "r99"), "There is no resource 'r99'."),
        (ROW.replace("r25", ""), "The resource is missing."),
        (ROW.replace("2027-03-01T08:30", "08:30"), "not a date and a time"),
        (ROW.replace("2027-03-01T08:30", "2027-02-30T08:30"), "not a time"),
        (ROW.replace("2027-03-01T10:15", "2027-03-01T08:30"), "after the start"),
        (ROW.replace("c0955", "x" * 201), "longer than 200"),
        ("r25", "not a date"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_before_anything_is_sent(tmp_path: Path, row: str, reason: str) -> None:
    wishes, [refused] = planned(tmp_path, row)
    assert not wishes
    assert reason in refused.reason


def test_a_skipped_local_time_is_told_with_its_row(tmp_path: Path) -> None:
    [wish], _ = planned(tmp_path, "r25,2027-03-28T02:30,2027-03-28T04:00,x,,")
    assert "does not exist" in wish.note
