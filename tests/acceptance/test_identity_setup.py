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


async def test_the_page_makes_the_first_administrator(first_start: FirstStart) -> None:
    client = first_start.client
    page = await client.get("/setup", params={"token": first_start.token})
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert f'name="token" value="{first_start.token}"' in page.text
    form = {
        "token": first_start.token,
        "email": "ada@example.org",
        "name": "<b>Ada</b>",
        "username": "",
        "password": PASSWORD,
    }
    done = await client.post("/setup", data=form)
    assert done.status_code == 201
    assert "Berth is set up" in done.text
    assert "berth auth login" in done.text
    admin = await sign_in(client, "ada", PASSWORD)
    assert (await admin.get("users/me")).json()["role"] == "admin"
    for over in (
        await client.get("/setup", params={"token": first_start.token}),
        await client.post("/setup", data=form),
    ):
        assert over.status_code == 409
        assert "Set-up is over" in over.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "password1"}, "easy to guess"),
        ({"email": "nowhere"}, "not an e-mail address"),
        ({"username": "a b"}, "3 to 50"),
        ({"email": ""}, "email"),
    ],
)
async def test_the_page_shows_what_is_wrong_and_keeps_what_was_entered(
    first_start: FirstStart, wrong: dict[str, str], sentence: str
) -> None:
    form = {
        "token": first_start.token,
        "email": "ada@example.org",
        "name": '"><script>alert(1)</script>',
        "password": PASSWORD,
        **wrong,
    }
    page = await first_start.client.post("/setup", data=form)
    assert page.status_code == 422
    assert sentence in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script" not in page.text
    assert form["password"] not in page.text


async def test_the_page_without_the_token_is_no_form(first_start: FirstStart) -> None:
    for page in (
        await first_start.client.get("/setup"),
        await first_start.client.get("/setup", params={"token": "guess"}),
        await first_start.client.post(
            "/setup", data={"token": "guess", "email": "ada@example.org", "password": PASSWORD}
        ),
    ):
        assert page.status_code == 403
        assert "not valid" in page.text
        assert "<form" not in page.text
