"""Sessions of browsers: a cookie that no script reads, and an access token that is nowhere but in memory."""

from http.cookies import Morsel, SimpleCookie

import httpx
import pytest

from tests.acceptance.conftest import Caller, register

PATH = "/api/v1/session"
WEB = {"X-Berth-Web": "1"}


def cookie_of(answer: httpx.Response) -> Morsel[str]:
    return SimpleCookie(answer.headers["set-cookie"])["berth_session"]


async def signed_in(berth: httpx.AsyncClient, caller: Caller, **more: str) -> httpx.Response:
    wish = {"username": caller.username, "password": caller.password}
    answer = await berth.post(PATH, json=wish, headers={**WEB, **more})
    assert answer.status_code == 200, answer.text
    return answer


async def refreshed(berth: httpx.AsyncClient, token: str | None) -> httpx.Response:
    headers = {**WEB, "Cookie": f"berth_session={token}"} if token else WEB
    return await berth.post(f"{PATH}/refresh", headers=headers)


async def me(berth: httpx.AsyncClient, answer: httpx.Response) -> int:
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    return (await berth.get("/api/v1/users/me", headers=headers)).status_code


@pytest.fixture(autouse=True)
def no_jar(berth: httpx.AsyncClient) -> None:
    """Keep cookies out of the shared client: each request here says itself which one it sends."""
    berth.cookies.clear()


async def test_a_browser_signs_in_and_gets_its_refresh_token_in_a_cookie_alone(berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    answer = await signed_in(berth, ada)
    assert set(answer.json()) == {"access_token", "token_type", "expires_in"}
    assert await me(berth, answer) == 200
    cookie = cookie_of(answer)
    assert cookie.value
    assert cookie.value not in answer.text
    assert (cookie["path"], cookie["samesite"].lower(), cookie["httponly"]) == (PATH, "strict", True)
    assert int(cookie["max-age"]) == 7 * 24 * 3600


async def test_each_refresh_changes_the_cookie(berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    first = cookie_of(await signed_in(berth, ada)).value
    answer = await refreshed(berth, first)
    assert answer.status_code == 200
    assert await me(berth, answer) == 200
    second = cookie_of(answer).value
    assert second != first
    assert (await refreshed(berth, second)).status_code == 200


async def test_a_page_that_never_saw_its_refresh_may_ask_once_more_at_once(berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    cookie = cookie_of(await signed_in(berth, ada)).value
    lost, again = await refreshed(berth, cookie), await refreshed(berth, cookie)
    assert (lost.status_code, again.status_code) == (200, 200)
    assert await me(berth, lost) == 200


async def test_signing_out_ends_the_session_and_takes_the_cookie_back(berth: httpx.AsyncClient) -> None:
    ada = await register(berth)
    answer = await signed_in(berth, ada)
    token = cookie_of(answer).value
    out = await berth.delete(PATH, headers={**WEB, "Cookie": f"berth_session={token}"})
    assert out.status_code == 204
    assert (cookie_of(out).value, int(cookie_of(out)["max-age"]), cookie_of(out)["path"]) == ("", 0, PATH)
    assert await me(berth, answer) == 401
    assert (await refreshed(berth, token)).status_code == 401
    assert (await berth.delete(PATH, headers=WEB)).status_code == 204, "whoever has no session is signed out already"


@pytest.mark.parametrize(("method", "path"), [("POST", PATH), ("POST", f"{PATH}/refresh"), ("DELETE", PATH)])
async def test_what_another_site_could_send_is_refused(
    method: str, path: str, berth: httpx.AsyncClient, user: Caller
) -> None:
    wish = {"username": user.username, "password": user.password} if path == PATH and method == "POST" else None
    answer = await berth.request(method, path, json=wish)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/cross-site-refused")
    assert "set-cookie" not in answer.headers


async def test_without_a_cookie_nobody_is_signed_in(berth: httpx.AsyncClient) -> None:
    answer = await refreshed(berth, None)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/not-signed-in")
    assert (await refreshed(berth, "guess")).json()["type"] == "/problems/refresh-token-refused"


async def test_a_wrong_password_makes_no_cookie(berth: httpx.AsyncClient, user: Caller) -> None:
    answer = await berth.post(PATH, json={"username": user.username, "password": "not-this-one"}, headers=WEB)
    assert answer.json()["type"] == "/problems/wrong-credentials"
    assert "set-cookie" not in answer.headers
