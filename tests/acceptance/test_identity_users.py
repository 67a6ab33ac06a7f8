"""What administrators do with accounts, over HTTP."""

import itertools
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import Caller, register, running, sign_in
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD


async def test_the_configured_administrator_is_there_at_the_first_start(admin: Caller) -> None:
    me = (await admin.get("users/me")).json()
    assert (me["username"], me["email"], me["role"]) == ("harbour", ADMIN_EMAIL, "admin")


async def test_accounts_are_listed_in_pages_by_username(
    admin: Caller, berth: httpx.AsyncClient, unique: itertools.count
) -> None:
    crew = f"crew{next(unique)}x"
    names = sorted([(await register(berth, crew)).username for _ in range(5)])
    found, cursor = list[str](), None
    while True:
        page = (await admin.get("users", text=crew.upper(), limit=2, **({"cursor": cursor} if cursor else {}))).json()
        assert len(page["items"]) <= 2
        found += [person["username"] for person in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == names


async def test_accounts_are_found_by_name_address_role_and_access(
    admin: Caller, berth: httpx.AsyncClient, unique: itertools.count
) -> None:
    ada = await register(berth)
    name = f"Ada 100% {next(unique)}"
    await ada.patch("users/me", {"name": name})

    async def found(**query: object) -> list[int]:
        return [person["id"] for person in (await admin.get("users", **query)).json()["items"]]

    assert await found(text=name.lower()) == [ada.id]
    assert await found(text=f"{ada.username}@EXAMPLE") == [ada.id]
    assert await found(text=name, role="user", active=True) == [ada.id]
    assert await found(text=name, role="admin") == []
    assert await found(text=name, active=False) == []
    assert await found(text="_%_no such_%_") == []


@pytest.mark.parametrize("query", [{"limit": 0}, {"cursor": "x"}, {"cursor": "WyJcdTAwMDAiXQ"}, {"role": "captain"}])
async def test_a_list_of_nothing_sensible_is_told(admin: Caller, query: dict[str, object]) -> None:
    assert (await admin.get("users", **query)).status_code == 422


async def test_an_account_is_shown_by_its_id(admin: Caller, user: Caller) -> None:
    answer = await admin.get(f"users/{user.id}")
    assert answer.status_code == 200
    assert answer.json()["username"] == user.username
    assert (await admin.get("users/999999999")).status_code == 404
    assert (await admin.get("users/0")).status_code == 422
    assert (await admin.get(f"users/{2**63}")).status_code == 422


async def test_a_role_changes_at_once(admin: Caller, berth: httpx.AsyncClient) -> None:
    mate = await register(berth)
    assert (await mate.get("users")).status_code == 403
    answer = await admin.patch(f"users/{mate.id}", {"role": "admin", "name": "First Mate"})
    assert (answer.json()["role"], answer.json()["name"]) == ("admin", "First Mate")
    assert (await mate.get("users")).status_code == 200, "with the token of before"
    assert (await admin.patch(f"users/{mate.id}", {"role": "guest"})).status_code == 200
    assert (await mate.get("users")).status_code == 403


async def test_a_deactivated_person_is_refused_at_once_with_a_token_too(
    admin: Caller, berth: httpx.AsyncClient
) -> None:
    ada = await register(berth)
    pair = await berth.post("/api/v1/token", data={"username": ada.username, "password": ada.password})
    assert (await admin.patch(f"users/{ada.id}", {"active": False})).json()["active"] is False
    assert (await ada.get("users/me")).status_code == 401
    refresh = await berth.post("/api/v1/token/refresh", json={"refresh_token": pair.json()["refresh_token"]})
    assert refresh.status_code == 401
    again = await berth.post("/api/v1/token", data={"username": ada.username, "password": ada.password})
    assert (again.status_code, again.json()["type"]) == (401, "/problems/inactive")
    wrong = await berth.post("/api/v1/token", data={"username": ada.username, "password": "not-this-one"})
    assert wrong.json()["type"] == "/problems/wrong-credentials", "only the owner learns of it"
    assert (await admin.patch(f"users/{ada.id}", {"active": True})).status_code == 200
    assert (await ada.get("users/me")).status_code == 401, "old sessions stay ended"
    await sign_in(berth, ada.username, ada.password)


async def test_a_reset_password_ends_every_session(admin: Caller, berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    assert (await admin.post(f"users/{ada.id}/password", {"new_password": "aaaaaaaa"})).status_code == 422
    assert (await admin.post(f"users/{ada.id}/password", {"new_password": "quay-lantern-7-tide"})).status_code == 204
    assert (await ada.get("users/me")).status_code == 401
    await sign_in(berth, ada.username, "quay-lantern-7-tide")
    assert (await admin.post("users/999999999/password", {"new_password": "quay-lantern-7-tide"})).status_code == 404


async def test_others_may_not(user: Caller, other: Caller) -> None:
    assert (await user.get("users")).status_code == 403
    assert (await user.get(f"users/{other.id}")).status_code == 403
    assert (await user.get(f"users/{user.id}")).status_code == 403
    assert (await user.patch(f"users/{user.id}", {"role": "admin"})).status_code == 403
    reset = await user.post(f"users/{other.id}/password", {"new_password": "quay-lantern-7-tide"})
    assert reset.status_code == 403


async def test_an_unknown_person_cannot_be_changed(admin: Caller) -> None:
    assert (await admin.patch("users/999999999", {"active": False})).status_code == 404
    assert (await admin.patch("users/999999999", {"captain": True})).status_code == 422


@pytest_asyncio.fixture(loop_scope="session")
async def alone(empty_url: str, settings: Settings, secrets: Secrets) -> AsyncIterator[Caller]:
    """The only administrator of a Berth of their own."""
    async with running(empty_url, settings, secrets) as client:
        yield await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)


async def test_the_last_administrator_stays(alone: Caller) -> None:
    for step in ({"role": "user"}, {"active": False}):
        answer = await alone.patch(f"users/{alone.id}", step)
        assert (answer.status_code, answer.json()["type"]) == (409, "/problems/last-administrator")
    mate = await register(alone.client)
    await alone.patch(f"users/{mate.id}", {"role": "admin"})
    assert (await alone.patch(f"users/{alone.id}", {"role": "user"})).status_code == 200
    assert (await alone.get("users")).status_code == 403
    assert (await mate.patch(f"users/{mate.id}", {"active": False})).status_code == 409
