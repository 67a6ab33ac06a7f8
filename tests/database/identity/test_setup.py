"""The first administrator, made once however many try."""

import asyncio

import pytest

from berth.kit.http.problem import Problem
from berth.modules.identity.domain.people import Account
from berth.modules.identity.domain.setup import Administrator, AdministratorRefused, configured_administrator
from berth.modules.identity.usecases.people import Registration
from tests.database.identity.conftest import PASSWORD, OpenDoor, Process

CONFIGURED = Administrator("harbour@example.org", PASSWORD)


async def _administrators(process: Process) -> list[str]:
    rows = await process.database.fetch("select username from identity.person where role = 'admin'")
    return [row["username"] for row in rows]


async def _printed_token(process: Process, capsys: pytest.CaptureFixture[str]) -> str:
    await process.setup.start(None, origin="http://berth.local")
    printed = capsys.readouterr().out
    token = printed.split("http://berth.local/setup?token=")[1].split()[0]
    assert f"berth admin create --token {token}" in printed
    return token


def _wish(number: int = 1) -> Registration:
    return Registration(f"first{number}", f"first{number}@example.org", PASSWORD, "First")


async def test_processes_that_start_together_make_one_administrator(here: Process, elsewhere: Process) -> None:
    await asyncio.gather(*(one.setup.start(CONFIGURED, origin="") for one in (here, elsewhere) for _ in range(3)))
    assert await _administrators(here) == ["harbour"]
    assert await here.events("person/1") == ["berth.identity.person_registered.v1"]


async def test_a_restart_never_overwrites_the_password(here: Process) -> None:
    await here.setup.start(CONFIGURED, origin="")
    await here.setup.start(Administrator("harbour@example.org", "another-Lantern-7"), origin="")
    await here.sessions.sign_in(login="harbour", password=PASSWORD, door=OpenDoor())


async def test_a_weak_password_of_the_operator_is_accepted(here: Process) -> None:
    await here.setup.start(Administrator("harbour@example.org", "password1"), origin="")
    await here.sessions.sign_in(login="harbour@example.org", password="password1", door=OpenDoor())


async def test_a_taken_username_is_made_another(here: Process) -> None:
    await here.somebody("harbour")
    await here.setup.start(Administrator("harbour@example.com", PASSWORD), origin="")
    assert await _administrators(here) == ["harbour-2"]


async def test_whoever_registered_the_address_before_is_not_made_administrator(
    here: Process, capsys: pytest.CaptureFixture[str]
) -> None:
    await here.somebody("harbour")
    await here.setup.start(CONFIGURED, origin="http://berth.local")
    assert await _administrators(here) == []
    assert "/setup?token=" in capsys.readouterr().out


async def test_the_printed_token_is_good_for_one_administrator(
    here: Process, capsys: pytest.CaptureFixture[str]
) -> None:
    token = await _printed_token(here, capsys)
    answers = await asyncio.gather(
        *(here.setup.finish(token=token, wish=_wish(number)) for number in range(5)), return_exceptions=True
    )
    made = [one for one in answers if isinstance(one, Account)]
    assert [one.role for one in made] == ["admin"]
    assert {one.kind for one in answers if isinstance(one, Problem)} == {"setup-over"}
    await here.setup.start(None, origin="http://berth.local")
    assert capsys.readouterr().out == ""


async def test_a_new_start_replaces_the_token(here: Process, capsys: pytest.CaptureFixture[str]) -> None:
    old = await _printed_token(here, capsys)
    new = await _printed_token(here, capsys)
    with pytest.raises(Problem, match="not valid"):
        await here.setup.finish(token=old, wish=_wish())
    dump = await here.database.fetch_value("select setup_token::text from identity.setup_token")
    assert new not in dump
    await here.setup.finish(token=new, wish=_wish())


async def test_a_refused_wish_does_not_use_up_the_token(here: Process, capsys: pytest.CaptureFixture[str]) -> None:
    token = await _printed_token(here, capsys)
    await here.somebody("first1")
    with pytest.raises(Problem, match="username"):
        await here.setup.finish(token=token, wish=_wish())
    await here.setup.finish(token=token, wish=_wish(2))


@pytest.mark.parametrize(
    ("email", "password", "what"),
    [
        ("harbour@example.org", None, "BERTH_ADMIN_PASSWORD is missing"),
        (None, PASSWORD, "BERTH_ADMIN_EMAIL is missing"),
        ("harbour@example.org", "short7!", "BERTH_ADMIN_PASSWORD needs 8"),
        ("harbour", PASSWORD, "BERTH_ADMIN_EMAIL: this is not an e-mail address"),
    ],
)
def test_a_start_with_half_an_administrator_is_refused(email: str | None, password: str | None, what: str) -> None:
    with pytest.raises(AdministratorRefused, match=what):
        configured_administrator(email, password)


def test_without_both_settings_there_is_none() -> None:
    assert configured_administrator(None, None) is None
    assert configured_administrator("", "") is None
