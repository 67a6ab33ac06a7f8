"""Orders of seats: their buyers are told of each turn once, in its order, whatever comes twice or is undone."""

from datetime import timedelta

import pytest

from berth.contracts.seating.orders import OrderCancelled, OrderChanged, OrderPaid
from berth.kit.outbox.event import Envelope
from berth.modules.notifications.domain.kinds import Channel, Kind, Switch
from berth.modules.notifications.store.reading import Filter
from tests.database.notifications.conftest import ADA, LIN, NINE, TEN, Process, enveloped


def of(order_id: int = 43, actor_id: int = ADA.id) -> tuple[object, ...]:
    return order_id, 5, ADA.id, actor_id, "Aida", NINE, TEN, "Europe/Rome", 3000, "EUR"


PAID = enveloped(OrderPaid(*of(), 2), 1)
MOVED = enveloped(OrderChanged(*of(actor_id=LIN.id), ("start",)), 2)
CANCELLED = enveloped(OrderCancelled(*of(actor_id=LIN.id), "staff", "Fire.", NINE), 3)


async def kinds(process: Process) -> list[str]:
    return [one.kind for one in await process.centre.listed(Filter(ADA.id), 100)][::-1]


async def test_a_buyer_is_told_of_each_turn_by_notification_and_mail(process: Process) -> None:
    await process.tell(PAID, MOVED)
    await process.tell(CANCELLED)
    assert await kinds(process) == [Kind.ORDER_PAID, Kind.ORDER_CHANGED, Kind.ORDER_CANCELLED]
    assert await process.about(ADA) == ["order/43"] * 3
    mails = await process.mails()
    assert [(one["kind"], one["sequence"], one["data"]["performance"]) for one in mails] == [
        (Kind.ORDER_PAID, 1, "Aida"), (Kind.ORDER_CHANGED, 2, "Aida"), (Kind.ORDER_CANCELLED, 3, "Aida"),
    ]  # fmt: skip
    assert [one.trace_parent for one in await process.outbox()] == [
        one.trace_parent for one in (PAID, MOVED, CANCELLED)
    ]


@pytest.mark.parametrize("times", [[PAID, PAID], [PAID, enveloped(OrderPaid(*of(), 2), 9)]])
async def test_what_comes_or_is_said_again_is_not_told_again(process: Process, times: list[Envelope]) -> None:
    for one in times:
        await process.tell(one)
    assert await kinds(process) == [Kind.ORDER_PAID]
    for number in (10, 11, 11):
        await process.tell(enveloped(OrderCancelled(*of(), "system", "Late.", NINE), number))
    assert await kinds(process) == [Kind.ORDER_PAID, Kind.ORDER_CANCELLED]
    assert len(await process.mails()) == 2


async def test_a_turn_whose_transaction_failed_is_told_when_it_comes_again(process: Process) -> None:
    async def tell_and_crash() -> None:
        async with process.database.transaction() as connection:
            await process.handle(connection, [PAID])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await tell_and_crash()
    assert await kinds(process) == []
    await process.tell(PAID)
    assert await kinds(process) == [Kind.ORDER_PAID]


async def test_what_the_buyer_does_is_confirmed_in_the_app_and_not_mailed(process: Process) -> None:
    await process.tell(PAID, enveloped(OrderCancelled(*of(), "owner", "Ill.", NINE), 2))
    assert await kinds(process) == [Kind.ORDER_PAID, Kind.ORDER_CANCELLED]
    assert [one["kind"] for one in await process.mails()] == [Kind.ORDER_PAID]
    await process.choose(ADA, {Switch(Kind.ORDER_PAID, by_self=False, channel=channel): False for channel in Channel})
    await process.tell(enveloped(OrderPaid(*of(44), 2), 3))
    assert await kinds(process) == [Kind.ORDER_PAID, Kind.ORDER_CANCELLED]


async def test_what_is_known_of_an_order_is_forgotten_long_after_its_performance(process: Process) -> None:
    await process.tell(PAID)
    rows = "select count(*) from notifications.seat_order"
    for days, left in ((60, 1), (92, 0)):
        process.clock.now = TEN + timedelta(days=days)
        await process.centre.forget(90)
        assert await process.database.fetch_value(rows) == left
