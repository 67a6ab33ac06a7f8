"""What people read: their own zone, whose doing it was, and nothing that does not concern them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from berth.modules.notifications.domain import DASH, Kind, listed, render, span

ROME = ZoneInfo("Europe/Rome")
NAMES = {1: "Room 12", 2: "Projector"}
SEMINAR = {
    "title": "Seminar",
    "resource_ids": [1],
    "start": "2027-03-01T09:00:00Z",
    "end": "2027-03-01T10:00:00Z",
}
WHEN = f"Mon 2027-03-01 10:00{DASH}11:00 Europe/Rome"


def said(kind: Kind, *, by_self: bool = False, **more: object) -> tuple[str, str]:
    """The words for the seminar, without the quotation marks around its title."""
    text = render(kind, SEMINAR | more, NAMES, ROME, by_self=by_self)
    return text.title, text.body.translate({0x201C: None, 0x201D: None})


def test_what_an_administrator_reserved_for_somebody_is_told_as_such() -> None:
    assert said(Kind.RESERVATION_CREATED) == (
        "Reserved: Room 12",
        f"An administrator reserved Room 12 for you: {WHEN}, Seminar.",
    )


def test_what_one_reserved_oneself_is_confirmed() -> None:
    assert said(Kind.RESERVATION_CREATED, by_self=True, title="")[1] == f"You reserved Room 12: {WHEN}."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (["start", "end"], "the time of"),
        (["title"], "the title of"),
        (["title", "start", "end", "resource_ids"], "the title, time and resources of"),
        (["something_newer"], "the details of"),
    ],
)
def test_a_change_says_what_was_changed_and_how_it_is_now(changes: list[str], words: str) -> None:
    title, body = said(Kind.RESERVATION_CHANGED, changes=changes)
    assert title == "Changed: Room 12"
    assert body == f"An administrator changed {words} your reservation. It is now Room 12: {WHEN}, Seminar."


def test_a_cancellation_says_its_reason_if_there_is_one() -> None:
    head = f"An administrator cancelled your reservation of Room 12: {WHEN}, Seminar."
    assert said(Kind.RESERVATION_CANCELLED, reason=None)[1] == head
    assert said(Kind.RESERVATION_CANCELLED, reason="New floor")[1] == f"{head} Reason: New floor"


def test_several_resources_are_listed_and_many_are_counted() -> None:
    assert said(Kind.RESERVATION_CREATED, resource_ids=[1, 2, 7])[0] == "Reserved: Room 12, Projector and resource 7"
    assert listed(["A", "B"]) == "A and B"
    assert listed(["A", "B", "C", "D", "E"]) == "A, B and 3 more"
    assert listed([]) == ""


def test_the_same_notification_is_read_in_another_zone() -> None:
    text = render(Kind.RESERVATION_CREATED, SEMINAR, NAMES, ZoneInfo("Asia/Tokyo"), by_self=True)
    assert f"Mon 2027-03-01 18:00{DASH}19:00 Asia/Tokyo" in text.body


def test_a_time_over_midnight_names_both_days() -> None:
    shown = span(datetime(2027, 3, 1, 22, tzinfo=UTC), datetime(2027, 3, 2, 2, tzinfo=UTC), UTC)
    assert shown == f"Mon 2027-03-01 22:00 {DASH} Tue 2027-03-02 02:00 UTC"


def test_an_hour_that_the_clocks_show_twice_carries_its_offset() -> None:
    shown = span(datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC), ROME)
    assert shown == f"Sun 2027-10-31 02:30+02:00{DASH}02:30+01:00 Europe/Rome"
