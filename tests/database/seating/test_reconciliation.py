"""The reconciliation finds orders that their payments or their seats disagree with, and none that are on their way."""

from datetime import timedelta

import asyncpg
import pytest

from berth.app.doctor.reconciliation import QUIET, disagreements
from tests.database.seating.conftest import PRICE_MINOR, Sale
from tests.database.seating.hall import person
from tests.database.seating.test_races import hold

MONEY = """
insert into payments.intent (
    reservation_id, request_id, payer_id, key, amount_minor, currency, provider, target_minor, take, early, standing,
    authorised_minor, captured_minor, refunded_minor, version, state
)
values ($1, 1, 1, 'key', $2, 'EUR', 'manual', $2, true, false, 'captured', $2, $2, 0, 1, 'taken')
"""


async def found(sale: Sale, later: timedelta = QUIET + timedelta(seconds=1)) -> set[str]:
    """What about the reconciliation finds something wrong, some time later."""
    async with sale.database.connection() as connection:
        return {check.about for check, _ in await disagreements(connection, sale.clock.now + later)}


async def paid_order(sale: Sale) -> int:
    """An order of two seats that is sold, and its payment taken."""
    held = await hold(sale, 1, "s/1/1", "s/1/2")
    assert isinstance(held, int)
    order = (await sale.ordering.order(person(1), held)).order
    assert await found(sale) == set()
    await sale.authorise(order.id, 2 * PRICE_MINOR)
    async with sale.database.transaction() as connection:
        await connection.execute(
            "insert into payments.account (reservation_id, payer_id, charging, of_what) values ($1, 1, true, 'order')",
            order.id,
        )
        await connection.execute(
            """
            insert into payments.request (reservation_id, id, state, owed_minor, returning_what, closing, answered)
            values ($1, 1, 'settled', $2, 'no', false, '{asked,authorised,taken}')
            """,
            order.id,
            2 * PRICE_MINOR,
        )
        await connection.execute(MONEY, order.id, 2 * PRICE_MINOR)
    return order.id


@pytest.mark.parametrize(
    ("damage", "about"),
    [
        ("update payments.intent set captured_minor = 0 where reservation_id = $1", "orders of seats"),
        (
            """
            update seating.seat_order
            set state = 'cancelled', cancelled_by = 'owner', cancel_reason = 'Ill.', places = '{}'
            where id = $1
            """,
            "orders of seats",
        ),
        ("update seating.seat_order set state = 'pending', due_at = '2020-01-01' where id = $1", "orders of seats"),
        ("update seating.seat set state = 'free', holder = null where place = (select 0 where $1 > 0)", "seats"),
        ("update seating.seat set holder = holder + 1 where holder is not null and $1 > 0", "seats"),
        ("update seating.seat set state = 'held' where state = 'sold' and $1 > 0", "seats"),
        ("update seating.seat_order set places = places || 7 where id = $1", "seats"),
        ("delete from booking.blackout where $1 > 0", "venues"),
        ("update booking.blackout set starts = starts - interval '1 hour' where $1 > 0", "venues"),
        ("update seating.performance set state = 'cancelled' where $1 > 0", "venues"),
    ],
)
async def test_what_does_not_agree_is_found(sale: Sale, damage: str, about: str) -> None:
    order_id = await paid_order(sale)
    assert await found(sale) == set()
    await sale.database.execute(damage, order_id)
    assert about in await found(sale)


async def test_what_has_changed_of_late_is_still_on_its_way(sale: Sale) -> None:
    order_id = await paid_order(sale)
    await sale.database.execute("update payments.intent set captured_minor = 0 where reservation_id = $1", order_id)
    assert await found(sale, timedelta(minutes=1)) == set()


async def test_seats_that_are_held_are_no_disagreement(sale: Sale) -> None:
    assert isinstance(await hold(sale, 1, "s/1/1", floor=2), int)
    with pytest.raises(asyncpg.CheckViolationError):
        await sale.database.execute("update seating.seat set holder = null where state = 'held'")
    assert await found(sale) == set()
