"""Accounts over HTTP: registering, and one's own."""

import itertools

import httpx
import pytest

from tests.acceptance.conftest import Caller, register, sign_in

PASSWORD = "brass-kettle-94-moor"


def _wish(unique: itertools.count, **other: object) -> dict[str, object]:
    username = f"deckhand{next(unique)}"
    return {"username": username, "email": f"{username}@example.org", "password": PASSWORD, **other}


async def test_a_newcomer_is_an_ordinary_user(berth: httpx.AsyncClient, unique: itertools.count) -> None:
    wish = _wish(unique, name="Ada Byron")
    answer = await berth.post("/api/v1/register", json=wish)
    assert answer.status_code == 201
    person = answer.json()
    assert person.pop("id") > 0
    assert person.pop("created_at").endswith("Z")
    assert person == {
        "username": wish["username"],
        "email": wish["email"],
        "name": "Ada Byron",
        "role": "user",
        "timezone": None,
        "language": "en",
        "active": True,
    }


async def test_names_are_lower_cased_and_the_username_stands_for_a_missing_name(
    berth: httpx.AsyncClient, unique: itertools.count
) -> None:
    number = next(unique)
    answer = await berth.post(
        "/api/v1/register",
        json={"username": f"Mate.{number}", "email": f"Mate{number}@Example.ORG", "password": PASSWORD},
    )
    person = answer.json()
    assert person["username"] == person["name"] == f"mate.{number}"
    assert person["email"] == f"mate{number}@example.org"
    await sign_in(berth, f"MATE.{number}", PASSWORD)


@pytest.mark.parametrize("member", ["username", "email"])
async def test_a_taken_name_or_address_is_refused(
    berth: httpx.AsyncClient, unique: itertools.count, member: str
) -> None:
    first, second = _wish(unique), _wish(unique)
    await berth.post("/api/v1/register", json=first)
    answer = await berth.post("/api/v1/register", json={**second, member: str(first[member]).upper()})
    assert answer.status_code == 409
    assert answer.json()["type"] == f"/problems/{member}-taken"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"username": "ab"}, "3 to 50"),
        ({"username": "two words"}, "3 to 50"),
        ({"email": "nowhere"}, "not an e-mail address"),
        ({"name": " \n "}, "visible"),
        ({"password": "short"}, "at least 8"),
        ({"password": "password1"}, "easy to guess"),
        ({"role": "admin"}, "Extra inputs"),
        ({"password": "brass\0kettle-94"}, "password"),
        ({"username": None}, "username"),
    ],
)
async def test_bad_input_is_told(
    berth: httpx.AsyncClient, unique: itertools.count, wrong: dict[str, object], sentence: str
) -> None:
    answer = await berth.post("/api/v1/register", json=_wish(unique, **wrong))
    assert answer.status_code == 422
    assert sentence in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_password_about_its_owner_is_refused(berth: httpx.AsyncClient, unique: itertools.count) -> None:
    wish = _wish(unique)
    answer = await berth.post("/api/v1/register", json={**wish, "password": f"Zeal-{wish['username']}-42"})
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/weak-password"
    assert answer.json()["errors"][0]["where"] == "password"


async def test_one_changes_ones_own_account(berth: httpx.AsyncClient, unique: itertools.count) -> None:
    ada = await register(berth)
    email = f"ada{next(unique)}@example.org"
    answer = await ada.patch("users/me", {"name": "Ada", "email": email.upper(), "timezone": "Europe/Rome"})
    assert answer.status_code == 200
    assert answer.json() == (await ada.get("users/me")).json()
    assert (answer.json()["name"], answer.json()["email"]) == ("Ada", email)
    assert answer.json()["timezone"] == "Europe/Rome"
    answer = await ada.patch("users/me", {"timezone": None, "name": None})
    assert (answer.json()["timezone"], answer.json()["name"]) == (None, "Ada")
    assert (await ada.patch("users/me", {})).json()["name"] == "Ada"


async def test_ones_own_account_is_changed_only_so_far(user: Caller, other: Caller) -> None:
    assert (await user.patch("users/me", {"timezone": "Mars/Olympus"})).status_code == 422
    assert (await user.patch("users/me", {"role": "admin"})).status_code == 422
    taken = (await other.get("users/me")).json()["email"]
    assert (await user.patch("users/me", {"email": taken})).status_code == 409


async def test_a_new_password_ends_the_other_sessions(berth: httpx.AsyncClient) -> None:
    here = await register(berth)
    there = await sign_in(berth, here.username, here.password)
    wrong = {"current_password": "not-this-one", "new_password": "quay-lantern-7-tide"}
    assert (await here.post("users/me/password", wrong)).status_code == 403
    weak = {"current_password": here.password, "new_password": "password1"}
    assert (await here.post("users/me/password", weak)).status_code == 422
    good = {"current_password": here.password, "new_password": "quay-lantern-7-tide"}
    assert (await here.post("users/me/password", good)).status_code == 204
    assert (await here.get("users/me")).status_code == 200
    assert (await there.get("users/me")).status_code == 401
    await sign_in(berth, here.username, "quay-lantern-7-tide")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "users/me"), ("PATCH", "users/me"), ("POST", "users/me/password"), ("POST", "logout"), ("GET", "users")],
)
async def test_without_a_good_token_there_is_nothing(berth: httpx.AsyncClient, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer x.y.z"}, {"Authorization": "Basic eDp5"}):
        answer = await berth.request(method, f"/api/v1/{path}", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
