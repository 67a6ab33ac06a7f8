"""Search and schedules are served ahead of the framework; one parameter more goes through it. Both agree."""

import itertools
from collections.abc import Mapping

import httpx
import pytest

from tests.acceptance.conftest import Caller

SEARCH, SCHEDULE = "/api/v1/resources/search", "/api/v1/schedule"
WINDOW = {"available_from": "2031-04-01T09:00:00Z", "available_until": "2031-04-01T10:00:00Z"}
DAY = {"from": "2031-04-01T00:00:00Z", "until": "2031-04-02T00:00:00Z"}
DIFFERENT = {"x-request-id", "date"}


@pytest.fixture
async def room(admin: Caller, unique: itertools.count) -> int:
    body = {"name": f"Room {next(unique)}", "kind": "room", "timezone": "Europe/Rome"}
    made = await admin.post("resources", body)
    assert made.status_code == 201, made.text
    return made.json()["id"]


def whole(answer: httpx.Response) -> tuple[int, Mapping[str, str], object]:
    headers = {name: value for name, value in answer.headers.items() if name not in DIFFERENT}
    return answer.status_code, headers, answer.json()


async def both(
    berth: httpx.AsyncClient, path: str, asked: Mapping[str, str], headers: Mapping[str, str]
) -> httpx.Response:
    """Ask once ahead of the framework, once through it by a parameter that changes nothing; answer what both say."""
    more = {"capacity_min": "0"} if path == SEARCH else {"tz": "UTC"}
    fast = await berth.get(path, params=asked, headers=headers)
    described = await berth.get(path, params={**asked, **more}, headers=headers)
    assert whole(fast) == whole(described)
    return fast


async def test_both_tell_the_same(berth: httpx.AsyncClient, admin: Caller, user: Caller, room: int) -> None:
    wish = {"resource_id": room, "start": WINDOW["available_from"], "end": WINDOW["available_until"], "title": "Talk"}
    made = await user.post("reservations", wish)
    assert made.status_code == 201, made.text
    for caller in (admin, user):
        headers = {"Authorization": f"Bearer {caller.token}"}
        found = await both(berth, SEARCH, {**WINDOW, "limit": "200"}, headers)
        assert room not in [one["id"] for one in found.json()["items"]]
        (busy,) = (await both(berth, SCHEDULE, {**DAY, "resource_ids": str(room)}, headers)).json()["items"]
        hours = (await both(berth, SCHEDULE, {**DAY, "resource_ids": str(room), "hours": "true"}, headers)).json()[
            "hours"
        ]
        assert hours == [{"resource_ids": [room], "granularity_minutes": None, "closed": []}]
        assert busy["title"] == "Talk"
        assert busy["owner"]["name"]


async def test_a_cursor_of_one_way_goes_on_in_the_other(berth: httpx.AsyncClient, user: Caller, room: int) -> None:
    headers = {"Authorization": f"Bearer {user.token}"}
    first = await both(berth, SEARCH, {"limit": "1"}, headers)
    cursor = first.json()["next_cursor"]
    if cursor is not None:
        await both(berth, SEARCH, {"limit": "1", "cursor": cursor}, headers)


@pytest.mark.parametrize(
    ("path", "status", "asked"),
    [
        (SEARCH, 422, {"available_from": WINDOW["available_from"]}),
        (SEARCH, 422, {**WINDOW, "limit": "0"}),
        (SEARCH, 422, {**WINDOW, "available_from": "2031-04-01T09:00:00"}),
        (SEARCH, 422, {**WINDOW, "available_from": ""}),
        (SEARCH, 422, {**WINDOW, "cursor": "bm9uc2Vuc2U"}),
        (SEARCH, 422, {"available_from": WINDOW["available_until"], "available_until": WINDOW["available_from"]}),
        (SCHEDULE, 422, DAY),
        (SCHEDULE, 422, {**DAY, "resource_ids": "1,,2"}),
        (SCHEDULE, 404, {**DAY, "resource_ids": "0"}),
        (SCHEDULE, 404, {**DAY, "resource_ids": str(2**62)}),
    ],
)
async def test_both_refuse_alike(
    path: str, status: int, asked: Mapping[str, str], berth: httpx.AsyncClient, user: Caller
) -> None:
    refused = await both(berth, path, asked, {"Authorization": f"Bearer {user.token}"})
    assert refused.status_code == status


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer forged"}])
async def test_both_want_to_know_who_asks(headers: Mapping[str, str], berth: httpx.AsyncClient, room: int) -> None:
    assert (await both(berth, SEARCH, WINDOW, headers)).status_code == 401
    assert (await both(berth, SCHEDULE, {**DAY, "resource_ids": str(room)}, headers)).status_code == 401


async def test_a_new_name_shows_in_schedules_at_once(
    berth: httpx.AsyncClient, admin: Caller, user: Caller, room: int
) -> None:
    wish = {"resource_id": room, "start": WINDOW["available_from"], "end": WINDOW["available_until"], "title": "Talk"}
    made = await user.post("reservations", wish)
    asked = {**DAY, "resource_ids": str(room)}
    headers = {"Authorization": f"Bearer {admin.token}"}
    await both(berth, SCHEDULE, asked, headers)
    owner = made.json()["owner"]
    changed = await admin.patch(f"users/{owner['id']}", {"name": "Somebody Renamed"})
    assert changed.status_code == 200, changed.text
    (busy,) = (await both(berth, SCHEDULE, asked, headers)).json()["items"]
    assert busy["owner"]["name"] == "Somebody Renamed"
    await admin.patch(f"users/{owner['id']}", {"name": owner["name"]})
