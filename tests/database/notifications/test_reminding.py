"""Reminders: one for each start, whatever the order of events, and where the person wants them."""

import itertools
from datetime import datetime, timedelta

import pytest

from berth.contracts.booking.reservation import (
    ReservationCancelled,
    ReservationChanged,
    ReservationCreated,
    ReservationEvent,
    ReservationFinished,
    ReservationMissed,
    ReservationReady,
    ReservationStarted,
)
from berth.kit.outbox.event import Envelope
from berth.modules.notifications.domain.kinds import Kind
from tests.database.notifications.conftest import ADA, LIN, NINE, Process, enveloped

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
START = NINE + 10 * DAY
ENDS = {
    ReservationCancelled: ("cancelled", (None,)),
    ReservationFinished: ("finished", ()),
    ReservationMissed: ("no_show", ()),
    ReservationStarted: ("in_use", ()),
}


def news(
    kind: type[ReservationEvent],
    number: int,
    *more: object,
    state: str = "ready",
    start: datetime = START,
    at: datetime = NINE,
    id_: int = 1,
    owner: int = ADA.id,
) -> Envelope:
    event = kind(id_, state, owner, owner, "Seminar", (1, 2), start, start + HOUR, *more)
    return enveloped(event, number, at)


def moved(number: int, start: datetime, at: datetime = NINE, **more: object) -> Envelope:
    return news(ReservationChanged, number, ("start", "end"), start=start, at=at, **more)


async def reminders(process: Process) -> list[tuple[int, datetime]]:
    """The reminders in effect: of which reservation and when."""
    rows = await process.database.fetch(
        "select id, remind_at from notifications.reservation where remind_at is not null order by id"
    )
    return [(row["id"], row["remind_at"]) for row in rows]


async def reminded(process: Process) -> list[tuple[str, datetime]]:
    """What was reminded of, and of which start."""
    rows = await process.database.fetch(
        """
        select subject, (data ->> 'start')::timestamptz as start
        from notifications.notification
        where kind = $1
        order by id
        """,
        Kind.RESERVATION_REMINDER,
    )
    return [(row["subject"], row["start"]) for row in rows]


async def test_one_is_reminded_a_day_before_the_start_and_once(process: Process) -> None:
    await process.tell(news(ReservationCreated, 1))
    assert await reminders(process) == [(1, START - DAY)]
    process.clock.now = START - DAY - timedelta(seconds=1)
    await process.remind()
    assert await reminded(process) == []
    process.clock.now = START - DAY
    await process.remind()
    await process.remind()
    assert await reminded(process) == [("reservation/1", START)]
    assert await reminders(process) == []
    [mail] = [one for one in await process.mails() if one["kind"] == Kind.RESERVATION_REMINDER]
    assert (mail["person_id"], mail["data"]["resource_ids"], mail["sequence"]) == (ADA.id, [1, 2], 1)


async def test_one_that_waits_is_reminded_of_only_once_it_is_confirmed(process: Process) -> None:
    await process.tell(news(ReservationCreated, 1, state="pending"))
    assert await reminders(process) == []
    await process.tell(news(ReservationReady, 2))
    assert await reminders(process) == [(1, START - DAY)]


@pytest.mark.parametrize("placing", [ReservationCreated, ReservationReady])
async def test_who_just_placed_it_needs_no_reminder(process: Process, placing: type[ReservationEvent]) -> None:
    await process.tell(news(placing, 1, at=START - DAY), news(placing, 2, at=START - DAY - HOUR, id_=2))
    assert await reminders(process) == [(2, START - DAY)]


async def test_a_move_moves_the_reminder_and_a_new_title_does_not(process: Process) -> None:
    await process.tell(news(ReservationCreated, 1))
    await process.tell(moved(2, START + DAY))
    assert await reminders(process) == [(1, START)]
    await process.tell(news(ReservationChanged, 3, ("title",), start=START + DAY, at=START + HOUR))
    assert await reminders(process) == [(1, START)]
    await process.tell(moved(4, NINE + 5 * HOUR, at=NINE + HOUR))
    assert await reminders(process) == []


async def test_a_reservation_that_was_reminded_of_is_reminded_of_again_only_for_another_start(process: Process) -> None:
    await process.tell(news(ReservationCreated, 1))
    process.clock.now = START - DAY
    await process.remind()
    await process.tell(news(ReservationChanged, 2, ("title",), at=START - HOUR))
    await process.choose(ADA, hours=2)
    assert await reminders(process) == []
    await process.tell(moved(3, START + 3 * DAY, at=START - HOUR))
    assert await reminders(process) == [(1, START + 3 * DAY - 2 * HOUR)]


@pytest.mark.parametrize("kind", ENDS)
async def test_the_end_takes_the_reminder_away(process: Process, kind: type[ReservationEvent]) -> None:
    state, more = ENDS[kind]
    await process.tell(news(ReservationCreated, 1), news(ReservationCreated, 2, id_=2))
    await process.tell(news(kind, 3, *more, state=state))
    assert await reminders(process) == [(2, START - DAY)]


async def test_whatever_the_order_and_however_often_the_last_event_counts(process: Process) -> None:
    for id_, order in enumerate(itertools.permutations(range(3)), 1):
        base = id_ * 10
        events = [
            news(ReservationCreated, base, id_=id_),
            moved(base + 1, START + DAY, id_=id_),
            news(ReservationCancelled, base + 2, None, state="cancelled", start=START + DAY, id_=id_),
        ]
        for place in order:
            await process.tell(events[place])
        await process.tell(*events[:2])
    assert await reminders(process) == []
    await process.tell(moved(101, START + DAY, id_=10), news(ReservationCreated, 100, id_=10))
    await process.tell(news(ReservationCreated, 100, id_=10))
    assert await reminders(process) == [(10, START)]


async def test_a_batch_has_the_last_word_of_each_reservation(process: Process) -> None:
    await process.tell(
        news(ReservationCreated, 1),
        news(ReservationCreated, 2, id_=2),
        moved(3, START + DAY),
        news(ReservationCancelled, 4, None, state="cancelled", id_=2),
    )
    assert await reminders(process) == [(1, START)]


async def test_a_changed_preference_moves_all_that_are_the_persons_own(process: Process) -> None:
    await process.tell(
        news(ReservationCreated, 1),
        news(ReservationCreated, 2, id_=2, start=START + DAY),
        news(ReservationCreated, 3, id_=3, owner=LIN.id),
    )
    await process.choose(ADA, hours=48)
    assert await reminders(process) == [(1, START - 2 * DAY), (2, START - DAY), (3, START - DAY)]
    await process.choose(ADA, hours=None)
    assert await reminders(process) == [(3, START - DAY)]
    await process.tell(news(ReservationCreated, 4, id_=4))
    assert await reminders(process) == [(3, START - DAY)]
    await process.choose(ADA, hours=1)
    await process.tell(news(ReservationCreated, 5, id_=5))
    assert await reminders(process) == [(1, START - HOUR), (2, START + DAY - HOUR), (3, START - DAY)] + [
        (id_, START - HOUR) for id_ in (4, 5)
    ]


async def test_a_reminder_whose_new_time_has_passed_stays_where_it_was(process: Process) -> None:
    await process.tell(news(ReservationCreated, 1))
    process.clock.now = START - 2 * DAY
    await process.choose(ADA, hours=168)
    assert await reminders(process) == [(1, START - DAY)]


async def test_what_has_begun_meanwhile_is_not_reminded_of(process: Process) -> None:
    await process.tell(news(ReservationCreated, 1), news(ReservationCreated, 2, id_=2, start=START + HOUR))
    process.clock.now = START
    await process.remind()
    assert await reminded(process) == [("reservation/2", START + HOUR)]
    assert await reminders(process) == []


async def test_what_is_long_over_is_forgotten(process: Process) -> None:
    await process.tell(news(ReservationCreated, 1))
    process.clock.now = START + 90 * DAY
    await process.centre.forget(90)
    assert await process.database.fetch_value("select count(*) from notifications.reservation") == 1
    process.clock.now += 2 * HOUR
    await process.centre.forget(90)
    assert await process.database.fetch_value("select count(*) from notifications.reservation") == 0
