"""Who is told what of an event: those whom it concerns what happened, and all others only that a calendar changed."""

from datetime import UTC, datetime

import orjson

from berth.contracts.seating.performances import SeatsChanged
from berth.edges.live.notices import CALENDAR, Notice, merged, notices
from berth.kit.outbox.event import Envelope


def envelope(type_: str, subject: str, **members: object) -> Envelope:
    return Envelope(
        type_.split(".")[1], 1, type_, subject, datetime.now(UTC), orjson.dumps(members).decode(), None, None
    )


RESERVED = envelope(
    "berth.booking.reservation_created.v1",
    "reservation/7",
    reservation_id=7,
    owner_id=1,
    resource_ids=[4],
    title="Secret",
)


def calendar(*resource_ids: int) -> Notice:
    return Notice(CALENDAR, None, resource_ids, None)


def test_the_owner_and_administrators_hear_what_happened_and_others_that_a_calendar_changed() -> None:
    whole = Notice(RESERVED.type, "reservation/7", (4,), frozenset({1}), administrators=True)
    assert notices(RESERVED) == [whole, calendar(4)]


def test_a_move_concerns_the_resources_before_and_after() -> None:
    moved = envelope(
        "berth.booking.reservation_changed.v1",
        "reservation/7",
        owner_id=1,
        resource_ids=[5],
        before={"resource_ids": [4]},
    )
    assert calendar(4, 5) in notices(moved)


def test_notifications_and_approvals_are_for_the_people_they_name() -> None:
    note = envelope("berth.notifications.notification_created.v1", "notification/9", person_id=1)
    asked = envelope("berth.booking.approval_asked.v1", "reservation/7", owner_id=1, approver_ids=[2], resource_ids=[])
    assert [one.people for one in notices(note)] == [{1}]
    assert [one.people for one in notices(asked)] == [{1, 2}]


def test_the_catalogue_is_everybodys() -> None:
    changed = envelope("berth.catalog.resource_changed.v1", "resource/4", resource_id=4, actor_id=3)
    assert notices(changed) == [Notice(changed.type, "resource/4", (4,), None)]


def test_seats_are_told_to_those_who_follow_their_map_and_to_nobody_else() -> None:
    assert notices(envelope(SeatsChanged.type, "performance/12", performance_id=12, person_id=1)) == []


def test_calendars_that_change_together_are_one_notice() -> None:
    changed = Notice("berth.catalog.resource_changed.v1", "resource/4", (4,), None)
    assert merged([calendar(5, 9), changed, calendar(4, 5)]) == [changed, calendar(4, 5, 9)]
    assert merged([changed]) == [changed]
