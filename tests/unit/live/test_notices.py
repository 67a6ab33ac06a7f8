"""Each listener is told what concerns them, and of all else only that a calendar changed."""

import asyncio
from datetime import UTC, datetime

import orjson

from berth.edges.live.hub import MISSED, WAITING_MAX, Hub
from berth.edges.live.notices import CALENDAR
from berth.kit.auth import Principal, Role
from berth.kit.outbox.event import Envelope

OWNER = Principal(1, "ann", "Ann", Role.USER, None, 1)
OTHER = Principal(2, "bob", "Bob", Role.USER, None, 2)
ADMIN = Principal(3, "cy", "Cy", Role.ADMIN, None, 3)


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


def hub_reached() -> Hub:
    hub = Hub()
    hub.broadcast.audience.reached.set()
    return hub


async def told(caller: Principal, *events: Envelope) -> list[tuple[str, str | None, tuple[int, ...]]]:
    hub = hub_reached()
    listener = await hub.join(caller)
    hub.tell(events)
    return [(one.type, one.subject, one.resource_ids) for one in await listener.hear(0.01)]


async def test_the_owner_and_administrators_hear_what_happened_and_others_that_a_calendar_changed() -> None:
    whole = (RESERVED.type, "reservation/7", (4,))
    calendar = (CALENDAR, None, (4,))
    assert await told(OWNER, RESERVED) == [whole, calendar]
    assert await told(ADMIN, RESERVED) == [whole, calendar]
    assert await told(OTHER, RESERVED) == [calendar]


async def test_a_move_concerns_the_resources_before_and_after() -> None:
    moved = envelope(
        "berth.booking.reservation_changed.v1",
        "reservation/7",
        owner_id=1,
        resource_ids=[5],
        before={"resource_ids": [4]},
    )
    assert (CALENDAR, None, (4, 5)) in await told(OTHER, moved)


async def test_notifications_and_approvals_reach_only_those_they_are_for() -> None:
    note = envelope("berth.notifications.notification_created.v1", "notification/9", person_id=1)
    asked = envelope("berth.booking.approval_asked.v1", "reservation/7", owner_id=1, approver_ids=[2], resource_ids=[])
    assert [one[0] for one in await told(OWNER, note)] == [note.type]
    assert await told(OTHER, note) == []
    assert [one[0] for one in await told(OTHER, asked)] == [asked.type]


async def test_everybody_hears_of_the_catalogue() -> None:
    changed = envelope("berth.catalog.resource_changed.v1", "resource/4", resource_id=4, actor_id=3)
    assert await told(OTHER, changed) == [(changed.type, "resource/4", (4,))]


async def test_what_waits_already_is_not_told_twice_and_a_slow_listener_is_told_to_look_again() -> None:
    assert len(await told(OTHER, RESERVED, RESERVED)) == 1
    many = [
        envelope("berth.booking.reservation_created.v1", f"reservation/{n}", owner_id=1, resource_ids=[n])
        for n in range(WAITING_MAX + 1)
    ]
    assert await told(OTHER, *many) == [(MISSED.type, None, ())]


async def test_a_listener_who_left_is_told_nothing_and_a_closed_one_ends() -> None:
    hub = hub_reached()
    gone, there = await hub.join(OTHER), await hub.join(OTHER)
    hub.leave(gone)
    hub.tell([RESERVED])
    hub.close()
    assert await gone.hear(0.01) == ()
    assert there.closed


async def test_who_was_cut_off_from_the_events_is_told_to_look_again() -> None:
    hub = hub_reached()
    listener = await hub.join(OTHER)
    hub.broadcast.began()
    assert [one.type for one in await listener.hear(0.01)] == [MISSED.type]


async def test_events_need_not_come_here_while_nobody_listens() -> None:
    hub = Hub()
    audience = hub.broadcast.audience
    assert audience.gone.is_set()
    joining = asyncio.create_task(hub.join(OTHER))
    await audience.present.wait()
    assert not joining.done(), "events do not reach it yet"
    audience.reached.set()
    listener = await joining
    assert not audience.gone.is_set()
    hub.leave(listener)
    assert (audience.gone.is_set(), audience.present.is_set()) == (True, False)
    audience.reached.clear()
    joining = asyncio.create_task(hub.join(OTHER))
    await audience.present.wait()
    joining.cancel()
    await asyncio.gather(joining, return_exceptions=True)
    assert audience.gone.is_set(), "who gave up waiting listens no more"
