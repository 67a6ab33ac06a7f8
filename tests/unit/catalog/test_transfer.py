"""CSV: what is exported reads back as the same, and what cannot be read is told cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.kit.reading.sheet import BadCell
from berth.modules.catalog.domain.resources import Particulars, changed_members, resolve
from berth.modules.catalog.domain.sites import place
from berth.modules.catalog.domain.transfer import Sheet, read_sheet, write_sheet
from tests.unit.catalog.resources import attributes, names, plain_text, record, site, tags

PLACES = place([site(1, "Campus"), site(2, "Building 7", 1), site(3, "=1+1", 2)])

particulars = st.builds(
    Particulars,
    name=names,
    kind=names.filter(lambda text: len(text) <= 50),
    site_id=st.sampled_from([None, 1, 2, 3]),
    capacity=st.none() | st.integers(1, 2**31 - 1),
    timezone=st.sampled_from([None, "Europe/Rome", "America/New_York"]),
    tags=st.sets(tags, max_size=4).map(lambda found: tuple(sorted(found))),
    description=plain_text,
    attributes=attributes,
)


@given(st.lists(particulars, max_size=6, unique_by=lambda one: one.name))
def test_an_export_reads_back_as_exactly_the_same(stated: list[Particulars]) -> None:
    listed = [(resolve(record(1, "x", site_id=one.site_id), PLACES.get(one.site_id)), one) for one in stated]
    sheet = read_sheet(write_sheet(listed).encode())
    assert sheet.errors == []
    ids = {one.path: site_id for site_id, one in PLACES.items()}
    read = [row.applied_to(None, ids) for row in sheet.rows]
    assert [changed_members(*pair) for pair in zip(stated, read, strict=True)] == [()] * len(stated)


@given(st.binary(max_size=200))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    sheet = read_sheet(b"name,kind,tags,attributes\n" + content)
    assert isinstance(sheet, Sheet)


def test_a_byte_order_mark_and_any_line_ends_are_read() -> None:
    sheet = read_sheet("\ufeffName, kind\r\nR1,room\rR2 , room\n".encode())
    assert [dict(row.cells) for row in sheet.rows] == [{"name": "R1", "kind": "room"}, {"name": "R2", "kind": "room"}]


def test_an_absent_column_leaves_what_is_there_and_an_empty_cell_clears_it() -> None:
    before = Particulars("R1", "room", capacity=8, tags=("projector",), timezone="Europe/Rome", description="Bright")
    row = read_sheet(b"name,kind,capacity,tags\nR1,hall,,").rows[0]
    assert row.applied_to(before, {}) == Particulars("R1", "hall", timezone="Europe/Rome", description="Bright")


def test_tags_are_separated_by_semicolon_bar_or_comma() -> None:
    row = read_sheet(b'name,kind,tags\nR1,room,"b; a|c,a;"').rows[0]
    assert row.cells["tags"] == ("a", "b", "c")


def test_every_bad_cell_is_told_with_its_row_and_column() -> None:
    sheet = read_sheet(
        b"name,kind,capacity,timezone,site,attributes\n"
        b"R1,room,none,Mars/Base,,\n"
        b",,,,,\n"
        b"R2,,0,,A//B,[1]\n"
        b"R2,room\n"
        b"R1,room,1,,,\n"
    )
    assert [(one.row, one.column) for one in sheet.errors] == [
        (2, "capacity"),
        (2, "timezone"),
        (4, "kind"),
        (4, "capacity"),
        (4, "site"),
        (4, "attributes"),
        (5, None),
        (6, "name"),
    ]
    assert "row 2 has the same name" in sheet.errors[-1].message


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", BadCell(1, "name", "this column is missing")),
        (b"name,kind,name\n", BadCell(1, "name", "this column is there twice")),
        (b"name,kind\nR1,r\xe9sum\n", BadCell(2, None, "this is not UTF-8; save the file as CSV UTF-8")),
    ],
)
def test_a_file_that_is_no_such_sheet_is_told_so(content: bytes, error: BadCell) -> None:
    assert error in read_sheet(content).errors


def test_an_unknown_column_is_told_with_those_that_there_are() -> None:
    [error] = read_sheet(b"name,kind,colour\nR1,room,red").errors
    assert (error.row, error.column) == (1, "colour")
    assert "name, kind, site, capacity" in error.message


def test_an_open_quote_is_told_with_its_row() -> None:
    [error] = read_sheet(b'name,kind\nR1,room\n"R2,room').errors
    assert (error.row, error.column) == (3, None)


def test_a_file_of_too_many_rows_is_refused() -> None:
    content = b"name,kind\n" + b"".join(b"R%d,room\n" % number for number in range(10_001))
    [error] = read_sheet(content).errors
    assert error.row == 10_002
