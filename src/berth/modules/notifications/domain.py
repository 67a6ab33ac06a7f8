"""What people are told and in which words, and what they may switch off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from berth.contracts.booking import ReservationCancelled, ReservationChanged, ReservationCreated, ReservationEvent
from berth.kit.outbox.event import Envelope

DASH = "\N{EN DASH}"
NAMES_MAX = 3


class Kind(StrEnum):
    """What a notification tells of."""

    RESERVATION_CREATED = "reservation_created"
    RESERVATION_CHANGED = "reservation_changed"
    RESERVATION_CANCELLED = "reservation_cancelled"


class Channel(StrEnum):
    """How a notification reaches a person."""

    IN_APP = "in_app"


EVENTS: Mapping[str, tuple[Kind, type[ReservationEvent]]] = {
    ReservationCreated.type: (Kind.RESERVATION_CREATED, ReservationCreated),
    ReservationChanged.type: (Kind.RESERVATION_CHANGED, ReservationChanged),
    ReservationCancelled.type: (Kind.RESERVATION_CANCELLED, ReservationCancelled),
}
"""The events that people are told of, by their types."""


@dataclass(frozen=True, slots=True)
class Switch:
    """What a person may switch on and off.

    ``by_self`` tells the confirmation of one's own doings from the news of what others did.
    """

    kind: Kind
    by_self: bool
    channel: Channel = Channel.IN_APP

    @property
    def on_by_default(self) -> bool:
        """Tell whether it is on for who never touched it: in the app everything, until it is too much."""
        return self.channel is Channel.IN_APP


SWITCHES = tuple(Switch(kind, by_self, channel) for channel in Channel for kind in Kind for by_self in (False, True))


def settled(chosen: Mapping[Switch, bool]) -> dict[Switch, bool]:
    """Answer every switch: as it was chosen, or else at its default."""
    return {switch: chosen.get(switch, switch.on_by_default) for switch in SWITCHES}


@dataclass(frozen=True, slots=True)
class News:
    """An event, as far as one person is to be told of it, if its switch is on.

    ``data`` is the event's, as JSON text; ``trace_parent`` and ``address`` are those of the request behind it.
    """

    person_id: int
    switch: Switch
    subject: str
    data: str
    happened_at: datetime
    trace_parent: str | None
    address: str | None


def news_of(envelope: Envelope) -> News:
    """Answer what the event means to the reservation's owner; its type is one of ``EVENTS``."""
    kind, contract = EVENTS[envelope.type]
    event = envelope.read(contract)
    return News(
        person_id=event.owner_id,
        switch=Switch(kind, by_self=event.actor_id == event.owner_id),
        subject=envelope.subject,
        data=envelope.data,
        happened_at=envelope.time,
        trace_parent=envelope.trace_parent,
        address=envelope.address,
    )


@dataclass(frozen=True, slots=True)
class Notification:
    """What a person was told; ``data`` are the members of the event, as JSON has them."""

    id: int
    kind: Kind
    by_self: bool
    subject: str
    data: Mapping[str, Any]
    created_at: datetime
    read_at: datetime | None

    @property
    def resource_ids(self) -> Sequence[int]:
        """Answer the resources that it is about."""
        ids: Sequence[int] = self.data["resource_ids"]
        return ids


@dataclass(frozen=True, slots=True)
class Text:
    """A notification in words."""

    title: str
    body: str


TITLES = {
    Kind.RESERVATION_CREATED: "Reserved",
    Kind.RESERVATION_CHANGED: "Changed",
    Kind.RESERVATION_CANCELLED: "Cancelled",
}

MEMBERS = {
    "start": "time",
    "end": "time",
    "resource_ids": "resources",
    "title": "title",
    "description": "description",
}
"""What people call the members of a reservation that change."""


def render(kind: Kind, data: Mapping[str, Any], names: Mapping[int, str], where: tzinfo, *, by_self: bool) -> Text:
    """Answer the words for a notification in the zone; ``names`` are those of the resources, by id."""
    what = listed([names.get(id_, f"resource {id_}") for id_ in data["resource_ids"]])
    when = span(datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["end"]), where)
    title = f", \N{LEFT DOUBLE QUOTATION MARK}{data['title']}\N{RIGHT DOUBLE QUOTATION MARK}" if data["title"] else ""
    who = "You" if by_self else "An administrator"
    if kind is Kind.RESERVATION_CREATED:
        body = f"{who} reserved {what}{'' if by_self else ' for you'}: {when}{title}."
    elif kind is Kind.RESERVATION_CHANGED:
        changed = listed(list(dict.fromkeys(MEMBERS[one] for one in data["changes"] if one in MEMBERS)))
        body = f"{who} changed the {changed or 'details'} of your reservation. It is now {what}: {when}{title}."
    else:
        reason = data.get("reason")
        body = f"{who} cancelled your reservation of {what}: {when}{title}." + (f" Reason: {reason}" if reason else "")
    return Text(f"{TITLES[kind]}: {what}", body)


def listed(names: Sequence[str]) -> str:
    """Answer the names as a sentence lists them: ``A, B and C``; of many, only how many more there are."""
    if len(names) > NAMES_MAX:
        names = [*names[: NAMES_MAX - 1], f"{len(names) - NAMES_MAX + 1} more"]
    return " and ".join([part for part in (", ".join(names[:-1]), *names[-1:]) if part])


def span(start: datetime, end: datetime, where: tzinfo) -> str:
    """Answer ``Mon 2027-03-01 09:00-10:00 Europe/Rome`` (with an en dash), with both days if there are two."""
    first, last = start.astimezone(where), end.astimezone(where)
    until = clock(last) if first.date() == last.date() else f" {last:%a %Y-%m-%d} {clock(last)}"
    dash = DASH if first.date() == last.date() else f" {DASH}"
    return f"{first:%a %Y-%m-%d} {clock(first)}{dash}{until} {where}"


def clock(local: datetime) -> str:
    """Answer the time on the wall, with its offset where the clocks go back and show it twice."""
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M}{local.isoformat()[-6:] if twice else ''}"


def resources_of(notifications: Iterable[Notification]) -> list[int]:
    """Answer the ids of all resources that these are about."""
    return sorted({id_ for one in notifications for id_ in one.resource_ids})
