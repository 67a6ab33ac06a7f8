"""A reservation, or what one has tickets for, as a calendar entry for mail programs (RFC 5545, RFC 5546)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event, vCalAddress, vText

from berth.modules.notifications.domain.kinds import OF_ORDERS, Kind
from berth.modules.notifications.domain.rendering import Text
from berth.modules.notifications.domain.writing import one_line

ENDED = frozenset({"cancelled", "no_show", "expired"})
CARRIED = frozenset(
    {
        Kind.RESERVATION_CREATED,
        Kind.RESERVATION_CHANGED,
        Kind.RESERVATION_READY,
        Kind.RESERVATION_REMINDER,
        Kind.RESERVATION_CANCELLED,
        Kind.RESERVATION_MISSED,
        Kind.SERIES_SETTLED,
        *OF_ORDERS,
    }
)
"""What changes a person's calendar."""

OVER = frozenset({Kind.RESERVATION_CANCELLED, Kind.RESERVATION_MISSED, Kind.ORDER_CANCELLED})
"""What takes something out of it."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a calendar entry, or in the header of a mail."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A calendar as text, what its file is called, and what is to be done with it: ``REQUEST`` or ``CANCEL``."""

    method: str
    text: bytes
    file: str


def invitation(
    kind: Kind,
    data: Mapping[str, Any],
    text: Text,
    *,
    sequence: int,
    stamp: datetime,
    host: str,
    organizer: Party,
    attendee: Party,
    url: str,
) -> Invitation | None:
    """Answer the entry for a notification, if it says anything about a calendar.

    All mails of one reservation, or order, have one UID, and ``sequence`` grows, so that a calendar keeps the latest,
    in whatever order they come. What waits of a new series comes into the calendar once it is settled, and a
    performance once its order is paid.
    """
    if kind not in CARRIED or not data.get("start") or _waits(kind, data):
        return None
    over = kind in OVER or data.get("state") in ENDED
    entry = _of_order(data) if kind in OF_ORDERS else _of_reservation(data, text)
    method = "CANCEL" if over else "REQUEST"
    event = Event()
    event.add("uid", f"{entry.name}@{host}")
    event.add("sequence", sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", datetime.fromisoformat(data["start"]).astimezone(UTC))
    event.add("dtend", datetime.fromisoformat(data["end"]).astimezone(UTC))
    event.add("summary", entry.summary)
    if entry.location:
        event.add("location", entry.location)
    event.add("description", text.body)
    event.add("url", url)
    event.add("status", "CANCELLED" if over else "TENTATIVE" if data.get("state") == "pending" else "CONFIRMED")
    event.add("organizer", _address(organizer))
    event.add("attendee", _attending(attendee))
    calendar = Calendar()
    calendar.add("prodid", "-//Berth//Berth//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return Invitation(method, calendar.to_ical(), entry.file)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    summary: str
    location: str
    file: str


def _of_reservation(data: Mapping[str, Any], text: Text) -> _Entry:
    summary = f"{text.named} \N{EN DASH} {text.what}" if text.named else text.what
    return _Entry(f"reservation-{data['reservation_id']}", summary, text.what, "reservation.ics")


def _of_order(data: Mapping[str, Any]) -> _Entry:
    venue = one_line(data.get("venue") or "")
    return _Entry(f"order-{data['order_id']}", one_line(data["performance"]), venue, "performance.ics")


def _waits(kind: Kind, data: Mapping[str, Any]) -> bool:
    """Tell whether it is in no calendar: not yet, or, as an order that was never paid, never."""
    if kind in OF_ORDERS:
        return kind is Kind.ORDER_CANCELLED and not data["was_paid"]
    return data["reservation_id"] in data.get("awaiting", ())


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"MAILTO:{party.email}")
    # A parameter's value cannot hold a double quote (RFC 5545, section 3.2).
    name = one_line(party.name).replace('"', "'")
    if name:
        address.params["cn"] = vText(name)
    return address


def _attending(party: Party) -> vCalAddress:
    address = _address(party)
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText("ACCEPTED")
    address.params["rsvp"] = vText("FALSE")
    return address
