"""Reservations are created ahead of the framework; a query string sends the request through it. Both answer alike."""

import itertools
from collections.abc import Mapping

import httpx
import pytest

from tests.acceptance.conftest import Caller

FAST, DESCRIBED = "/api/v1/reservations", "/api/v1/reservations?tz=UTC"
DIFFERENT = {"x-request-id", "date", "content-length"}


@pytest.fixture
async def room(admin: Caller, unique: itertools.count) -> int:
    body = {"name": f"Room {next(unique)}", "kind": "room", "timezone": "Europe/Rome"}
    made = await admin.post("resources", body)
    assert made.status_code == 201, made.text
    return made.json()["id"]


def wanted(room: int, day: int, **more: object) -> dict[str, object]:
    return {
        "resource_id": room,
        "start": f"2031-03-{day:02}T09:00:00Z",
        "end": f"2031-03-{day:02}T10:00:00Z",
        "title": "Seminar",
    } | more


def shape(answer: httpx.Response) -> tuple[int, Mapping[str, str], list[str]]:
    """Answer what does not depend on when and where: status, headers, and the body's members."""
    headers = {name: value for name, value in answer.headers.items() if name not in DIFFERENT}
    return answer.status_code, headers, sorted(answer.json())


async def test_both_make_reservations(berth: httpx.AsyncClient, user: Caller, room: int) -> None:
    headers = {"Authorization": f"Bearer {user.token}"}
    fast = await berth.post(FAST, json=wanted(room, 1), headers=headers)
    described = await berth.post(DESCRIBED, json=wanted(room, 2), headers=headers)
    assert fast.status_code == 201
    assert shape(fast) == shape(described)


@pytest.mark.parametrize(
    ("status", "wrong"),
    [
        (404, {"resource_id": 2**62}),
        (409, {}),
        (422, {"end": "2031-03-01T08:00:00Z"}),
        (422, {"start": "2031-03-01T09:00:00"}),
        (422, {"title": 7}),
        (422, {"unheard_of": True}),
        (403, {"owner_id": 1}),
    ],
)
async def test_both_refuse_alike(
    status: int, wrong: Mapping[str, object], berth: httpx.AsyncClient, user: Caller, room: int
) -> None:
    headers = {"Authorization": f"Bearer {user.token}"}
    taken = await berth.post(FAST, json=wanted(room, 1), headers=headers)
    assert taken.status_code == 201
    answers = [await berth.post(path, json=wanted(room, 1, **wrong), headers=headers) for path in (FAST, DESCRIBED)]
    assert shape(answers[0]) == shape(answers[1])
    assert answers[0].json() == answers[1].json()
    assert answers[0].status_code == status


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer forged"}, {"Authorization": "Basic YTpi"}])
async def test_both_want_to_know_who_asks(headers: Mapping[str, str], berth: httpx.AsyncClient, room: int) -> None:
    answers = [await berth.post(path, json=wanted(room, 1), headers=headers) for path in (FAST, DESCRIBED)]
    assert shape(answers[0]) == shape(answers[1])
    assert answers[0].json() == answers[1].json()
    assert answers[0].status_code == 401


async def test_a_key_of_one_way_is_known_to_the_other(berth: httpx.AsyncClient, user: Caller, room: int) -> None:
    headers = {"Authorization": f"Bearer {user.token}", "Idempotency-Key": f"two-ways-{room}"}
    fast = await berth.post(FAST, json=wanted(room, 1), headers=headers)
    described = await berth.post(DESCRIBED, json=wanted(room, 1), headers=headers)
    assert described.status_code == fast.status_code == 201
    assert described.json() == fast.json()
    assert described.headers["Idempotency-Replayed"] == "true"
