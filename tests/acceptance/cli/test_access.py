"""Access codes from a terminal."""

import asyncpg

from tests.acceptance.access.conftest import NINE, Booking, code_of, new_id
from tests.acceptance.cli.conftest import Terminal
from tests.acceptance.conftest import Caller


async def test_the_owner_sees_the_code_and_an_administrator_all_but_it(
    fresh_url: str, at_desk: Terminal, terminal: Terminal, someone: Caller
) -> None:
    id_ = new_id()
    connection = await asyncpg.connect(fresh_url)
    try:
        booking = Booking(connection)
        await booking.ask(id_, someone)
        await code_of(someone, id_, 409)
        early = await terminal("access", "code", id_)
        assert early.code == 5
        await booking.settle(id_)
        code = (await code_of(someone, id_))["code"]
    finally:
        await connection.close()
    shown = await terminal("access", "code", id_, "--tz", "UTC")
    assert code in shown.out
    assert f"{NINE:%Y-%m-%d} 08:45" in shown.out
    assert (await at_desk("access", "code", id_)).code == 1
    listed = await at_desk("access", "list", "--from", NINE.isoformat(), "--all")
    assert str(id_) in listed.out
    assert "active" in listed.out
    assert code not in listed.out.replace(str(id_), "")
    assert (await terminal("access", "list")).code == 1


async def test_a_lock_is_tested_by_the_name_of_its_resource(at_desk: Terminal) -> None:
    made = await at_desk("resources", "create", "Locked room", "--kind", "room", "--timezone", "UTC")
    assert made.code == 0, made.err
    tested = await at_desk("access", "test-lock", "Locked room")
    assert tested.code == 0, tested.err
    assert "codes are checked by Berth alone" in tested.out
    assert (await at_desk("access", "test-lock", "No such room")).code == 1
