"""The ledger: what is held, denied, released and used, in whatever order booking's events come."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from berth.contracts.catalog import Term
from berth.kit.auth import Role
from berth.modules.quota.domain.allowances import AllowanceUnit, Per, Scope
from tests.database.quota.conftest import (
    ADA,
    CAMPUS,
    LIN,
    MONDAY,
    ROOT,
    Process,
    asked,
    closed,
    enveloped,
    settled,
    withdrawn,
)


class Crash(Exception):
    """What undoes a transaction."""


async def test_what_is_asked_for_is_held_until_nothing_is_left_and_then_denied(process: Process) -> None:
    allowance = await process.set()
    await process.tell(asked(1, minutes=100), asked(2, minutes=60), asked(3, minutes=30), asked(4, minutes=20))
    [first, second, third, fourth] = await process.answers()
    held = {"allowance_id": allowance.id, "name": "studio", "unit": "minutes", "amount": 100, "left": 80}
    assert first == ("held", {"reservation_id": 1, "request_id": 1, "holds": [held]})
    assert second[1]["holds"] == [held | {"amount": 60, "left": 20}]
    assert third == (
        "denied",
        {
            "reservation_id": 3,
            "request_id": 1,
            "allowance_id": allowance.id,
            "name": "studio",
            "unit": "minutes",
            "wanted": 30,
            "left": 20,
            "renews_at": "2027-03-07T23:00:00Z",
            "reason": "The allowance “studio” has 20 of 180 min left in that week, and 30 would be needed. "
            "It renews on Mon 2027-03-08 00:00 Europe/Rome.",
        },
    )
    assert fourth[0] == "held"
    assert await process.mine() == [(180, 0, 0)]
    assert await process.mine(LIN) == [(0, 0, 180)]


async def test_each_answer_bears_the_trace_of_its_question(process: Process) -> None:
    await process.tell(asked(1), asked(2), withdrawn(1))
    rows = await process.database.fetch("select trace_parent, address from quota.outbox order by id")
    assert [row["trace_parent"][-4:-3] for row in rows] == ["1", "2", "3"]
    assert {row["address"] for row in rows} == {"192.0.2.1"}


async def test_what_does_not_mean_quota_is_left_out_and_what_no_allowance_covers_is_given(process: Process) -> None:
    await process.set(scope=Scope(kind="desk"))
    await process.tell(asked(1, steps=("access",)), asked(2))
    assert await process.answers() == [("held", {"reservation_id": 2, "request_id": 1, "holds": []})]
    assert await process.usage() == {}


async def test_all_allowances_give_or_none_and_the_first_that_does_not_is_named(process: Process) -> None:
    plenty = await process.set(name="month", per=Per.MONTH, amount=1000)
    once = await process.set(name="once a day", per=Per.DAY, unit=AllowanceUnit.COUNT, amount=1)
    await process.set(name="tight", per=Per.DAY, amount=60)
    await process.tell(asked(1), asked(2))
    (_, first), (word, second) = await process.answers()
    assert [one["left"] for one in first["holds"]] == [940, 0, 0]
    assert (word, second["allowance_id"], second["wanted"], second["left"]) == ("denied", once.id, 1, 0)
    assert (await process.usage())[plenty.id, ADA.id, "month/2027-03-01"] == (60, 0)


async def test_administrators_are_counted_only_by_what_names_their_role(process: Process) -> None:
    await process.set(amount=0)
    await process.tell(asked(1, owner=ROOT))
    await process.set(name="admins", role=Role.ADMIN, amount=30)
    await process.tell(asked(2, owner=ROOT))
    assert await process.words() == ["held", "denied"]


async def test_a_persons_own_allowance_is_counted_in_place_of_the_roles(process: Process) -> None:
    await process.set(role=Role.USER, amount=30)
    own = await process.set(name="ada", person_id=ADA.id, amount=600)
    await process.tell(asked(1, minutes=500), asked(2, owner=LIN, minutes=31))
    assert await process.words() == ["held", "denied"]
    assert await process.usage() == {(own.id, ADA.id, "week/2027-03-01"): (500, 0)}


async def test_a_pool_is_counted_together_and_shown_by_person(process: Process) -> None:
    pool = await process.set(shared=True)
    await process.tell(asked(1, minutes=100), asked(2, owner=LIN, minutes=60), asked(3, owner=LIN, minutes=30))
    await process.tell(closed(1, minutes=90))
    assert await process.words() == ["held", "held", "denied", "committed"]
    assert await process.usage() == {(pool.id, 0, "week/2027-03-01"): (60, 90)}
    usage = await process.standings.usage(pool, MONDAY, after=None, limit=10)
    assert [(one.person_id, one.balance.held, one.balance.used) for one in usage.shares] == [
        (ADA.id, 0, 90),
        (LIN.id, 60, 0),
    ]
    assert await process.mine(LIN) == [(60, 90, 30)]


async def test_a_move_needs_only_what_it_adds_and_settling_gives_the_rest_back(process: Process) -> None:
    await process.set()
    await process.tell(asked(1, 1, minutes=120), settled(1, 1), asked(1, 2, minutes=170))
    assert await process.mine() == [(170, 0, 10)]
    await process.tell(asked(1, 3, minutes=200))
    word, denied = (await process.answers())[-1]
    assert (word, denied["wanted"], denied["left"]) == ("denied", 30, 10)
    await process.tell(withdrawn(1, 3, whole=False), withdrawn(1, 2, whole=False))
    assert await process.mine() == [(120, 0, 60)]
    await process.tell(asked(1, 4, minutes=30), settled(1, 4))
    assert await process.mine() == [(30, 0, 150)]


async def test_a_move_into_another_week_holds_in_both_until_it_is_settled(process: Process) -> None:
    await process.set()
    next_week = MONDAY + timedelta(days=7)
    await process.tell(asked(1, 1, minutes=120), settled(1, 1), asked(1, 2, minutes=120, start=next_week))
    assert [await process.mine(at=at) for at in (MONDAY, next_week)] == [[(120, 0, 60)], [(120, 0, 60)]]
    await process.tell(settled(1, 2))
    assert [await process.mine(at=at) for at in (MONDAY, next_week)] == [[(0, 0, 180)], [(120, 0, 60)]]


@pytest.mark.parametrize(("minutes", "used"), [(20, 20), (20.01, 21), (60, 60), (90, 60), (0, 0), (-5, 0)])
async def test_what_was_used_is_used_up_and_the_rest_returned(process: Process, minutes: float, used: int) -> None:
    await process.set()
    await process.tell(asked(1), settled(1, 1), closed(1, minutes=minutes), closed(1, minutes=minutes))
    assert await process.words() == ["held", "committed", "committed"]
    assert await process.mine() == [(0, used, 180 - used)]


async def test_a_reservation_that_is_counted_by_number_is_one_however_short_it_was(process: Process) -> None:
    await process.set(unit=AllowanceUnit.COUNT, amount=2)
    await process.tell(asked(1), asked(2), closed(1, minutes=1), withdrawn(2))
    assert await process.mine() == [(0, 1, 1)]


async def test_what_is_asked_twice_is_answered_the_same_and_held_once(process: Process) -> None:
    await process.set()
    await process.tell(asked(1, minutes=100), asked(2, minutes=100))
    await process.tell(withdrawn(1))
    await process.tell(asked(2, minutes=100))
    await process.tell(asked(3), asked(3))
    answers = await process.answers()
    assert [word for word, _ in answers] == ["held", "denied", "released", "denied", "held", "held"]
    assert answers[1] == answers[3]
    assert answers[4] == answers[5]
    assert await process.mine() == [(60, 0, 120)]


@pytest.mark.parametrize("over", [withdrawn(1), withdrawn(1, whole=False), withdrawn(1, 2), closed(1), settled(1, 2)])
async def test_a_question_that_comes_after_its_end_holds_nothing(process: Process, over: object) -> None:
    await process.set()
    await process.tell(over)
    await process.tell(asked(1))
    await process.tell(asked(1))
    assert (await process.words())[-2:] == ["released", "released"]
    assert await process.usage() == {}


async def test_the_end_of_a_whole_reservation_ends_its_earlier_requests_and_no_later_one(process: Process) -> None:
    await process.set()
    await process.tell(asked(1, 1), asked(1, 2, minutes=90), asked(1, 3, minutes=30), withdrawn(1, 2))
    assert await process.mine() == [(30, 0, 150)]


async def test_withdrawing_is_always_answered_and_what_is_used_stays_used(process: Process) -> None:
    await process.set()
    await process.tell(withdrawn(5), withdrawn(5), asked(1), closed(1), withdrawn(1), asked(1))
    assert await process.words() == ["released", "released", "held", "committed", "released", "committed"]
    assert await process.mine() == [(0, 60, 120)]


async def test_closing_after_a_move_that_failed_uses_up_what_is_held(process: Process) -> None:
    await process.set()
    await process.tell(asked(1, 1), settled(1, 1), asked(1, 2, minutes=200), withdrawn(1, 2, whole=False), closed(1, 2))
    assert await process.mine() == [(0, 60, 120)]


async def test_an_allowance_for_a_term_asks_catalog_and_counts_only_in_terms(process: Process) -> None:
    await process.tell(asked(1))
    assert process.campus.asked == 0
    termly = await process.set(per=Per.TERM)
    process.campus.set_terms = [Term(4, CAMPUS, "Spring", date(2027, 3, 1), date(2027, 6, 1))]
    await process.tell(asked(2), asked(3, minutes=121), asked(4, start=MONDAY - timedelta(days=3), minutes=500))
    assert process.campus.asked == 1
    answers = (await process.answers())[1:]
    assert [word for word, _ in answers] == ["held", "denied", "held"]
    assert answers[1][1]["renews_at"] is None
    assert await process.usage() == {(termly.id, ADA.id, "term/4"): (60, 0)}


async def test_a_handler_that_fails_leaves_nothing_behind(process: Process) -> None:
    async def tell_and_crash() -> None:
        async with process.database.transaction() as connection:
            await process.handle(connection, [enveloped(asked(1))])
            raise Crash

    await process.set()
    with pytest.raises(Crash):
        await tell_and_crash()
    assert (await process.words(), await process.mine()) == ([], [(0, 0, 180)])
    await process.tell(asked(1))
    assert (await process.words(), await process.mine()) == (["held"], [(60, 0, 120)])


async def test_what_is_changed_counts_at_once_and_what_is_removed_not_at_all(process: Process) -> None:
    allowance = await process.set()
    await process.tell(asked(1, minutes=120))
    await process.allowances.change(ROOT, allowance.id, replace(allowance.rule, amount=100))
    assert await process.mine() == [(120, 0, -20)]
    await process.tell(asked(2, minutes=1), asked(1, 2, minutes=110))
    word, denied = (await process.answers())[1]
    assert (word, denied["left"]) == ("denied", 0)
    assert (await process.words())[2] == "held"
    await process.allowances.remove(ROOT, allowance.id)
    await process.tell(asked(3, minutes=500), closed(1, 2, minutes=100))
    assert (await process.words())[3:] == ["held", "committed"]
    removed = await process.allowances.find(allowance.id)
    assert removed.removed_at is not None
    usage = await process.standings.usage(removed, MONDAY, after=None, limit=10)
    assert [(one.person_id, one.balance.used) for one in usage.shares] == [(ADA.id, 100)]
