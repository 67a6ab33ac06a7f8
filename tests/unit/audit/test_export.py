"""CSV for spreadsheets: what could run as a formula does not."""

import csv
import io
from datetime import UTC, datetime

import pytest

from berth.contracts.identity import Person
from berth.kit.outbox.event import Envelope
from berth.modules.audit.domain.entry import Head, chained
from berth.modules.audit.domain.export import COLUMNS, csv_header, csv_lines

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")'])
def test_no_cell_begins_like_a_formula(evil: str) -> None:
    event = Envelope("booking", 1, evil, evil, NOW, '{"actor_id": 3}', None, evil)
    text = csv_header() + csv_lines(chained([event], Head(0, bytes(32)), NOW), {3: Person(3, evil, evil, active=True)})
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == COLUMNS
    cells = dict(zip(header, row, strict=True))
    assert [cells[name] for name in ("type", "subject", "address", "actor")] == [f"'{evil}"] * 4
    assert cells["actor_id"] == "3"
    assert cells["occurred_at"] == "2027-03-01T09:00:00Z"
