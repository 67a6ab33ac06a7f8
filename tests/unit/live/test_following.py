"""Resources, sites and one's own notices: what is to be looked at again."""

from datetime import UTC, datetime

import orjson

from berth.edges.live.following import WAITING_MAX
from berth.kit.outbox.event import Envelope
from tests.unit.live.hall import Served
from tests.websocket import connected


def moved_to(hall: Served, *resource_ids: int) -> Envelope:
    """Have exactly these resources at the site from now on; what is told of it."""
    hall.places.at_site = set(resource_ids)
    data = orjson.dumps({"resource_id": 5, "actor_id": 3, "changes": ["site_id"]}).decode()
    type_ = "berth.catalog.resource_changed.v1"
    return Envelope("catalog", 1, type_, "resource/5", datetime.now(UTC), data, None, None)


def reserved(resource_id: int, owner_id: int = 1) -> Envelope:
    data = {"reservation_id": 7, "owner_id": owner_id, "resource_ids": [resource_id]}
    type_ = "berth.booking.reservation_created.v1"
    return Envelope("booking", 1, type_, "reservation/7", datetime.now(UTC), orjson.dumps(data).decode(), None, None)


async def test_a_resource_tells_that_its_calendar_changed_and_not_who_changed_it(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("bob's")
        assert await client.follow("resource/4") == {"type": "subscribed", "topic": "resource/4"}
        hall.tell(reserved(5), reserved(4), reserved(4))
        assert await client.hear() == {
            "type": "notice",
            "topic": "resource/4",
            "about": "calendar_changed",
            "subject": None,
            "resource_ids": [4],
        }
        hall.tell(reserved(4))
        assert (await client.hear() or {})["about"] == "calendar_changed", "the two before were told as one"


async def test_a_site_tells_of_the_resources_that_lie_there_also_of_those_that_came_later(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("bob's")
        await client.follow("site/3")
        hall.tell(reserved(5), reserved(4))
        assert (await client.hear() or {})["resource_ids"] == [4]
        hall.tell(moved_to(hall, 4, 5))
        assert (await client.hear() or {})["about"] == "berth.catalog.resource_changed.v1"
        hall.tell(reserved(5))
        assert (await client.hear() or {})["resource_ids"] == [5]
        hall.tell(moved_to(hall, 4))
        assert (await client.hear() or {})["subject"] == "resource/5", "it is told where it was, too"
        hall.tell(reserved(5), reserved(4))
        assert (await client.hear() or {})["resource_ids"] == [4]


async def test_all_resources_are_told_as_one_and_of_whom_it_was_nothing(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("bob's")
        assert await client.follow("resources") == {"type": "subscribed", "topic": "resources"}
        hall.tell(reserved(9), reserved(5), moved_to(hall, 5), reserved(5))
        told = {"type": "notice", "topic": "resources"}
        changed = {"about": "berth.catalog.resource_changed.v1", "subject": "resource/5", "resource_ids": [5]}
        assert await client.hear() == told | changed
        assert await client.hear() == told | {"about": "calendar_changed", "subject": None, "resource_ids": [5, 9]}
        client.say("unsubscribe", topic="resources")
        assert await client.hear() == {"type": "unsubscribed", "topic": "resources"}
        hall.tell(reserved(5))
        assert await client.follow("notices") == {"type": "subscribed", "topic": "notices"}


async def test_notices_are_of_what_concerns_oneself(hall: Served) -> None:
    async with connected(hall.url) as ann, connected(hall.url) as bob:
        for client, token in ((ann, "ann's"), (bob, "bob's")):
            await client.hello(token)
            await client.follow("notices")
        hall.tell(reserved(4, owner_id=1))
        hall.tell(reserved(4, owner_id=2))
        assert (await ann.hear() or {})["subject"] == "reservation/7"
        assert (await bob.hear() or {})["subject"] == "reservation/7"
        hall.tell(hall.hall.change("held", 0))
        hall.interrupt()
        assert await ann.hear() == {"type": "missed", "topic": "notices"}


async def test_administrators_are_told_of_what_concerns_others(hall: Served) -> None:
    async with connected(hall.url) as cy:
        await cy.hello("cy's")
        await cy.follow("notices")
        hall.tell(reserved(4, owner_id=1))
        assert (await cy.hear() or {})["about"] == "berth.booking.reservation_created.v1"


async def test_more_than_can_be_kept_until_it_is_told_is_told_as_missed(hall: Served) -> None:
    async with connected(hall.url) as client:
        await client.hello("bob's")
        await client.follow("resources")
        hall.tell(*map(reserved, range(1, WAITING_MAX)))
        assert await client.hear() == {"type": "missed", "topic": "resources"}


async def test_who_begins_has_missed_nothing_and_events_need_not_come_while_nobody_follows(hall: Served) -> None:
    audience = hall.sockets.broadcasts[1].audience
    audience.reached.clear()
    assert audience.gone.is_set()
    async with connected(hall.url) as client:
        await client.hello("bob's")
        client.say("subscribe", topic="resources")
        await audience.present.wait()
        audience.reached.set()
        hall.interrupt()
        assert await client.hear() == {"type": "subscribed", "topic": "resources"}
        hall.tell(reserved(4))
        assert (await client.hear() or {})["type"] == "notice"
    await audience.gone.wait()
