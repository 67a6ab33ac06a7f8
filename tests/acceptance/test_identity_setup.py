"""The first start without a configured administrator."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import pytest_asyncio

from berth.app.data_dir import Secrets
from berth.app.settings import Settings
from tests.acceptance.conftest import running, sign_in

PASSWORD = "brass-kettle-94-moor"


@dataclass(frozen=True)
class FirstStart:
    """A Berth without an administrator, and the token that it printed."""

    client: httpx.AsyncClient
    token: str


@pytest_asyncio.fixture(loop_scope="session")
async def first_start(
    empty_url: str, settings: Settings, secrets: Secrets, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[FirstStart]:
    bare = settings.model_copy(
        update={"admin_email": None, "admin_password": None, "public_url": "https://berth.example.org/"}
    )
    async with running(empty_url, bare, secrets) as client:
        printed = capsys.readouterr().out
        yield FirstStart(client, printed.split("https://berth.example.org/setup?token=")[1].split()[0])


async def test_the_api_makes_the_first_administrator_once(first_start: FirstStart) -> None:
    client = first_start.client
    wish = {"token": first_start.token, "email": "harbour@example.org", "password": PASSWORD}
    wrong = await client.post("/api/v1/setup", json={**wish, "token": "guess"})
    assert (wrong.status_code, wrong.json()["type"]) == (403, "/problems/setup-token-refused")
    assert (await client.post("/api/v1/setup", json={**wish, "password": "password1"})).status_code == 422
    answer = await client.post("/api/v1/setup", json=wish)
    assert answer.status_code == 201
    assert (answer.json()["username"], answer.json()["role"]) == ("harbour", "admin")
    again = await client.post("/api/v1/setup", json=wish)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/setup-over")
    assert (await (await sign_in(client, "harbour", PASSWORD)).get("users")).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "password1"}, "easy to guess"),
        ({"email": "nowhere"}, "not an e-mail address"),
        ({"username": "a b"}, "3 to 50"),
        ({"email": ""}, "email"),
    ],
)
async def test_what_is_wrong_is_told_and_the_token_stays_good(
    first_start: FirstStart, wrong: dict[str, str], sentence: str
) -> None:
    wish = {"token": first_start.token, "email": "ada@example.org", "password": PASSWORD}
    refused = await first_start.client.post("/api/v1/setup", json=wish | wrong)
    assert refused.status_code == 422
    assert sentence in refused.json()["detail"]
    assert (await first_start.client.post("/api/v1/setup", json=wish)).status_code == 201
