"""Series: what became of all that was reserved at once is told once, and so is what could not be reserved later.

A *making* is what is reserved of a series at once: at first, or when it is extended. Booking's event names the
occurrences that have to be confirmed, and each of those is decided by an event of its own. Their owner is told by one
notice, when the last of them is decided. How each one stands is known from its latest event (``course``), whatever
came before or comes again after it; and nothing is awaited of a making that was told, which is known for good. So it
does not matter in which order the events come, or how often.

An occurrence that somebody gives up is told by itself, as always, and is not counted among the decided ones.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

import orjson

from berth.contracts.booking.reservation import ReservationCancelled, ReservationReady
from berth.contracts.booking.series import SeriesCreated, SeriesExtended
from berth.kit.outbox.event import Envelope
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.news import News

DECIDING = frozenset({ReservationReady.type, ReservationCancelled.type})
GIVEN_UP = frozenset({"cancelled", "expired"})


@dataclass(frozen=True, slots=True)
class Making:
    """What has to be confirmed of what was reserved at once; ``number`` is that of the event that told of it."""

    number: int
    series_id: int
    made_at: datetime
    reservation_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one occurrence; ``refusal`` says why it was not confirmed, and is none if it was not refused."""

    reservation_id: int
    owner_id: int
    state: str
    title: str
    resource_ids: tuple[int, ...]
    start: datetime
    end: datetime
    refusal: str | None


@dataclass(frozen=True, slots=True)
class Settled:
    """A making of which all is decided, with the occurrences in the order of time."""

    number: int
    series_id: int
    outcomes: tuple[Outcome, ...]


def makings_of(envelopes: Sequence[Envelope]) -> list[Making]:
    """Answer what these events say was reserved and has to be confirmed."""
    return [
        Making(one.number, event.series_id, one.time, event.awaiting)
        for one, event in _events(envelopes)
        if event.awaiting
    ]


def decided_by(envelopes: Sequence[Envelope]) -> list[int]:
    """Answer the reservations that these events may have decided; some of them may not be awaited."""
    found = [(one.type, one.members()) for one in envelopes if one.type in DECIDING]
    return [
        about["reservation_id"]
        for type_, about in found
        if about.get("series_id") or type_ == ReservationCancelled.type
    ]


def settled_news(one: Settled, happened_at: datetime) -> News | None:
    """Answer what is told of a making; nothing, if all of it was given up.

    It is about the first occurrence that is confirmed. If none is, it has no time of its own.
    """
    confirmed = [each for each in one.outcomes if each.state not in GIVEN_UP]
    refused = [each for each in one.outcomes if each.refusal is not None]
    if not confirmed and not refused:
        return None
    first = (confirmed or refused)[0]
    members: dict[str, Any] = {
        "series_id": one.series_id,
        "owner_id": first.owner_id,
        "title": first.title,
        "resource_ids": first.resource_ids,
        "count": len(confirmed) + len(refused),
        "confirmed": len(confirmed),
        "missed": [{"start": each.start, "why": each.refusal or None} for each in refused],
    }
    if confirmed:
        members |= {
            "reservation_id": first.reservation_id,
            "state": first.state,
            "start": first.start,
            "end": first.end,
        }
    return News(
        person_id=first.owner_id,
        kind=Kind.SERIES_SETTLED,
        by_self=False,
        subject=f"series/{one.series_id}",
        reservation_id=members.get("reservation_id"),
        data=_json(members),
        happened_at=happened_at,
        mail_key=f"mail/series/{one.number}",
    )


def missed_news(envelopes: Sequence[Envelope]) -> list[News]:
    """Answer who is told of what could not be reserved when a series was extended: its owner."""
    return [
        News(
            person_id=event.owner_id,
            kind=Kind.SERIES_MISSED,
            by_self=False,
            subject=event.subject,
            reservation_id=None,
            data=_json(
                {
                    "series_id": event.series_id,
                    "owner_id": event.owner_id,
                    "title": event.title,
                    "resource_ids": event.resource_ids,
                    "missed": [{"start": start, "why": why} for start, why in zip_longest(event.missed, event.reasons)],
                }
            ),
            happened_at=one.time,
            mail_key=f"mail/{one.id}/{event.owner_id}",
            trace_parent=one.trace_parent,
            address=one.address,
        )
        for one, event in _events(envelopes)
        if isinstance(event, SeriesExtended) and event.missed
    ]


def _events(envelopes: Sequence[Envelope]) -> Iterator[tuple[Envelope, SeriesCreated | SeriesExtended]]:
    for one in envelopes:
        if one.type == SeriesCreated.type:
            yield one, one.read(SeriesCreated)
        elif one.type == SeriesExtended.type:
            yield one, one.read(SeriesExtended)


def _json(members: dict[str, Any]) -> str:
    return orjson.dumps(members, option=orjson.OPT_UTC_Z).decode()
