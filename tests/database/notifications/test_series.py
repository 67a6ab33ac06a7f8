"""Series: what was reserved at once is told once, in whatever order and however often its events come."""

import asyncio
import random
from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import pytest

from berth.contracts.booking.reservation import (
    ApprovalDecided,
    ReservationCancelled,
    ReservationCreated,
    ReservationEvent,
    ReservationReady,
)
from berth.contracts.booking.series import SeriesCancelled, SeriesCreated, SeriesExtended
from berth.kit.outbox.event import Envelope, Event
from berth.modules.notifications.domain.kinds import Channel, Kind, Switch
from berth.modules.notifications.domain.news import Notification
from berth.modules.notifications.store.reading import Filter
from tests.database.notifications.conftest import ADA, LIN, NINE, TEN, Process, enveloped

DAY = timedelta(days=1)
SERIES = 5


def of(kind: type[ReservationEvent], id_: int, state: str, *more: object, actor: int = 0, **members: object) -> Event:
    """An event of an occurrence, each a day after the one before; with its series, unless it is told by itself."""
    times = (NINE + id_ * DAY, TEN + id_ * DAY)
    return kind(id_, state, ADA.id, actor, "Seminar", (1,), *times, *more, **{"series_id": SERIES, **members})


def created(ids: Sequence[int]) -> list[Event]:
    """What is told of a new series that waits for confirmations, as it is written."""
    waiting = [of(ReservationCreated, id_, "pending", actor=ADA.id) for id_ in ids]
    whole = SeriesCreated(
        *(SERIES, ADA.id, ADA.id, "Seminar", (1,), len(ids), ids[0], NINE, TEN, "FREQ=DAILY"), tuple(ids)
    )
    return [*waiting, whole]


def ready(id_: int) -> Event:
    return of(ReservationReady, id_, "ready")


def refused(id_: int, why: str = "Rejected.") -> Event:
    return of(ReservationCancelled, id_, "cancelled", why, refused=True)


def given_up(id_: int) -> Event:
    return of(ReservationCancelled, id_, "cancelled", None, actor=ADA.id, series_id=None)


def numbered(events: Sequence[Event], first: int = 1) -> list[Envelope]:
    return [enveloped(event, number) for number, event in enumerate(events, first)]


async def settled(process: Process) -> list[Notification]:
    return await process.centre.listed(Filter(ADA.id, kind="series_settled"), 100)


async def test_confirmations_of_a_series_are_told_once_when_the_last_is_there(process: Process) -> None:
    *all_but_one, last = numbered([*created(range(1, 301)), *map(ready, range(1, 300)), refused(300)])
    await process.tell(*all_but_one)
    assert await process.about(ADA) == ["reservation/1"]
    await process.tell(last)
    assert await process.about(ADA) == [f"series/{SERIES}", "reservation/1"]
    [told] = await settled(process)
    assert (told.data["count"], told.data["confirmed"], told.data["reservation_id"]) == (300, 299, 1)
    assert told.data["missed"] == [{"start": (NINE + 300 * DAY).isoformat().replace("+00:00", "Z"), "why": "Rejected."}]


@pytest.mark.parametrize("seed", range(30))
async def test_they_are_told_once_in_any_order_and_however_often_they_come(process: Process, seed: int) -> None:
    chance = random.Random(seed)
    outcomes = [chance.choice([ready, refused, given_up]) for _ in range(4)]
    envelopes = numbered([*created(range(1, 5)), *(become(id_) for id_, become in enumerate(outcomes, 1))])
    coming = [*envelopes, *chance.choices(envelopes, k=6)]
    chance.shuffle(coming)
    while coming:
        size = chance.randrange(1, 5)
        await process.tell(*coming[:size])
        coming = coming[size:]
    confirmed, not_confirmed = outcomes.count(ready), outcomes.count(refused)
    found = [(one.data["confirmed"], one.data["count"]) for one in await settled(process)]
    assert found == ([(confirmed, confirmed + not_confirmed)] if confirmed + not_confirmed else [])
    assert await process.centre.listed(Filter(ADA.id, kind="reservation_ready"), 10) == []


@pytest.mark.parametrize("together", [True, False], ids=["with the series", "after the series"])
async def test_those_who_handle_the_last_ones_at_the_same_time_tell_it_once(process: Process, together: bool) -> None:
    for first in range(1, 200, 20):
        *waiting, whole = numbered(created(range(first, first + 8)), first * 100)
        decisions = numbered([ready(id_) for id_ in range(first, first + 8)], first * 100 + 50)
        await process.tell(*waiting)
        if together:
            decisions = [*decisions[:4], whole, *decisions[4:]]
        else:
            await process.tell(whole)
        before = len(await settled(process))
        await asyncio.gather(*(process.tell(one) for one in decisions))
        assert len(await settled(process)) == before + 1


async def test_what_is_settled_is_told_by_mail_and_in_the_app_as_one_prefers(process: Process) -> None:
    await process.choose(ADA, {Switch(Kind.SERIES_SETTLED, False, Channel.IN_APP): False})
    await process.tell(*numbered([*created((1, 2)), ready(1), ready(2)]))
    assert await settled(process) == []
    [mail] = await process.mails()
    assert (mail["kind"], mail["data"]["series_id"], mail["sequence"]) == ("series_settled", SERIES, 2)
    await process.choose(ADA, {Switch(Kind.SERIES_SETTLED, False, Channel.EMAIL): False})
    await process.tell(*numbered([*created((3, 4)), ready(3), ready(4)], 100))
    assert len(await settled(process)) == 1
    assert len(await process.mails()) == 1


async def test_what_happens_to_one_of_them_later_is_told_by_itself(process: Process) -> None:
    await process.tell(*numbered([*created((1, 2)), ready(1), ready(2), given_up(2)]))
    kinds = [one.kind for one in await process.centre.listed(Filter(ADA.id), 10)]
    assert sorted(kinds) == ["reservation_cancelled", "reservation_created", "series_settled"]


async def test_a_series_that_is_given_up_while_it_waits_is_told_as_given_up(process: Process) -> None:
    gone = [of(ReservationCancelled, id_, "cancelled", None, actor=ADA.id) for id_ in (1, 2)]
    whole = SeriesCancelled(SERIES, ADA.id, ADA.id, "Seminar", (1,), 2, 1, NINE, TEN, "all", None)
    await process.tell(*numbered([*created((1, 2)), ready(1), *gone, whole]))
    kinds = [one.kind for one in await process.centre.listed(Filter(ADA.id), 10)]
    assert kinds == ["reservation_cancelled", "reservation_created"]


async def test_only_a_decision_that_says_more_is_told_by_itself(process: Process) -> None:
    decided = [
        of(ApprovalDecided, 1, "pending", 1, True, None, actor=LIN.id),
        of(ApprovalDecided, 2, "pending", 2, True, "Bring a key", actor=LIN.id, series_id=None),
    ]
    await process.tell(*numbered([*created((1, 2)), *decided]))
    kinds = [one.kind for one in await process.centre.listed(Filter(ADA.id), 10)]
    assert kinds == ["approval_decided", "reservation_created"]


async def test_what_is_reserved_later_is_told_on_its_own_when_it_is_decided(process: Process) -> None:
    numbers = count(1)
    await process.tell(*numbered([*created((1, 2)), ready(1)]))
    members = (SERIES, ADA.id, 0, "Seminar", (1,), 1, 3, NINE, TEN, (), ())
    extended = [of(ReservationCreated, 3, "pending"), SeriesExtended(*members, awaiting=(3,)), ready(3)]
    await process.tell(*(enveloped(event, 100 + next(numbers)) for event in extended))
    assert [one.data["count"] for one in await settled(process)] == [1]
    await process.tell(enveloped(ready(2), 200))
    assert [one.data["count"] for one in await settled(process)] == [2, 1]


async def test_what_could_not_be_reserved_is_told_with_why_it_could_not(process: Process) -> None:
    starts = (NINE + 365 * DAY, NINE + 366 * DAY)
    extended = SeriesExtended(SERIES, ADA.id, 0, "Seminar", (1,), 1, 9, NINE, TEN, starts, ("busy", "refused"))
    nothing_missed = SeriesExtended(SERIES, ADA.id, 0, "Seminar", (1,), 1, 10, NINE, TEN, ())
    await process.tell(*numbered([extended, nothing_missed]))
    [told] = await process.centre.listed(Filter(ADA.id), 10)
    assert (told.kind, told.subject, told.by_self) == (Kind.SERIES_MISSED, f"series/{SERIES}", False)
    assert [one["why"] for one in told.data["missed"]] == ["busy", "refused"]
    [mail] = await process.mails()
    assert (mail["person_id"], mail["kind"], mail["data"]) == (ADA.id, "series_missed", told.data)


async def test_what_a_series_waits_for_is_kept_until_it_is_told_and_forgotten_after(process: Process) -> None:
    await process.tell(*numbered([*created((1, 2)), ready(1)]))
    process.clock.now = NINE + 200 * DAY
    await process.centre.forget(90)
    await process.tell(enveloped(refused(2), 50))
    [told] = await settled(process)
    assert (told.data["confirmed"], told.data["count"]) == (1, 2)
    await process.centre.forget(90)
    for table in ("making", "awaited", "reservation"):
        assert await process.database.fetch_value(f"select count(*) from notifications.{table}") == 0
