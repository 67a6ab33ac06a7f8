"""The reconciliation finds every disagreement that there can be, and none where there is none."""

from datetime import timedelta

import asyncpg
import pytest

from berth.app.doctor.reconciliation import QUIET, disagreements, reconcile
from tests.database.saga.stories import STORIES, come, make, pay, setting, tell, tell_one
from tests.database.saga.world import World

READY = {
    "confirmed reservations": (
        "update quota.request set state = 'released' where reservation_id = $1",
        "update access.permission set settled = false where reservation_id = $1",
        "update access.code set ended = 'revoked' where reservation_id = $1",
        "update payments.request set state = 'given' where reservation_id = $1",
        "update payments.account set ended_how = 'closed', ended_cost_minor = 0 where reservation_id = $1",
    ),
    "calendar": (
        "update booking.allocation set active = false where occupant_id = $1",
        """
        update booking.allocation
        set occupies = tstzrange(lower(occupies), upper(occupies) - interval '1 minute')
        where occupant_id = $1
        """,
        """
        insert into booking.allocation (occupant_id, resource_id, kind, occupies)
        select occupant_id, resource_id + 1, 'move', occupies from booking.allocation where occupant_id = $1
        """,
    ),
    "waiting": (
        "delete from booking.timer where key = 'reservation/' || $1::bigint",
        "update booking.confirmation set standing = 'asked', due_at = '2020-01-01' where reservation_id = $1",
        "update booking.reservation set starts = '2020-01-01', ends = '2020-01-02' where id = $1",
    ),
    "orphans": ("delete from booking.reservation where id = $1",),
    "held quota": ("update booking.confirmation set standing = 'replaced' where reservation_id = $1",),
    "live codes": ("update booking.reservation set state = 'cancelled' where id = $1",),
    "held money": (
        "update booking.reservation set state = 'cancelled' where id = $1",
        "update booking.confirmation set standing = 'undone' where reservation_id = $1",
        "update payments.request set state = 'withdrawn' where reservation_id = $1",
    ),
    "sums of allowances": (
        """
        update quota.usage
        set held = held + 1
        where holder_id = (select owner_id from booking.reservation where id = $1)
        """,
        "update quota.hold set amount = amount + 1 where reservation_id = $1",
        "delete from quota.usage where holder_id = (select owner_id from booking.reservation where id = $1)",
    ),
}
OVER = {
    "held quota": ("update quota.request set state = 'held' where reservation_id = $1",),
    "live codes": (
        "update access.code set ended = null where reservation_id = $1",
        "update access.permission set lock = 'granted' where reservation_id = $1",
        "update access.permission set lock = 'revoking' where reservation_id = $1",
        "update access.code set sealed = 'left' where reservation_id = $1",
        "insert into access.keypad (reservation_id, resource_id, mark, valid) values ($1, 1, 1, '{}')",
    ),
    "held money": (
        "update payments.intent set standing = 'authorised' where reservation_id = $1",
        "update payments.intent set standing = 'begun' where reservation_id = $1",
        "update payments.account set ended_cost_minor = 1 where reservation_id = $1",
        "update payments.account set ended_how = null, ended_cost_minor = null where reservation_id = $1",
    ),
    "answers": (
        "update booking.confirmation set standing = 'withdrawn', due_at = '2100-01-01' where reservation_id = $1",
        "update booking.confirmation set standing = 'closing', due_at = '2100-01-01' where reservation_id = $1",
    ),
    "calendar": (
        "update booking.reservation set state = 'cancelled' where id = $1",
        "update booking.reservation set state = 'no_show' where id = $1",
    ),
    "sums of allowances": ("update quota.usage set used = used - 1 where used > 0 and $1 > 0",),
}


def damages(kinds: dict[str, tuple[str, ...]]) -> list[pytest.param]:
    return [
        pytest.param(about, sql, id=f"{about}: {' '.join(sql.split())[:60]}")
        for about, many in kinds.items()
        for sql in many
    ]


async def found_after(world: World, id_: int, damage: str, later: timedelta = QUIET + timedelta(seconds=1)) -> set[str]:
    """Do damage, look, and take it back."""
    connection = await asyncpg.connect(world.url)
    try:
        undone = connection.transaction(isolation="repeatable_read")
        await undone.start()
        tag = await connection.execute(damage, id_)
        assert not tag.endswith(" 0"), "nothing was damaged"
        found = await disagreements(connection, world.clock.now + later)
        await undone.rollback()
    finally:
        await connection.close()
    assert await world.disagreements(id_) == {}
    return {check.about for check, _ in found}


async def ready_reservation(world: World) -> int:
    guest = (await setting(world)).guest(0)
    for act in (make, pay):
        await tell_one(world, act, [guest])
    assert await world.states([guest.id]) == {guest.id: "ready"}
    return guest.id


@pytest.mark.parametrize(("about", "damage"), damages(READY))
async def test_a_reservation_that_holds_and_lacks_or_has_something_wrong_is_found(
    world: World, about: str, damage: str
) -> None:
    id_ = await ready_reservation(world)
    assert about in await found_after(world, id_, damage)
    await world.pass_all_time()


@pytest.mark.parametrize(("about", "damage"), damages(OVER))
async def test_a_reservation_that_is_over_and_has_something_left_is_found(
    world: World, about: str, damage: str
) -> None:
    guest = (await setting(world)).guest(0)
    await tell(world, STORIES["used"].acts, [guest])
    assert about in await found_after(world, guest.id, damage)


async def test_what_has_changed_of_late_is_still_on_its_way(world: World) -> None:
    id_ = await ready_reservation(world)
    damage = "update access.permission set settled = false where reservation_id = $1"
    assert await found_after(world, id_, damage, later=QUIET / 2) == set()
    await world.pass_all_time()


async def test_a_finding_says_what_is_wrong_where_and_the_way_out(world: World) -> None:
    id_ = await ready_reservation(world)
    connection = await asyncpg.connect(world.url)
    now = world.clock.now + QUIET + timedelta(seconds=1)
    [well] = await reconcile(connection, now)
    await connection.execute("update access.permission set settled = false where reservation_id = $1", id_)
    [found] = await reconcile(connection, now)
    await connection.execute("update access.permission set settled = true where reservation_id = $1", id_)
    await connection.close()
    assert (well.about, well.state) == ("reconciliation", "fine")
    assert (found.about, found.state) == ("confirmed reservations", "wrong")
    assert f"({id_})" in found.says
    assert "berth events replay" in found.says
    await world.pass_all_time()


async def test_a_settlement_that_nobody_heard_of_is_found_until_the_reservation_is_over(world: World) -> None:
    guest = (await setting(world)).guest(0)
    await tell_one(world, make, [guest])
    await pay(world, guest)
    lost: list[str] = []
    while not lost:
        await world.collect()
        letters, world.post = world.post, []
        lost = [str(one) for one in letters if "settled" in str(one)]
        await world.deliver([one for one in letters if "settled" not in str(one)])
    assert set(await world.disagreements(guest.id)) == {"confirmed reservations"}
    await tell(world, [come], [guest])
    assert await world.disagreements(guest.id) == {}
