"""The lockout on stored failures, with guesses sent at once."""

import asyncio

import pytest

from berth.kit.http.problem import Problem
from berth.modules.identity.domain.tokens import TokenPair
from tests.database.identity.conftest import PASSWORD, OpenDoor, Process

STRANGER = OpenDoor("198.51.100.9")
HOME = OpenDoor("192.0.2.1")


async def _guess(process: Process, login: str, door: OpenDoor, password: str = "not-this-one") -> str:
    try:
        await process.sessions.sign_in(login=login, password=password, door=door)
    except Problem as problem:
        return problem.kind
    return "signed-in"


async def test_of_many_guesses_at_once_five_are_judged(here: Process) -> None:
    await here.somebody("ada")
    answers = await asyncio.gather(*(_guess(here, "ada", STRANGER) for _ in range(12)))
    assert answers.count("wrong-credentials") == 5
    assert answers.count("locked") == 7
    assert await here.database.fetch_value("select count(*) from identity.failed_sign_in") == 5


async def test_two_processes_count_together(here: Process, elsewhere: Process) -> None:
    await here.somebody("ada")
    answers = await asyncio.gather(*(_guess(one, "ada", STRANGER) for one in (here, elsewhere) for _ in range(5)))
    assert sorted(set(answers)) == ["locked", "wrong-credentials"]
    assert answers.count("wrong-credentials") == 5


async def test_the_right_password_does_not_open_a_lock(here: Process) -> None:
    await here.somebody("ada")
    for _ in range(5):
        assert await _guess(here, "ada", STRANGER) == "wrong-credentials"
    assert await _guess(here, "ada", STRANGER, PASSWORD) == "locked"


async def test_the_owner_at_another_address_is_not_kept_out(here: Process) -> None:
    await here.somebody("ada")
    for _ in range(8):
        await _guess(here, "ada", STRANGER)
    assert await _guess(here, "ada", HOME, PASSWORD) == "signed-in"


async def test_attempts_while_locked_do_not_prolong_it(here: Process) -> None:
    await here.somebody("ada")
    for _ in range(5):
        await _guess(here, "ada", HOME)
    for _ in range(14):
        here.clock.pass_by(minutes=1)
        assert await _guess(here, "ada", HOME) == "locked"
    here.clock.pass_by(minutes=1)
    assert await _guess(here, "ada", HOME, PASSWORD) == "signed-in"


async def test_a_good_sign_in_clears_its_address_and_no_other(here: Process) -> None:
    await here.somebody("ada")
    for _ in range(5):
        await _guess(here, "ada", STRANGER)
    for _ in range(4):
        await _guess(here, "ada", HOME)
    assert await _guess(here, "ada", HOME, PASSWORD) == "signed-in"
    for _ in range(4):
        assert await _guess(here, "ada", HOME) == "wrong-credentials"
    assert await _guess(here, "ada", STRANGER) == "locked"


async def test_many_addresses_slow_down_strangers_and_spare_where_the_owner_signed_in(here: Process) -> None:
    await here.somebody("ada")
    assert await _guess(here, "ada", HOME, PASSWORD) == "signed-in"
    for number in range(20):
        await _guess(here, "ada", OpenDoor(f"198.51.100.{number}"))
    road = OpenDoor("203.0.113.5")
    assert await _guess(here, "ada", road, PASSWORD) == "locked"
    assert await _guess(here, "ada", HOME, PASSWORD) == "signed-in"
    here.clock.pass_by(seconds=30)
    assert await _guess(here, "ada", road, PASSWORD) == "signed-in"


async def test_username_and_address_are_one_account(here: Process) -> None:
    await here.somebody("ada")
    for login in ("ada", "ada@example.org", "ADA", "Ada@Example.ORG", " ada "):
        assert await _guess(here, login, STRANGER) == "wrong-credentials"
    assert await _guess(here, "ada", STRANGER, PASSWORD) == "locked"


async def test_a_name_that_nobody_has_is_locked_alike(here: Process) -> None:
    answers = [await _guess(here, "nobody", STRANGER) for _ in range(6)]
    assert answers == ["wrong-credentials"] * 5 + ["locked"]
    stored = await here.database.fetch_value("select string_agg(account, ' ') from identity.failed_sign_in")
    assert "nobody/" in stored
    assert stored.count("nobody") == 5, "the name itself is not stored"


async def test_a_reset_by_an_administrator_lifts_the_lock(here: Process) -> None:
    admin = await here.administrator("harbour")
    ada = await here.somebody("ada")
    for _ in range(5):
        await _guess(here, "ada", HOME)
    await here.people.reset_password(ada.id, "quay-lantern-7-tide", actor=admin)
    assert await _guess(here, "ada", HOME, "quay-lantern-7-tide") == "signed-in"


async def test_many_good_sign_ins_at_once_do_not_lock(here: Process) -> None:
    await here.somebody("ada")
    answers = await asyncio.gather(
        *(here.sessions.sign_in(login="ada", password=PASSWORD, door=HOME) for _ in range(12))
    )
    assert all(isinstance(one, TokenPair) for one in answers)


async def test_failures_that_no_longer_count_are_removed(here: Process) -> None:
    await here.somebody("ada")
    await _guess(here, "ada", HOME)
    here.clock.pass_by(minutes=16)
    await _guess(here, "nobody", HOME)
    assert await here.database.fetch_value("select count(*) from identity.failed_sign_in") == 1


async def test_a_guess_at_the_present_password_counts_too(here: Process) -> None:
    caller = await here.administrator("harbour")
    for _ in range(5):
        with pytest.raises(Problem, match="wrong"):
            await here.people.change_own_password(caller=caller, current="no", new="quay-lantern-7-tide", door=HOME)
    assert await _guess(here, "harbour", HOME, PASSWORD) == "locked"
