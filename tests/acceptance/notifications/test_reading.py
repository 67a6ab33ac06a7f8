"""Listing, counting and reading one's own notifications, and nobody else's."""

import asyncio

import httpx

from tests.acceptance.conftest import Caller, register
from tests.acceptance.notifications.conftest import Reserve, told


async def unread_count(caller: Caller) -> int:
    answer = await caller.get("notifications/unread-count")
    assert answer.status_code == 200, answer.text
    count: int = answer.json()["unread"]
    return count


async def test_reading_counts_down_and_keeps_the_first_time(reader: Caller, reserve: Reserve) -> None:
    await reserve(reader)
    await reserve(reader)
    newest, oldest = await told(reader, 2)
    assert await unread_count(reader) == 2
    first = await reader.post(f"notifications/{oldest['id']}/read")
    assert first.status_code == 200, first.text
    assert first.json()["read_at"] is not None
    again = await reader.post(f"notifications/{oldest['id']}/read")
    assert again.json() == first.json()
    assert await unread_count(reader) == 1
    assert [one["id"] for one in await told(reader, 1, unread="true")] == [newest["id"]]
    assert [one["id"] for one in await told(reader, 1, unread="false")] == [oldest["id"]]


async def test_all_are_read_up_to_the_newest_that_was_seen(reader: Caller, reserve: Reserve) -> None:
    for _ in range(3):
        await reserve(reader)
    newest, seen, _ = await told(reader, 3)
    assert (await reader.post("notifications/read-all", {"until_id": seen["id"]})).json() == {"read": 2}
    assert [one["id"] for one in await told(reader, 1, unread="true")] == [newest["id"]]
    assert (await reader.post("notifications/read-all")).json() == {"read": 1}
    assert (await reader.post("notifications/read-all", {})).json() == {"read": 0}
    assert await unread_count(reader) == 0


async def test_reading_all_at_once_counts_each_once(reader: Caller, reserve: Reserve) -> None:
    for _ in range(3):
        await reserve(reader)
    await told(reader, 3)
    answers = await asyncio.gather(*(reader.post("notifications/read-all") for _ in range(4)))
    assert sum(answer.json()["read"] for answer in answers) == 3


async def test_a_kind_can_be_asked_for(reader: Caller, reserve: Reserve) -> None:
    id_ = await reserve(reader)
    await reader.post(f"reservations/{id_}/cancel", {})
    await told(reader, 2)
    [one] = await told(reader, 1, kind="reservation_cancelled")
    assert one["kind"] == "reservation_cancelled"
    assert (await reader.get("notifications", kind="rain")).status_code == 422


async def test_pages_do_not_shift_when_news_come_meanwhile(reader: Caller, reserve: Reserve) -> None:
    for _ in range(5):
        await reserve(reader)
    all_ids = [one["id"] for one in await told(reader, 5)]
    first = (await reader.get("notifications", limit=2)).json()
    await reserve(reader)
    await told(reader, 6)
    second = (await reader.get("notifications", limit=2, cursor=first["next_cursor"])).json()
    last = (await reader.get("notifications", limit=2, cursor=second["next_cursor"])).json()
    assert [one["id"] for page in (first, second, last) for one in page["items"]] == all_ids
    assert last["next_cursor"] is None
    assert (await reader.get("notifications", cursor="bm90IG91cnM")).json()["type"] == "/problems/invalid-cursor"


async def test_nobody_sees_or_reads_anothers(reader: Caller, other: Caller, admin: Caller, reserve: Reserve) -> None:
    await reserve(reader)
    [one] = await told(reader, 1)
    for stranger in (other, admin):
        listed = (await stranger.get("notifications", limit=200)).json()["items"]
        assert one["id"] not in [each["id"] for each in listed]
        refused = await stranger.post(f"notifications/{one['id']}/read")
        assert refused.status_code == 404
        assert refused.json()["type"] == "/problems/unknown-notification"
        await stranger.post("notifications/read-all", {"until_id": one["id"]})
    assert await unread_count(reader) == 1


async def test_guests_may_read_what_they_were_told(berth: httpx.AsyncClient, admin: Caller, reserve: Reserve) -> None:
    guest = await register(berth, "guest")
    await reserve(admin, guest)
    assert (await admin.patch(f"users/{guest.id}", {"role": "guest"})).status_code == 200
    assert len(await told(guest, 1)) == 1
    assert (await guest.post("notifications/read-all")).json() == {"read": 1}


async def test_there_is_none_with_a_number_that_nobody_has(reader: Caller) -> None:
    for id_ in (0, 2**63 - 1, 10**19 - 1):
        assert (await reader.post(f"notifications/{id_}/read")).status_code == 404
