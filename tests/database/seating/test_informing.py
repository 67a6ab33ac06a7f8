"""Who has tickets is told when the performance is moved or renamed: once, and of nothing else."""

from datetime import timedelta

import orjson
import pytest

from berth.contracts.seating.orders import OrderChanged
from berth.kit.outbox.pace import Bell
from berth.kit.outbox.timers import Timers
from berth.kit.outbox.write import Outbox
from berth.modules.seating.domain.order import Order
from berth.modules.seating.usecases.aftermath import informing
from berth.modules.seating.usecases.halls import Halls
from berth.modules.seating.usecases.selling import Selling
from tests.database.seating.conftest import Sale
from tests.database.seating.hall import ROOT, START, person
from tests.database.seating.test_races import hold

LATER = {"start": START + timedelta(hours=1), "end": START + timedelta(hours=3)}


async def ordered(sale: Sale, buyer: int) -> Order:
    """An order of one seat, which is not paid yet."""
    held = await hold(sale, buyer, f"s/1/{buyer}")
    assert isinstance(held, int)
    return (await sale.ordering.order(person(buyer), held)).order


async def change(sale: Sale, **changes: object) -> None:
    await sale.putting_on.change(ROOT, sale.performance.id, changes, None)


async def pass_minutes(sale: Sale) -> None:
    """Let so much time pass that every portion has its turn."""
    for _ in range(5):
        await sale.pass_time(timedelta(minutes=2))


async def told(sale: Sale) -> list[tuple[int, str, list[str]]]:
    """Who was told of a change: the buyer, the name and what is other now, in the order of telling."""
    rows = await sale.database.fetch(
        "select data::text as data from seating.outbox where type = $1 order by id", OrderChanged.type
    )
    events = [orjson.loads(row["data"]) for row in rows]
    return [(one["buyer_id"], one["name"], one["changes"]) for one in events]


async def test_every_buyer_of_a_paid_order_is_told_once(sale: Sale, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(informing, "AT_ONCE", 2)
    for buyer in range(1, 7):
        order = await ordered(sale, buyer)
        if buyer < 6:
            await sale.authorise(order.id)
    await change(sale, **LATER)
    await pass_minutes(sale)
    assert await told(sale) == [(buyer, "Concert", ["start", "end"]) for buyer in range(1, 6)]
    await change(sale, name="Gala")
    await pass_minutes(sale)
    assert (await told(sale))[5:] == [(buyer, "Gala", ["name"]) for buyer in range(1, 6)]


async def test_nobody_is_told_of_prices_nor_of_what_is_again_as_it_was(sale: Sale) -> None:
    await sale.authorise((await ordered(sale, 1)).id)
    await change(sale, prices={"a": 9}, description="Anew")
    await sale.pass_time(timedelta(minutes=2))
    await change(sale, **LATER)
    await change(sale, start=sale.performance.plan.start, end=sale.performance.plan.end)
    await sale.pass_time(timedelta(minutes=2))
    assert await told(sale) == []


async def test_who_pays_after_a_change_knows_of_it(sale: Sale) -> None:
    order = await ordered(sale, 1)
    await change(sale, **LATER)
    await sale.authorise(order.id)
    await sale.pass_time(timedelta(minutes=2))
    assert await told(sale) == []


async def test_whose_payment_was_on_its_way_when_it_was_changed_is_told_a_moment_later(sale: Sale) -> None:
    order = await ordered(sale, 1)
    hall = await Halls(sale.database).of(order.performance_id)
    await change(sale, **LATER)
    await sale.pass_time(timedelta(seconds=1))
    selling = Selling(Outbox("seating", Bell()), Timers("seating", Bell()), lambda: sale.clock.now)
    async with sale.database.transaction() as connection:
        await selling.pay(connection, hall, order)
    assert await told(sale) == []
    await sale.pass_time(timedelta(minutes=1))
    assert await told(sale) == [(1, "Concert", ["start", "end"])]


async def test_nobody_is_told_of_a_change_of_what_was_cancelled_since(sale: Sale) -> None:
    await sale.authorise((await ordered(sale, 1)).id)
    await change(sale, **LATER)
    await sale.putting_on.cancel(ROOT, sale.performance.id, "Fire.")
    await sale.pass_time(timedelta(minutes=2))
    assert await told(sale) == []
