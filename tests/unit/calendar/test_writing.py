"""Calendars as they are written: whatever people write into a title, another program reads it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from berth.contracts.booking.questions import Closure, Entry
from berth.kit.reading.xml import read_xml
from berth.modules.calendar.domain.dav import nodes
from berth.modules.calendar.domain.dav.asked import Wanted
from berth.modules.calendar.domain.dav.xml import BOUNDS, DAV, document
from berth.modules.calendar.domain.items import Item, Names, Place, fingerprint, of_closure, of_reservation, plain
from berth.modules.calendar.domain.writing import calendar_text

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLACE = Place("https://rooms.example.org", "rooms.example.org")
ENTRY = Entry(41, "ready", 7, "Seminar", "Bring\r\nchalk", NOW, NOW + HOUR, (12,), 3, NOW - HOUR, NOW)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


def item(entry: Entry = ENTRY, *, titles: bool = True, owner: bool = False, room: str = "Room 12") -> Item:
    return of_reservation(entry, Names({12: room}, {7: "Ada"}), PLACE, titles=titles, owner=owner)


@given(title=texts, description=st.none() | texts, room=texts)
def test_whatever_is_written_is_read_again(title: str, description: str | None, room: str) -> None:
    written = item(replace(ENTRY, title=title, description=description), room=room)
    text = calendar_text([written], room)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    calendar = Calendar.from_ical(text)
    told = re.sub(r"\\([\\;,])", r"\1", str(calendar["X-WR-CALNAME"]))  # the library leaves names of others as they are
    assert told.split() == plain(room).split()
    [event] = calendar.walk("VEVENT")
    assert not event.errors
    assert event["UID"] == "reservation-41@rooms.example.org"
    assert event["SUMMARY"] == written.summary
    assert event.get("LOCATION", "") == written.location
    assert (event["DTSTART"].dt, event["DTEND"].dt, event["SEQUENCE"]) == (NOW, NOW + HOUR, 2)


@given(title=texts)
def test_whatever_is_written_is_xml(title: str) -> None:
    one = item(replace(ENTRY, title=title))
    person = nodes.Person(7, title.replace("\0", ""))
    asked = Wanted((nodes.DATA, (DAV, "getetag"), ("urn:<&>", "x")))
    answer = nodes.answered(nodes.item(person, 41, one, asked), asked)
    root = read_xml(document((DAV, "multistatus"), answer), BOUNDS)
    assert root is not None
    [response] = root.all((DAV, "response"))
    good, missing = response.all((DAV, "propstat"))
    found, properties = good.one((DAV, "prop")), missing.one((DAV, "prop"))
    assert found is not None
    assert properties is not None
    [data, _] = found.children
    [event] = Calendar.from_ical(data.text).walk("VEVENT")
    assert event["SUMMARY"] == one.summary
    assert [each.name for each in properties.children] == [("urn:<&>", "x")]


def test_states_are_told_as_calendars_know_them() -> None:
    states = {
        "CONFIRMED": ("ready", "in_use", "finished"),
        "TENTATIVE": ("held", "pending"),
        "CANCELLED": ("cancelled", "expired", "no_show"),
    }
    for status, ours in states.items():
        for state in ours:
            assert item(replace(ENTRY, state=state)).status == status


def test_without_titles_nothing_is_told_but_the_time_and_the_place() -> None:
    shown = item(titles=False, owner=True)
    assert (shown.summary, shown.description, shown.url, shown.location) == ("Busy", "", "", "Room 12")
    closure = Closure(9, (12,), NOW, NOW + HOUR, "Dry rot", NOW)
    names = Names({12: "Room 12"}, {})
    assert of_closure(closure, names, PLACE, titles=False).summary == "Closed"
    assert of_closure(closure, names, PLACE, titles=True).summary == "Dry rot"
    assert item(owner=True).description == "Reserved by Ada.\nBring\nchalk"


def test_a_tag_changes_with_all_that_is_shown_and_with_nothing_else() -> None:
    tags = {item(one).etag for one in (ENTRY, replace(ENTRY, version=4), replace(ENTRY, title="x"))}
    tags.add(item(room="Room 13").etag)
    assert len(tags) == 4
    assert item().etag == item(replace(ENTRY, state="in_use")).etag
    assert fingerprint("a", [item()]) != fingerprint("b", [item()])
