"""Who is told what of an event. A notice says what to look at again, and never what is there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from berth.contracts.seating.performances import SeatsChanged
from berth.edges.live.messages import message
from berth.edges.live.topics import Topic
from berth.kit.outbox.event import Envelope

CALENDAR = "calendar_changed"
CALENDARS = frozenset({"berth.booking"})
EVERYBODYS = frozenset({"berth.catalog"})
FOLLOWED = frozenset({SeatsChanged.type})
"""What comes by the hundred a second, and is told to those who follow the map."""

CONCERNED = ("owner_id", "person_id", "payer_id", "buyer_id")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to look at again. ``people`` are those it concerns; none stands for everybody who is signed in."""

    type: str
    subject: str | None
    resource_ids: tuple[int, ...]
    people: frozenset[int] | None
    administrators: bool = False

    def frame(self, topic: Topic) -> bytes:
        """Answer the message of it to those who follow a topic."""
        return message(
            "notice", topic=topic.name, about=self.type, subject=self.subject, resource_ids=self.resource_ids
        )


def notices(envelope: Envelope) -> Sequence[Notice]:
    """Answer the notices of an event.

    Those whom it concerns, and administrators, are told of what; everybody else of no more than that the
    calendar of some resources is another now, which anybody may see as taken times.
    """
    if envelope.type in FOLLOWED:
        return []
    members = envelope.members()
    source = ".".join(envelope.type.split(".")[:2])
    resources = _resources(members)
    if source in EVERYBODYS:
        return [Notice(envelope.type, envelope.subject, resources, None)]
    concerned = {members[name] for name in CONCERNED if isinstance(members.get(name), int)}
    concerned |= set(members.get("approver_ids") or ())
    found = [Notice(envelope.type, envelope.subject, resources, frozenset(concerned), administrators=True)]
    if source in CALENDARS and resources:
        found.append(Notice(CALENDAR, None, resources, None))
    return found


def merged(told: Iterable[Notice]) -> Sequence[Notice]:
    """Answer the notices with all calendars in one: however many change, clients have one message of it."""
    told = list(told)
    calendars = sorted({id_ for one in told if one.type == CALENDAR for id_ in one.resource_ids})
    others = [one for one in told if one.type != CALENDAR]
    return [*others, Notice(CALENDAR, None, tuple(calendars), None)] if calendars else others


def _resources(members: Mapping[str, Any]) -> tuple[int, ...]:
    ids = set(members.get("resource_ids") or ())
    ids |= set((members.get("before") or {}).get("resource_ids") or ())
    if isinstance(members.get("resource_id"), int):
        ids.add(members["resource_id"])
    return tuple(sorted(ids))
