"""Codes are given, moved and taken away as booking says, and tell reservations of one resource apart."""

import asyncio
from datetime import timedelta

import pytest

from berth.contracts.access import CodeIssued, CodeRefused
from berth.modules.access.domain.sealing import Sealer
from tests.database.access.conftest import NINE, Desk, asked, closed, settled, withdrawn


async def code(desk: Desk, id_: int) -> str:
    found = await desk.offer.code_of(reservation_id=id_)
    assert found is not None
    return found


async def test_a_code_is_issued_at_once_and_held_when_it_is_settled(desk: Desk) -> None:
    await desk.say(asked(41))
    [issued] = await desk.answers()
    assert issued.read(CodeIssued) == CodeIssued(41, 1, NINE - timedelta(minutes=15), NINE + timedelta(hours=1))
    assert await desk.offer.code_of(reservation_id=41) is None
    await desk.say(settled(41))
    assert len(await code(desk, 41)) == 6
    assert await desk.told() == [("issued", 41, 1)]


async def test_an_answer_bears_the_trace_of_what_it_answers(desk: Desk) -> None:
    await desk.say(asked(41), asked(42, start=NINE + timedelta(days=1)))
    assert [one.trace_parent for one in await desk.answers()] == [f"00-{n:032x}-{n:016x}-01" for n in (1, 2)]
    assert {one.address for one in await desk.answers()} == {"192.0.2.1"}


async def test_who_is_not_meant_does_nothing(desk: Desk) -> None:
    await desk.say(asked(41, steps=("quota", "payment")))
    assert await desk.told() == []
    assert "41" not in await desk.dump()


async def test_a_moved_reservation_keeps_its_code_and_its_window_until_the_move_is_settled(desk: Desk) -> None:
    later = NINE + timedelta(hours=5)
    await desk.say(asked(41), settled(41))
    before = await code(desk, 41)
    await desk.say(asked(41, 2, start=later))
    assert await desk.offer.try_code(reservation_id=41, code=before, person_id=7) == "right"
    await desk.say(settled(41, 2))
    assert await code(desk, 41) == before
    assert await desk.offer.try_code(reservation_id=41, code=before, person_id=7) == "not_valid_now"
    desk.clock.now = later
    assert await desk.offer.try_code(reservation_id=41, code=before, person_id=7) == "right"


async def test_a_withdrawn_move_leaves_the_code_and_a_withdrawn_reservation_does_not(desk: Desk) -> None:
    await desk.say(asked(41), settled(41), asked(41, 2, start=NINE + timedelta(hours=5)))
    before = await code(desk, 41)
    await desk.say(withdrawn(41, 2, whole=False))
    assert await desk.offer.try_code(reservation_id=41, code=before, person_id=7) == "right"
    await desk.say(withdrawn(41))
    assert await desk.offer.code_of(reservation_id=41) is None
    assert await desk.offer.try_code(reservation_id=41, code=before, person_id=7) == "not_valid_now"
    assert await desk.told() == [("issued", 41, 1), ("issued", 41, 2), ("revoked", 41, 2), ("revoked", 41, 1)]


@pytest.mark.parametrize("end", [withdrawn(41), closed(41)])
async def test_what_is_asked_for_after_the_end_is_not_issued(desk: Desk, end: object) -> None:
    await desk.say(end)
    await desk.say(asked(41), settled(41))
    assert [one[0] for one in await desk.told()] == ["revoked" if end == withdrawn(41) else "expired", "revoked"]
    assert await desk.offer.code_of(reservation_id=41) is None
    assert await desk.database.fetch_value("select count(*) from access.code where sealed is not null") == 0


async def test_all_may_come_twice_and_is_answered_the_same_again(desk: Desk) -> None:
    await desk.say(asked(41), asked(41), settled(41))
    before = await code(desk, 41)
    await desk.say(asked(41), settled(41))
    assert await code(desk, 41) == before
    first, *again = [one.data for one in await desk.answers()]
    assert again == [first, first]
    await desk.say(closed(41), closed(41))
    assert (await desk.told())[3:] == [("expired", 41, 1)] * 2


async def test_at_the_end_the_code_itself_is_erased(desk: Desk) -> None:
    await desk.say(asked(41), settled(41))
    before = await code(desk, 41)
    await desk.say(closed(41))
    [row] = await desk.database.fetch("select sealed, ended from access.code")
    assert (row["sealed"], row["ended"]) == (None, "expired")
    assert await desk.offer.try_code(reservation_id=41, code=before, person_id=7) == "not_valid_now"


async def test_a_batch_is_confirmed_by_as_many_statements_as_one(desk: Desk) -> None:
    statements: list[object] = []
    counts = []
    async with desk.database.connection() as connection:
        connection.add_query_logger(statements.append)
        for first, many in ((0, 1), (1000, 1), (2000, 150)):  # at first the driver asks for types
            statements.clear()
            await _handle(
                desk, connection, [asked(first + n, start=NINE + timedelta(hours=first + n)) for n in range(many)]
            )
            counts.append(len(statements))
    assert counts[1] == counts[2] <= 8
    assert len(await desk.told()) == 152


async def _handle(desk: Desk, connection: object, events: list[object]) -> None:
    envelopes = [desk._enveloped(event) for event in events]
    await desk.built.handlers["access"](connection, envelopes)


async def test_codes_that_overlap_at_a_resource_differ_and_others_may_be_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["111111"] * 8 + ["222222"])
    monkeypatch.setattr(Sealer, "draw", lambda _: next(drawn))
    await desk.say(asked(41), settled(41))
    await desk.say(asked(42, resources=(2,)), settled(42))
    await desk.say(asked(43, start=NINE + timedelta(hours=2)), settled(43))
    assert {await code(desk, id_) for id_ in (41, 42, 43)} == {"111111"}
    # Who comes at ten may enter from a quarter to ten, when the one before is still there.
    await desk.say(asked(44, start=NINE + timedelta(hours=1), hours=0.5), settled(44))
    assert await code(desk, 44) == "222222"


async def test_two_of_one_batch_differ_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter(["111111", "111111", "333333"])
    monkeypatch.setattr(Sealer, "draw", lambda _: next(drawn))
    await desk.say(asked(41), asked(42, start=NINE + timedelta(hours=1)), settled(41), settled(42))
    assert {await code(desk, 41), await code(desk, 42)} == {"111111", "333333"}


async def test_a_move_onto_the_same_code_is_refused_and_leaves_what_was_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sealer, "draw", lambda _: "111111")
    await desk.say(asked(41), settled(41), asked(42, resources=(2,)), settled(42))
    await desk.say(asked(42, 2, resources=(1, 3)))
    refused = (await desk.answers())[-1].read(CodeRefused)
    assert refused.reason.startswith("code-in-use: ")
    assert await desk.offer.try_code(reservation_id=42, code="111111", person_id=7) == "right"
    places = await desk.database.fetch("select reservation_id, resource_id from access.keypad order by 1")
    assert [tuple(one) for one in places] == [(41, 1), (42, 2)]


async def test_a_place_is_free_again_when_its_code_is_gone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sealer, "draw", lambda _: "111111")
    await desk.say(asked(41), settled(41), withdrawn(41))
    await desk.say(asked(42), settled(42))
    assert await code(desk, 42) == "111111"


async def test_the_database_refuses_two_codes_that_a_keypad_could_not_tell_apart(desk: Desk) -> None:
    await desk.say(asked(41), asked(42, resources=(2,)))
    with pytest.raises(Exception, match="keypad_tells_apart"):
        await desk.database.execute(
            "update access.keypad set mark = (select mark from access.keypad where reservation_id = 41) "
            "where reservation_id = 42"
        )


async def test_a_dump_holds_no_code_nor_do_events(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sealer, "draw", lambda _: "739154")
    await desk.say(asked(41), settled(41), asked(41, 2, start=NINE + timedelta(hours=3)))
    await desk.offer.try_code(reservation_id=41, code="739154", person_id=7)
    await desk.offer.try_code(reservation_id=41, code="739155", person_id=7)
    dump = await desk.dump()
    assert "41" in dump
    assert "73915" not in dump


async def test_handlers_that_meet_at_one_reservation_take_turns(desk: Desk) -> None:
    await asyncio.gather(*(desk.say(asked(41)) for _ in range(8)), *(desk.say(settled(41)) for _ in range(4)))
    assert await desk.told() == [("issued", 41, 1)] * 8
    assert len({one.data for one in await desk.answers()}) == 1
    assert len(await code(desk, 41)) == 6
