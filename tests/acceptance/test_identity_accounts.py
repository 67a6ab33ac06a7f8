"""Accounts over HTTP: registering and one's own."""

from tests.acceptance.conftest import Caller


async def test_a_newcomer_registers_and_signs_in(user: Caller) -> None:
    me = (await user.get("users/me")).json()
    assert me["username"] == user.username
    assert me["role"] == "user"


async def test_the_configured_administrator_is_there_at_the_first_start(admin: Caller) -> None:
    assert (await admin.get("users/me")).json()["role"] == "admin"
