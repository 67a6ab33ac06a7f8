"""What booking is told, whatever it asks, in whatever order, and however often."""

from datetime import timedelta

import pytest

from berth.contracts.booking.reservation import Reserved
from berth.kit.http.problem import Problem
from berth.modules.payments.domain.pricing import Price, PriceUnit, Scope, Terms
from berth.modules.payments.store import prices
from tests.database.payments.conftest import (
    NOW,
    ROOM,
    START,
    Office,
    asked,
    closed,
    settled,
    started,
    withdrawn,
)


async def in_force(office: Office) -> None:
    """A reservation of two hours that is paid for and holds."""
    await office.price()
    await office.hear_and_work(asked(hours=2))
    await office.pay_by_hand()
    await office.hear_and_work(settled())
    assert await office.said() == [("asked", 1, 2000), ("authorised", 1, 2000)]


async def test_what_costs_nothing_is_given_at_once(office: Office) -> None:
    await office.hear(asked())
    assert await office.said() == [("authorised", 1, 0)]
    await office.hear(settled(), started(), closed())
    assert await office.said() == [("closed", 1, 0)]
    assert await office.payments() == []


async def test_a_role_that_pays_nothing_is_given_at_once(office: Office) -> None:
    await office.price(free_roles=("admin",))
    await office.hear(asked(role="admin"))
    assert await office.said() == [("authorised", 1, 0)]


async def test_events_that_ask_others_are_passed_over(office: Office) -> None:
    await office.hear(asked(steps=("quota", "access")), started())
    assert await office.said() == []
    assert await office.database.fetch_value("select count(*) from payments.account") == 0


async def test_a_payment_by_hand_is_asked_for_and_taken_at_the_check_in(office: Office) -> None:
    await in_force(office)
    await office.hear_and_work(started(), started(), closed(), closed())
    assert await office.said() == [("taken", 1, 2000), ("closed", 1, 2000), ("closed", 1, 2000)]
    [one] = await office.payments()
    assert (one.state, one.intent.confirmed.reference) == ("taken", f"B-{one.id}")


async def test_without_a_check_in_it_is_taken_when_the_start_comes(office: Office) -> None:
    await in_force(office)
    await office.come(START - timedelta(seconds=1))
    assert await office.said() == []
    await office.come(START)
    assert await office.said() == [("taken", 1, 2000)]
    await office.hear_and_work(started())
    assert await office.said() == []


async def test_what_nobody_pays_in_time_is_declined_and_cannot_be_paid_later(office: Office) -> None:
    await office.price()
    await office.hear_and_work(asked())
    [one] = await office.payments()
    await office.come(NOW + timedelta(minutes=30))
    assert await office.said() == [("asked", 1, 1000), ("declined", 1, 1000)]
    with pytest.raises(Problem, match="not wanted any more"):
        await office.desk.mark_paid(one.id, "late")
    await office.hear_and_work(asked(), withdrawn(by="system"))
    assert await office.said() == [("declined", 1, 1000), ("returned", 1, 0, 0)]


async def test_marking_it_as_paid_twice_pays_it_once(office: Office) -> None:
    await office.price()
    await office.hear_and_work(asked())
    [one] = await office.payments()
    first = await office.desk.mark_paid(one.id, "B-1")
    assert await office.desk.mark_paid(one.id, "B-1") == first
    with pytest.raises(Problem):
        await office.desk.mark_paid(one.id, "B-2")
    assert await office.said() == [("asked", 1, 1000), ("authorised", 1, 1000)]


async def test_several_currencies_are_declined_with_a_sentence(office: Office) -> None:
    async with office.database.transaction() as connection:
        for id_, currency in ((1, "EUR"), (2, "USD")):
            await prices.insert(connection, Price(0, 1, Scope(resource_id=id_), PriceUnit.SEAT, 100, currency))
    await office.hear(asked(resources=(ROOM, Reserved(2, "Desk", "desk", (), (), "UTC"))))
    assert await office.said() == [("declined", 1, 0)]
    assert "EUR, USD" in (await office.account()).requests[0].reason


@pytest.mark.parametrize(
    ("by", "at", "kept"),
    [
        ("owner", START - timedelta(hours=24), 0),
        ("owner", START - timedelta(hours=23, minutes=59), 1000),
        ("staff", START, 0),
        ("system", START, 0),
    ],
)
async def test_giving_up_what_holds_costs_what_the_terms_say(office: Office, by: str, at: object, kept: int) -> None:
    await in_force(office)
    await office.hear_and_work(withdrawn(by=by, at=at))
    assert await office.said() == [("returned", 1, kept, 2000 - kept)]
    await office.hear_and_work(withdrawn(by=by, at=at), asked(hours=2))
    assert await office.said() == [("returned", 1, kept, 2000 - kept)] * 2
    assert (await office.account()).net_minor == kept


async def test_what_never_held_is_returned_whole_by_its_owner_too(office: Office) -> None:
    await office.price()
    await office.hear_and_work(asked())
    await office.pay_by_hand()
    await office.hear_and_work(withdrawn())
    assert (await office.said())[-1] == ("returned", 1, 0, 1000)


async def test_a_price_that_was_agreed_on_stays(office: Office) -> None:
    await office.price(1000, Terms(24, 50))
    await office.hear(asked())
    await office.price(9000, Terms(24, 100))
    await office.work()
    await office.pay_by_hand()
    await office.hear_and_work(asked(), settled(), withdrawn())
    assert (await office.said())[-1] == ("returned", 1, 500, 500)


async def test_what_is_withdrawn_before_it_is_asked_gives_nothing(office: Office) -> None:
    await office.price()
    await office.hear_and_work(withdrawn())
    await office.hear_and_work(asked())
    assert await office.said() == [("returned", 1, 0, 0)] * 2
    assert await office.payments() == []


async def test_what_is_closed_before_it_is_asked_gives_nothing(office: Office) -> None:
    await office.price()
    await office.hear_and_work(closed(), asked(), asked(request_id=2))
    assert await office.said() == [("closed", 1, 0), ("returned", 1, 0, 0), ("returned", 2, 0, 0)]
    assert await office.payments() == []


async def test_what_is_withdrawn_before_the_payment_was_opened_is_never_opened(office: Office) -> None:
    await office.price()
    await office.hear(asked(), withdrawn())
    await office.work()
    assert await office.said() == [("returned", 1, 0, 0)]
    assert [one.state for one in await office.payments()] == ["declined"]


async def test_a_move_that_costs_more_asks_for_the_difference(office: Office) -> None:
    await in_force(office)
    await office.hear_and_work(asked(request_id=2, hours=5))
    assert await office.said() == [("asked", 2, 3000)]
    await office.pay_by_hand()
    await office.hear_and_work(settled(request_id=2), started())
    assert await office.said() == [("authorised", 2, 5000), ("taken", 2, 5000)]


async def test_a_move_that_is_given_up_returns_its_own_payment_alone(office: Office) -> None:
    await in_force(office)
    await office.hear_and_work(asked(request_id=2, hours=5))
    await office.pay_by_hand()
    await office.said()
    await office.hear_and_work(withdrawn(request_id=2, whole=False), asked(request_id=2, hours=5))
    assert await office.said() == [("returned", 2, 0, 3000)] * 2
    await office.hear_and_work(closed())
    assert await office.said() == [("closed", 1, 2000)]


async def test_a_move_that_costs_less_returns_the_surplus_once_it_holds(office: Office) -> None:
    await in_force(office)
    await office.hear_and_work(asked(request_id=2, hours=1))
    assert await office.said() == [("authorised", 2, 1000)]
    assert (await office.account()).net_minor == 2000
    await office.hear_and_work(settled(request_id=2))
    assert (await office.account()).net_minor == 1000
    await office.hear_and_work(asked(request_id=3, hours=3))
    assert await office.said() == [("asked", 3, 2000)]
    await office.hear_and_work(withdrawn(request_id=3, whole=True))
    assert await office.said() == [("returned", 3, 500, 1500)]


async def test_a_batch_of_many_reservations_is_handled_at_once(office: Office) -> None:
    await office.price()
    await office.hear(*[asked(id_) for id_ in range(1, 101)], *[withdrawn(id_) for id_ in range(1, 51)])
    await office.work()
    said = await office.said()
    assert sorted(said) == [("asked", 1, 1000)] * 50 + [("returned", 1, 0, 0)] * 50
