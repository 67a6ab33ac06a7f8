"""Who is asked for what, by the policies of the resources that are reserved together."""

from dataclasses import replace
from datetime import timedelta

from berth.contracts.catalog import Policy
from berth.modules.booking.domain.life.asking import request_for, visit
from berth.modules.booking.domain.life.value import APPROVAL
from tests.unit.booking.life.confirmers import CHIEF, DEAN, HOUR, MINUTE, NOW, OWNER, TEN, request, reservation, slot_of
from tests.unit.booking.life.confirmers import resource as room

SLOT = slot_of(reservation())


def asked_by(caller_id: int, *rooms: object, administrators: tuple[int, ...] = (), **more: object):
    return request_for(1, rooms, SLOT, caller_id=caller_id, administrators=administrators, now=NOW, **more)


def test_nothing_is_asked_where_no_policy_asks():
    assert asked_by(OWNER, room(1), room(2)) is None


def test_resources_together_ask_for_all_that_each_asks_for():
    made = asked_by(OWNER, room(1, "payment", "quota"), room(2, "approval", "quota"))
    assert [one.step for one in made.confirmations] == ["approval", "quota", "payment"]
    assert made.steps == ("quota", "payment")


def test_who_may_approve_is_not_asked_to():
    assert asked_by(CHIEF, room(1, "approval")) is None
    assert asked_by(CHIEF, room(1, "approval", "quota")).steps == ("quota",)
    assert asked_by(DEAN, room(1, "approval")).approval.approver_ids == (CHIEF,)


def test_administrators_approve_where_nobody_is_named():
    unnamed = replace(room(1), policy=Policy(confirmations=("approval",)))
    made = asked_by(OWNER, unnamed, administrators=(CHIEF, DEAN))
    assert (made.approval.approver_ids, made.approval.escalates_to) == ((CHIEF, DEAN), (CHIEF, DEAN))


def test_each_step_has_its_own_time_and_the_longest_of_its_resources():
    made = asked_by(
        OWNER,
        room(1, "quota", "payment", confirmation_seconds_max=20, payment_minutes_max=5),
        room(2, "quota", confirmation_seconds_max=40, payment_minutes_max=60),
        room(3, "approval", approval_hours_max=1000),
    )
    assert {one.step: one.due_at for one in made.confirmations} == {
        APPROVAL: TEN + HOUR,
        "quota": NOW + timedelta(seconds=40),
        "payment": NOW + 5 * MINUTE,
    }


def test_a_move_asks_those_too_who_confirmed_what_it_was():
    made, event = request(5, ["access"], SLOT, moves=True, also=["quota"])
    assert made.steps == event.steps == ("quota", "access")
    assert made.wanted == SLOT
    assert set(event.due_at) == {"quota", "access"}


def test_an_approver_alone_is_asked_by_no_event_of_confirmation():
    made, event = request(1, ["approval"], SLOT)
    assert made.approval
    assert event is None


def test_the_strictest_rule_of_coming_holds():
    rooms = [room(1, early_minutes=5), room(2, early_minutes=30, no_show_minutes=20), room(3, no_show_minutes=10)]
    assert (visit(rooms).early_minutes, visit(rooms).no_show_minutes) == (5, 10)
    assert visit(rooms[:1]).no_show_minutes is None
