"""Orders of seats are paid like reservations, beside them: booking and the reconciliation take them for none."""

from datetime import timedelta

from berth.contracts.payments import PaymentAuthorised
from berth.contracts.seating.orders import OrderCancelled, OrderLine, OrderPaid, OrderPlaced
from berth.kit.outbox.event import Envelope, Event
from berth.modules.payments.usecases.desk import Desk
from tests.database.saga.stories import make, pay, setting, tell_one
from tests.database.saga.world import HOUR, MONDAY, Letter, World

START = MONDAY + timedelta(days=20)


def of_order(id_: int) -> tuple[object, ...]:
    """What all events of an order carry."""
    return id_, 5, 7, 7, "Chamber music", START, START + HOUR, "Europe/Rome", 3000, "EUR"


async def seating_says(world: World, event: Event, group: str = "payments") -> None:
    """Have a group hear something that none of the modules of this world says, and what follows."""
    envelope = Envelope("seating", 1, event.type, event.subject, world.clock.now, event.data(), None, None)
    await world.deliver([Letter(group, envelope)])
    await world.quieten()


async def in_state(world: World, state: str) -> list[int]:
    """The payments of orders in this state."""
    rows = await world.doors.of("payments").fetch(
        """
        select intent.id
        from payments.intent
        join payments.account
          on account.reservation_id = intent.reservation_id
        where of_what = 'order'
          and state = $1
        order by intent.id
        """,
        state,
    )
    return [row["id"] for row in rows]


async def test_the_reconciliation_has_nothing_to_say_of_orders_however_they_stand(world: World) -> None:
    waiting, sold, given_up = (2**40 + number for number in range(3))
    for id_ in (waiting, sold, given_up):
        due_at = world.clock.now + timedelta(days=1)
        lines = (OrderLine("Row A, seats 1 and 2", 2, 1500, 3000),)
        await seating_says(world, OrderPlaced(*of_order(id_), lines, due_at, 24, 50))
        assert await world.disagreements() == {}
    for payment_id in (await in_state(world, "awaiting"))[1:]:
        await world.part("payments", Desk).mark_paid(payment_id, "B-1")
    for id_ in (sold, given_up):
        await seating_says(world, OrderPaid(*of_order(id_), 2))
    await seating_says(world, OrderCancelled(*of_order(given_up), "owner", "Given up", START))
    stands = [len(await in_state(world, state)) for state in ("awaiting", "taken", "part_returned")]
    assert (stands, await world.disagreements()) == ([1, 1, 1], {})
    await world.pass_all_time()
    assert (await in_state(world, "awaiting"), await world.disagreements()) == ([], {})


async def test_an_answer_about_an_order_confirms_no_reservation(world: World) -> None:
    guest = (await setting(world)).guest(0)
    await tell_one(world, make, [guest])
    assert await world.states([guest.id]) == {guest.id: "pending"}
    request_id = await world.doors.of("payments").fetch_value(
        "select id from payments.request where reservation_id = $1", guest.id
    )
    for id_ in (guest.id, 2**40):
        answer = PaymentAuthorised(id_, request_id, 7, "EUR", 3000, of="order")
        await seating_says(world, answer, group="booking")
    assert await world.states([guest.id]) == {guest.id: "pending"}
    await tell_one(world, pay, [guest])
    assert await world.states([guest.id]) == {guest.id: "ready"}
    await world.pass_all_time()
