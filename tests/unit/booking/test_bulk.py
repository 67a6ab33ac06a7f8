"""What rows mean, and what is said of those that cannot be done."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from berth.kit.reading.sheet import read_cells
from berth.modules.booking.api.bulk.sheet import READERS, read_operations
from berth.modules.booking.domain.bulk import Action, Names, Operation, named_twice, taken
from berth.modules.booking.domain.reservation import Occupied
from tests.database.booking.calendar import HOUR, resource

NINE = datetime(2031, 3, 3, 9, tzinfo=UTC)


def test_a_reservation_is_named_by_one_row_and_new_ones_by_none() -> None:
    rows = [
        Operation(1, Action.CANCEL, 7),
        Operation(2, Action.CREATE),
        Operation(3, Action.MOVE, 7),
        Operation(4, Action.CREATE),
        Operation(5, Action.CANCEL, 7),
    ]
    found = named_twice(rows)
    assert [(one.row, one.column, one.kind) for one in found] == [
        (3, "reservation", "named-twice"),
        (5, "reservation", "named-twice"),
    ]
    assert all("Row 1" in one.message for one in found)


def test_a_word_is_a_name_first_and_an_id_then() -> None:
    names = Names([resource(4), resource(12)])
    assert [one and one.id for one in map(names.find, ("Room 4", 4, "4", "Room 2", " Room 2 ", "12", 12))] == [
        4,
        4,
        4,
        12,
        12,
        12,
        12,
    ]
    assert [names.find(word) for word in ("room 4", "13", 13, "", "²")] == [None] * 5
    found, bad = names.all(3, ("Room 2", 4, "12", "x"))
    assert [one.id for one in found] == [4, 12]
    assert [(one.kind, one.message) for one in bad] == [
        ("invalid-input", "Room 2 is named twice."),
        ("unknown-resource", "There is no resource “x”; name one by its id or its exact name."),
    ]


@given(st.dictionaries(st.integers(1, 9), st.lists(st.tuples(st.integers(1, 3), st.integers(0, 6)), min_size=1)))
def test_who_is_in_the_way_of_a_row_is_every_other_row_that_wants_the_time(
    wishes: dict[int, list[tuple[int, int]]],
) -> None:
    wanted = {
        row: [Occupied(id_, NINE + hour * HOUR, NINE + (hour + 2) * HOUR) for id_, hour in slots]
        for row, slots in wishes.items()
    }
    for row, slots in wishes.items():
        rivals = sorted(
            other
            for other, theirs in wishes.items()
            if other != row and any(a == b and abs(h - g) < 2 for a, h in slots for b, g in theirs)
        )
        said = taken(row, wanted, {})
        assert (said.row, said.kind) == (row, "slot-taken")
        named = f"by row {', '.join(map(str, rivals))} as well" if rivals else "taken at this time"
        assert named in said.message


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reader(content: bytes) -> None:
    header = ",".join(READERS).encode()
    operations, bad = read_operations(header + b"\n" + content)
    assert operations or bad
    assert all(one.row >= 1 and one.message for one in bad)


@given(st.lists(st.lists(st.text(max_size=5), min_size=2, max_size=2), max_size=5))
def test_cells_are_read_back_and_empty_rows_passed_over(rows: list[list[str]]) -> None:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in [["a", "b"], *rows]]
    read = read_cells("\r\n".join(quoted).encode("utf-8", "surrogatepass"), ("a", "b"), ("a",), 10)
    if read.errors:
        assert any("\ud800" <= one <= "\udfff" or one == "\0" for row in rows for cell in row for one in cell)
        return
    assert [list(cells) for _, cells in read.rows] == [row for row in rows if any(cell.strip() for cell in row)]


def test_a_row_says_what_is_to_be_done() -> None:
    content = (
        b"Action,Reservation,Resource,Start,End,Title,Owner,Reason\r\n"
        b"create,,Room 1; Room 2,2031-03-03T10:00:00+01:00,2031-03-03T11:00:00+01:00,Talk,ada,\r\n"
        b"MOVE,7,,2031-03-03T10:00:00Z,,,,\r\n"
        b"cancel,7,,,,,,Fog\r\n"
    )
    operations, bad = read_operations(content)
    assert bad == []
    assert operations == [
        Operation(2, Action.CREATE, None, ("Room 1", "Room 2"), NINE, NINE + HOUR, "Talk", None, "ada"),
        Operation(3, Action.MOVE, 7, (), NINE + timedelta(hours=1), None, None, None),
        Operation(4, Action.CANCEL, 7, reason="Fog"),
    ]
