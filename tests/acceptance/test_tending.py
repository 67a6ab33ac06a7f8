"""What administrators do about events: what waits, what could not be handled, and how Berth is."""

import asyncio
from collections.abc import Mapping

import asyncpg
import httpx
import pytest

from tests.acceptance.conftest import Caller, register, running, sign_in
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD

GROUP = {"module": "audit", "group": "audit"}


async def bury(url: str, numbers: list[int]) -> None:
    """Put dead letters into the schema of audit, one minute between each and the next."""
    connection = await asyncpg.connect(url)
    await connection.executemany(
        """
        insert into audit.dead_letter
            (group_name, source, number, type, subject, data, occurred_at, attempts, error, died_at)
        values ('audit', 'buoy', $1, 'berth.test.v1', 'buoy/1', '{"lamp": "out"}', now(), 10, 'drowned',
            now() - interval '1 hour' + $2 * interval '1 minute')
        """,
        [(number, number) for number in numbers],
    )
    await connection.close()


@pytest.fixture
async def own(empty_url, settings, secrets):
    async with running(empty_url, settings, secrets) as client:
        yield await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD), empty_url


async def letters(admin: Caller, **filters: object) -> list[Mapping[str, object]]:
    answer = await admin.get("events/dead", **filters)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_what_waits_is_told_for_every_group_of_every_module(admin: Caller) -> None:
    answer = await admin.get("events/lag")
    assert answer.status_code == 200, answer.text
    found = {one["module"]: one for one in answer.json()["items"]}
    assert {"audit", "booking", "catalog", "identity", "quota"} <= found.keys()
    [audit] = found["audit"]["groups"]
    assert audit.keys() == {"group", "waiting", "oldest_waiting_seconds", "failing", "dead"}


async def test_how_berth_is_is_told_with_its_versions(admin: Caller) -> None:
    found = (await admin.get("system")).json()
    assert (found["database"], found["status"]) == ("ok", "ok")
    assert found["version"]
    assert found["postgresql"]


async def test_dead_letters_come_page_by_page_the_latest_first(own: tuple[Caller, str]) -> None:
    admin, url = own
    await bury(url, [1, 2, 3])
    first = (await admin.get("events/dead", limit=2)).json()
    rest = (await admin.get("events/dead", limit=2, cursor=first["next_cursor"])).json()
    assert [one["id"] for one in first["items"] + rest["items"]] == ["buoy/3", "buoy/2", "buoy/1"]
    assert rest["next_cursor"] is None
    assert first["items"][0]["error"] == "drowned"
    assert first["items"][0]["data"] == {"lamp": "out"}
    assert await letters(admin, group="nobody") == []


async def test_what_is_put_back_is_handled_again(own: tuple[Caller, str]) -> None:
    admin, url = own
    await bury(url, [1, 2])
    answer = await admin.post("events/dead/replay", {**GROUP, "ids": ["buoy/1", "buoy/9"]})
    assert (answer.status_code, answer.json()) == (200, {"count": 1})
    assert [one["id"] for one in await letters(admin)] == ["buoy/2"]
    for _ in range(200):
        if (await admin.get("audit", subject="buoy/1")).json()["items"]:
            return
        await asyncio.sleep(0.05)
    pytest.fail("buoy/1 was put back, and not recorded within 10 s")


async def test_what_is_dropped_is_gone_for_good(own: tuple[Caller, str]) -> None:
    admin, url = own
    await bury(url, [1, 2, 3])
    assert (await admin.post("events/dead/drop", {**GROUP, "ids": ["buoy/2"]})).json() == {"count": 1}
    assert (await admin.post("events/dead/drop", GROUP)).json() == {"count": 2}
    assert await letters(admin) == []
    assert (await admin.get("audit", subject="buoy/1")).json()["items"] == []


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        ({"module": "audit", "group": "nobody"}, 404, "unknown-group"),
        ({"module": "nowhere", "group": "audit"}, 404, "unknown-group"),
        ({**GROUP, "ids": ["buoy"]}, 422, "invalid-input"),
        ({**GROUP, "ids": []}, 422, "invalid-input"),
    ],
)
async def test_what_is_not_there_is_refused(body: object, status: int, kind: str, admin: Caller) -> None:
    for deed in ("replay", "drop"):
        answer = await admin.post(f"events/dead/{deed}", body)
        assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{kind}")


async def test_only_administrators_tend_events(berth: httpx.AsyncClient) -> None:
    someone = await register(berth)
    answers = [await someone.get("events/lag"), await someone.get("events/dead"), await someone.get("system")]
    assert [one.status_code for one in answers] == [403, 403, 403]
