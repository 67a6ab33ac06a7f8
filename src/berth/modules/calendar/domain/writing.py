"""Calendars as text that other programs read (RFC 5545); all times are in UTC."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event, vText

from berth.modules.calendar.domain.items import Item, plain

MEDIA_TYPE = "text/calendar; charset=utf-8"
READ_AGAIN = timedelta(minutes=15)
"""How often programs are asked to look again."""


def calendar_text(items: Iterable[Item], name: str | None = None) -> bytes:
    """Answer a calendar with these entries; one with a name tells it, and how often to read it again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Berth//Berth//EN")
    calendar.add("version", "2.0")
    if name is not None:
        # The library writes properties that it does not know as they are: a line break would begin another one.
        calendar.add("x-wr-calname", vText(" ".join(plain(name).split())))
        calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT15M")
    for one in items:
        calendar.add_component(_event(one))
    return bytes(calendar.to_ical())


def _event(item: Item) -> Event:
    event = Event()
    event.add("uid", item.uid)
    event.add("sequence", item.sequence)
    event.add("dtstamp", item.changed_at.astimezone(UTC))
    event.add("created", item.created_at.astimezone(UTC))
    event.add("last-modified", item.changed_at.astimezone(UTC))
    event.add("dtstart", item.start.astimezone(UTC))
    event.add("dtend", item.end.astimezone(UTC))
    event.add("summary", item.summary)
    event.add("status", item.status)
    event.add("transp", "TRANSPARENT" if item.status == "CANCELLED" else "OPAQUE")
    for name, value in (("location", item.location), ("description", item.description), ("url", item.url)):
        if value:
            event.add(name, value)
    return event
