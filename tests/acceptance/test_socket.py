"""``/ws`` of the whole of Berth: what is reserved by one is told to the others, wherever they are connected."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.acceptance.conftest import Caller
from tests.acceptance.seating.test_sale import hold, put_on, states
from tests.serving import serving
from tests.websocket import NotOpened, Shown, connected

CREATED = "berth.catalog.resource_created.v1"


async def room(admin: Caller, unique: Any, site_id: int | None = None) -> int:
    wish = {"name": f"Watched {next(unique)}", "kind": "room", "timezone": "Europe/Rome", "site_id": site_id}
    made = await admin.post("resources", wish)
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


async def reserve(user: Caller, resource_id: int, days: int = 2) -> str:
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)
    wish = {"resource_id": resource_id, "start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    answer = await user.post("reservations", wish)
    assert answer.status_code == 201, answer.text
    return f"reservation/{answer.json()['id']}"


async def test_a_reservation_is_told_at_its_resource_and_site_and_its_words_to_its_owner_alone(
    berth: httpx.AsyncClient, admin: Caller, user: Caller, other: Caller, unique: Any
) -> None:
    site = (await admin.post("sites", {"name": f"Pier {next(unique)}"})).json()["id"]
    resource = await room(admin, unique, site)
    async with serving(berth) as url, connected(url) as mine, connected(url) as theirs:
        await mine.hello(user.token)
        await theirs.hello(other.token)
        for client, topic in ((mine, "notices"), (theirs, "notices"), (theirs, f"site/{site}")):
            assert await client.follow(topic) == {"type": "subscribed", "topic": topic}
        await theirs.follow(f"resource/{resource}")
        subject = await reserve(user, resource)
        told: list[dict[str, Any]] = []
        while len(told) < 2:
            said = await theirs.hear_of("notice")
            told += [said] if said["about"] == "calendar_changed" else []
        assert {one["topic"] for one in told} == {f"site/{site}", f"resource/{resource}"}
        assert all((one["subject"], one["resource_ids"]) == (None, [resource]) for one in told)
        # That somebody just signed up may be told yet, where events take a while.
        while (await mine.hear_of("notice"))["subject"] != subject:
            pass


def is_told(told: Sequence[dict[str, Any]], about: str, resource: int) -> bool:
    """Tell whether one of these is about the resource."""
    return any(one["about"] == about and resource in one["resource_ids"] for one in told)


async def test_who_has_berth_open_is_told_of_all_resources_and_of_no_reservation_of_others(
    berth: httpx.AsyncClient, admin: Caller, user: Caller, other: Caller, unique: Any
) -> None:
    async with serving(berth) as url, connected(url) as client:
        await client.hello(other.token)
        for topic in ("notices", "resources"):
            assert await client.follow(topic) == {"type": "subscribed", "topic": topic}
        resource = await room(admin, unique)
        subject = await reserve(user, resource)
        told: list[dict[str, Any]] = []
        # Which is told first is not said: they come from two services.
        while not (is_told(told, CREATED, resource) and is_told(told, "calendar_changed", resource)):
            said = await client.hear()
            assert said is not None, client.closed
            if said["type"] == "missed":
                # The broker was reached later than the topics were confirmed: what is done now is told.
                resource = await room(admin, unique)
                subject = await reserve(user, resource)
            else:
                told.append(said)
        # That they signed up may be told yet among their own notices, where events take a while.
        assert {one["topic"] for one in told if resource in one["resource_ids"]} == {"resources"}
        assert subject not in [one["subject"] for one in told]


async def test_who_follows_a_performance_is_told_that_it_was_moved_repriced_and_cancelled(
    berth: httpx.AsyncClient, admin: Caller, other: Caller, unique: Any
) -> None:
    on = await put_on(admin, unique)
    topic = f"performance/{on['id']}"
    async with serving(berth) as url, connected(url) as client:
        await client.hello(other.token)
        assert (await client.follow(topic))["type"] == "snapshot"
        later = {"start": on["end"], "end": (datetime.fromisoformat(on["end"]) + timedelta(hours=2)).isoformat()}
        for change in (later, {"prices": {"a": 900}}):
            changed = await admin.patch(f"performances/{on['id']}", change)
            assert changed.status_code == 200, changed.text
            said = await client.hear_of("notice")
            about = {"about": "berth.seating.performance_changed.v1", "resource_ids": [on["resource_id"]]}
            assert said == {"type": "notice", "topic": topic, "subject": topic} | about
        answer = await admin.post(f"performances/{on['id']}/cancel", {"reason": "The tenor is ill."})
        assert answer.status_code == 200, answer.text
        assert (await client.hear_of("notice"))["about"] == "berth.seating.performance_cancelled.v1"


async def test_the_map_of_a_performance_follows_what_is_held_and_given_back(
    berth: httpx.AsyncClient, admin: Caller, user: Caller, other: Caller, unique: Any
) -> None:
    on = await put_on(admin, unique)
    async with serving(berth) as url, connected(url) as client:
        await client.hello(other.token)
        shown = Shown()
        shown.take(await client.follow(f"performance/{on['id']}"))
        assert ("".join(shown.states), shown.areas) == ("f" * 12, {"floor": 0})
        held = await hold(user, on["id"], "A/2", "A/3", areas={"floor": 1})
        while "h" not in shown.states or not shown.areas["floor"]:
            shown.take(await client.hear_of("delta"))
        assert "".join(shown.states) == await states(other, on["id"]) == "fhhfffffffff"
        assert (await user.delete(f"seat-holds/{held.json()['id']}")).status_code == 204
        while "h" in shown.states or shown.areas["floor"]:
            shown.take(await client.hear_of("delta"))
        assert ("".join(shown.states), shown.gaps) == (await states(other, on["id"]), 0)


async def test_a_session_that_was_ended_is_no_way_in(berth: httpx.AsyncClient) -> None:
    async with serving(berth) as url, connected(url) as client:
        client.say("hello", token="eyJhbGciOiJub25lIn0.e30.")
        code, reason = await client.end()
    assert (code, bool(reason)) == (4401, True)


async def test_what_is_not_there_is_refused(berth: httpx.AsyncClient, user: Caller) -> None:
    async with serving(berth) as url, connected(url) as client:
        await client.hello(user.token)
        for topic in ("resource/999999999", "site/999999999", "performance/999999999"):
            assert (await client.follow(topic))["type"] == "refused"


async def test_a_page_of_another_site_is_refused_and_a_token_has_no_place_in_the_address(
    berth: httpx.AsyncClient, user: Caller
) -> None:
    async with serving(berth) as url:
        with pytest.raises(NotOpened) as refused:
            async with connected(url, Origin="https://evil.example.org"):
                pass
        assert refused.value.status == 403
        with pytest.raises(NotOpened) as refused:
            async with connected(url, f"/ws?token={user.token}"):
                pass
        assert refused.value.status == 400


async def test_in_plain_http_it_says_what_it_is(berth: httpx.AsyncClient) -> None:
    answer = await berth.get("/ws")
    assert (answer.status_code, answer.json()["type"]) == (426, "/problems/websocket-needed")
    assert answer.headers["upgrade"] == "websocket"
