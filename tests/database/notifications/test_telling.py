"""Handling: a batch by one statement, in order, undone with its transaction, and as the person prefers."""

import pytest

from berth.contracts.booking.reservation import (
    ReservationCancelled,
    ReservationChanged,
    ReservationCreated,
)
from berth.contracts.booking.series import SeriesCancelled, SeriesCreated
from berth.contracts.notifications import NotificationCreated
from berth.modules.notifications.domain.kinds import Kind, Switch
from berth.modules.notifications.store.reading import Filter
from tests.database.notifications.conftest import ADA, LIN, NINE, TEN, Process, enveloped, reserved

CONFIRMED = Switch(Kind.RESERVATION_CREATED, by_self=True)


class Crash(Exception):
    """What undoes a transaction."""


async def test_a_batch_reaches_everybody_in_the_order_of_its_events(process: Process) -> None:
    await process.tell(*[reserved(id_, ADA if id_ % 2 else LIN) for id_ in range(1, 301)])
    assert await process.about(ADA) == [f"reservation/{id_}" for id_ in range(299, 0, -2)]
    assert await process.about(LIN) == [f"reservation/{id_}" for id_ in range(300, 0, -2)]


async def test_all_that_happens_to_one_reservation_is_told_in_its_order(process: Process) -> None:
    state = (42, "ready", ADA.id, LIN.id, "Seminar", (1, 2), NINE, TEN)
    await process.tell(reserved(42), enveloped(ReservationChanged(*state, ("title",)), 43))
    await process.tell(enveloped(ReservationCancelled(*state, "New floor"), 44))
    last, middle, first = await process.centre.listed(Filter(ADA.id), 10)
    assert [first.kind, middle.kind, last.kind] == list(Kind)[:3]
    assert [first.by_self, middle.by_self, last.by_self] == [True, False, False]
    assert (last.data["reason"], middle.data["changes"], last.data["resource_ids"]) == ("New floor", ["title"], [1, 2])
    assert (last.created_at, last.read_at) == (NINE, None)


async def test_an_event_that_comes_again_after_its_transaction_failed_is_told_once(process: Process) -> None:
    async def tell_and_crash() -> None:
        async with process.database.transaction() as connection:
            await process.handle(connection, [reserved(1)])
            raise Crash

    with pytest.raises(Crash):
        await tell_and_crash()
    assert await process.about(ADA) == []
    await process.tell(reserved(1))
    assert await process.about(ADA) == ["reservation/1"]
    assert len(await process.outbox()) == 1


async def test_each_notification_has_an_event_with_the_trace_of_what_caused_it(process: Process) -> None:
    await process.tell(reserved(1), reserved(2, LIN, ADA))
    envelopes = await process.outbox()
    first, second = [one.read(NotificationCreated) for one in envelopes]
    [mine], [theirs] = [await process.centre.listed(Filter(one.id), 10) for one in (ADA, LIN)]
    assert first == NotificationCreated(mine.id, ADA.id, "reservation_created", True, "reservation/1")
    assert second == NotificationCreated(theirs.id, LIN.id, "reservation_created", False, "reservation/2")
    assert [one.subject for one in envelopes] == [first.subject, second.subject]
    assert [one.trace_parent for one in envelopes] == [reserved(1).trace_parent, reserved(2).trace_parent]
    assert {one.address for one in envelopes} == {"192.0.2.1"}


async def test_what_a_person_switched_off_is_not_told_and_the_rest_is(process: Process) -> None:
    await process.choose(ADA, {CONFIRMED: False})
    await process.tell(reserved(1), reserved(2, ADA, LIN), reserved(3, LIN, LIN))
    assert await process.about(ADA) == ["reservation/2"]
    assert await process.about(LIN) == ["reservation/3"]
    assert len(await process.outbox()) == 2
    await process.choose(ADA)
    await process.tell(reserved(4))
    assert await process.about(ADA) == ["reservation/4", "reservation/2"]


async def test_a_batch_that_nobody_wants_writes_nothing(process: Process) -> None:
    await process.choose(ADA, {CONFIRMED: False})
    await process.tell(reserved(1), reserved(2))
    assert await process.outbox() == []


async def test_a_series_is_told_once(process: Process) -> None:
    state = ("ready", ADA.id, ADA.id, "Seminar", (1,), NINE, TEN)
    created = [enveloped(ReservationCreated(id_, *state, series_id=5), id_) for id_ in range(1, 201)]
    series = SeriesCreated(5, ADA.id, ADA.id, "Seminar", (1,), 200, 1, NINE, TEN, "FREQ=DAILY;COUNT=200")
    await process.tell(*created, enveloped(series, 201))
    assert await process.about(ADA) == ["reservation/1"]
    [told] = await process.centre.listed(Filter(ADA.id), 10)
    assert (told.kind, told.data["count"]) == (Kind.RESERVATION_CREATED, 200)
    nothing = SeriesCancelled(5, ADA.id, LIN.id, "Seminar", (1,), 0, None, None, None, "all", None)
    await process.tell(enveloped(nothing, 202))
    assert len(await process.about(ADA)) == 1
