"""Signing in and out over HTTP."""

import itertools
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import Caller, register, running, sign_in
from tests.minutes import within_one_minute

PASSWORD = "brass-kettle-94-moor"


def _at(client: httpx.AsyncClient, address: str) -> httpx.AsyncClient:
    """The same Berth, as reached from another address."""
    if not isinstance(client._transport, httpx.ASGITransport):
        transport = httpx.AsyncHTTPTransport(local_address=address)
        return httpx.AsyncClient(transport=transport, base_url=client.base_url)
    transport = httpx.ASGITransport(app=client._transport.app, client=(address, 4711), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://berth")


async def _token(client: httpx.AsyncClient, username: str, password: str) -> httpx.Response:
    return await client.post("/api/v1/token", data={"username": username, "password": password})


async def test_one_signs_in_by_username_or_address(berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    for login in (ada.username, f"{ada.username}@example.org", f"{ada.username}@EXAMPLE.org"):
        answer = await berth.post(
            "/api/v1/token",
            data={"grant_type": "password", "username": login, "password": ada.password, "scope": "", "client_id": "x"},
        )
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        assert set(answer.json()) == {"access_token", "refresh_token", "token_type", "expires_in"}
        assert answer.json()["token_type"] == "bearer"
        assert answer.json()["expires_in"] == 30 * 60


async def test_a_wrong_name_and_a_wrong_password_are_answered_alike(berth: httpx.AsyncClient, user: Caller) -> None:
    wrong = await _token(berth, user.username, "not-this-one")
    nobody = await _token(berth, "nobody-at-all", "not-this-one")
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json() == nobody.json()
    assert wrong.json()["type"] == "/problems/wrong-credentials"


@pytest.mark.parametrize(
    "form",
    [
        {"username": "ada"},
        {"password": "x"},
        {"username": "ada", "password": "x", "grant_type": "client_credentials"},
        {"username": "a\0", "password": "x"},
    ],
)
async def test_a_form_that_is_none_is_told(berth: httpx.AsyncClient, form: dict[str, str]) -> None:
    assert (await berth.post("/api/v1/token", data=form)).status_code == 422


async def test_a_refresh_token_is_good_for_one_exchange(berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    first = (await _token(berth, ada.username, ada.password)).json()
    answer = await berth.post("/api/v1/token/refresh", json={"refresh_token": first["refresh_token"]})
    assert answer.status_code == 200
    second = answer.json()
    headers = {"Authorization": f"Bearer {second['access_token']}"}
    assert (await berth.get("/api/v1/users/me", headers=headers)).status_code == 200
    for token in (first["refresh_token"], second["refresh_token"]):
        refused = await berth.post("/api/v1/token/refresh", json={"refresh_token": token})
        assert refused.status_code == 401, "the first was used before, which ended the family"
    assert (await berth.get("/api/v1/users/me", headers=headers)).status_code == 401
    assert (await ada.get("users/me")).status_code == 200, "another session of the same person goes on"


async def test_garbage_is_no_refresh_token(berth: httpx.AsyncClient) -> None:
    assert (await berth.post("/api/v1/token/refresh", json={"refresh_token": "x"})).status_code == 401
    assert (await berth.post("/api/v1/token/refresh", json={})).status_code == 422


async def test_signing_out_ends_the_session_at_once(berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    there = await sign_in(berth, ada.username, ada.password)
    assert (await ada.post("logout")).status_code == 204
    assert (await ada.get("users/me")).status_code == 401
    assert (await there.get("users/me")).status_code == 200


async def test_signing_out_may_name_another_session_of_ones_own(berth: httpx.AsyncClient, user: Caller) -> None:
    ada = await register(berth)
    mine = (await _token(berth, ada.username, ada.password)).json()["refresh_token"]
    others = (await _token(berth, user.username, user.password)).json()["refresh_token"]
    second = await sign_in(berth, ada.username, ada.password)
    assert (await ada.post("logout", {"refresh_token": mine})).status_code == 204
    assert (await berth.post("/api/v1/token/refresh", json={"refresh_token": mine})).status_code == 401
    assert (await second.post("logout", {"refresh_token": others})).status_code == 204
    assert (await berth.post("/api/v1/token/refresh", json={"refresh_token": others})).status_code == 200


async def test_five_wrong_passwords_lock_the_stranger_and_not_the_owner(berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    async with _at(berth, "127.0.0.7") as stranger:
        for _ in range(5):
            assert (await _token(stranger, ada.username, "not-this-one")).status_code == 401
        locked = await _token(stranger, ada.username, ada.password)
        assert locked.status_code == 429
        assert locked.json()["type"] == "/problems/locked"
        assert 0 < int(locked.headers["retry-after"]) <= 15 * 60
    assert (await ada.get("users/me")).status_code == 200
    assert (await _token(berth, ada.username, ada.password)).status_code == 200


@pytest_asyncio.fixture(loop_scope="session")
async def strict(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[httpx.AsyncClient]:
    """Berth with limits by address."""
    limited = settings.model_copy(update={"rate_register_per_minute": 4, "rate_token_failures_per_minute": 3})
    async with running(empty_url, limited, secrets) as client:
        yield client


async def test_one_address_fails_and_registers_only_so_often(
    strict: httpx.AsyncClient, unique: itertools.count
) -> None:
    await within_one_minute(10)
    people = [await register(strict) for _ in range(4)]
    wish = {"username": f"deckhand{next(unique)}", "email": "d@example.org", "password": PASSWORD}
    fifth = await strict.post("/api/v1/register", json=wish)
    assert fifth.status_code == 429
    for person in people[:3]:
        assert (await _token(strict, person.username, "not-this-one")).status_code == 401
    refused = await _token(strict, people[3].username, people[3].password)
    assert refused.status_code == 429
    assert refused.json()["type"] == "/problems/too-many-requests"
    assert int(refused.headers["retry-after"]) > 0
    async with _at(strict, "198.51.100.8") as elsewhere:
        assert (await _token(elsewhere, people[3].username, people[3].password)).status_code == 200
        assert (await elsewhere.post("/api/v1/register", json=wish)).status_code == 201


async def test_one_ends_all_sessions_but_the_one_that_asks(berth: httpx.AsyncClient) -> None:
    here = await register(berth)
    elsewhere = await sign_in(berth, here.username, here.password)
    stranger = await register(berth)
    assert (await here.post("logout/others")).status_code == 204
    assert (await elsewhere.get("users/me")).status_code == 401
    assert (await here.get("users/me")).status_code == 200
    assert (await stranger.get("users/me")).status_code == 200
