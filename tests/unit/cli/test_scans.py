"""How a file of what a door scanned without a network is read."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from berth.edges.cli.client import server_from
from berth.edges.cli.failure import Misused, NotFound
from berth.edges.cli.seating.door import read_scans
from berth.edges.cli.session import Session

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return Session(server_from("http://berth.invalid", {"BERTH_CONFIG_DIR": str(tmp_path)}), as_json=False)


def read(file: Path, text: str, session: Session) -> Any:
    file.write_text(text, encoding="utf-8")
    return [tuple(one.values()) for one in read_scans(file, ROME, session)]


def test_scans_come_by_time_in_the_zone_of_the_performance(tmp_path: Path, session: Session) -> None:
    text = (
        "\ufeffdoor,code,at\nleft,cd ef,2026-03-06T20:14:05\nleft, ab ,2026-03-06T19:14:04Z\nleft,ab,2026-03-06T20:14\n"
    )
    assert read(tmp_path / "scans.csv", text, session) == [
        ("AB", "2026-03-06T19:14:00Z"),
        ("AB", "2026-03-06T19:14:04Z"),
        ("CDEF", "2026-03-06T19:14:05Z"),
    ]
    assert read(tmp_path / "scans.csv", "code,at\n", session) == []


@pytest.mark.parametrize(
    "text",
    [
        "code\nAB\n",
        "code,at\n,2026-03-06T20:14\n",
        "code,at\nAB,\n",
        "code,at\nAB,soon\n",
        f"code,at\n{'A' * 101},2026-03-06T20:14\n",
    ],
)
def test_a_line_that_says_too_little_is_named(text: str, tmp_path: Path, session: Session) -> None:
    with pytest.raises(Misused, match=r"scans\.csv, line 2: ") as refused:
        read(tmp_path / "scans.csv", text, session)
    assert "code,at" in refused.value.hints[0]


def test_what_is_no_file_of_text_is_refused(tmp_path: Path, session: Session) -> None:
    with pytest.raises(NotFound):
        read_scans(tmp_path / "scans.csv", ROME, session)
    (tmp_path / "scans.csv").write_bytes(b"code,at\n\xff\n")
    with pytest.raises(Misused, match="no CSV in UTF-8"):
        read_scans(tmp_path / "scans.csv", ROME, session)
