"""Accounts under concurrency, and their events."""

import asyncio

import pytest

from berth.contracts.identity import Contact
from berth.kit.http.problem import Problem
from berth.modules.identity.usecases.people import Registration
from tests.database.identity.conftest import PASSWORD, OpenDoor, Process


async def test_of_two_administrators_who_demote_each_other_one_remains(here: Process) -> None:
    first = await here.administrator("anchor")
    second = await here.administrator("buoy")
    for step in ({"role": "user"}, {"active": False}):
        answers = await asyncio.gather(
            here.people.change(first.id, step, actor=second),
            here.people.change(second.id, step, actor=first),
            return_exceptions=True,
        )
        assert [one.kind for one in answers if isinstance(one, Problem)] == ["last-administrator"]
        left = await here.database.fetch_value("select count(*) from identity.person where role = 'admin' and active")
        assert left == 1
        await here.database.execute("update identity.person set role = 'admin', active = true")


async def test_of_ten_who_want_one_name_one_gets_it(here: Process) -> None:
    wishes = [Registration("ada", f"ada{number}@example.org", PASSWORD, "Ada") for number in range(10)]
    answers = await asyncio.gather(*(here.people.register(wish) for wish in wishes), return_exceptions=True)
    assert [one.kind for one in answers if isinstance(one, Problem)] == ["username-taken"] * 9


async def test_changes_and_their_events_are_stored_together(here: Process) -> None:
    admin = await here.administrator("harbour")
    ada = await here.somebody("ada")
    with pytest.raises(Problem):
        await here.somebody("ada")
    await here.people.change(ada.id, {"name": "Ada"}, actor=admin)
    await here.people.change(ada.id, {"name": "Ada"}, actor=admin)
    with pytest.raises(Problem):
        await here.people.change(ada.id, {"email": "harbour@example.org"}, actor=admin)
    await here.people.reset_password(ada.id, "quay-lantern-7-tide", actor=admin)
    assert await here.events(f"person/{ada.id}") == [
        "berth.identity.person_registered.v1",
        "berth.identity.person_changed.v1",
        "berth.identity.person_changed.v1",
    ]
    data = await here.database.fetch_value(
        "select data from identity.outbox where subject = $1 order by id desc", f"person/{ada.id}"
    )
    assert '"password"' in data
    assert "lantern" not in data


async def test_other_modules_may_ask_who_somebody_is(here: Process) -> None:
    ada = await here.somebody("ada")
    found = await here.standing.people(ids=[ada.id, 4711])
    assert list(found) == [ada.id]
    assert (found[ada.id].username, found[ada.id].active) == ("ada", True)
    assert await here.standing.people(ids=[]) == {}


async def test_a_changed_role_is_known_everywhere_at_once(here: Process, elsewhere: Process) -> None:
    admin = await here.administrator("harbour")
    ada = await here.somebody("ada")
    for process in (here, elsewhere):
        assert (await process.standing.people(ids=[ada.id]))[ada.id].role == "user"
    await here.people.change(ada.id, {"role": "admin"}, actor=admin)
    assert (await here.standing.people(ids=[ada.id]))[ada.id].role == "admin"
    async with asyncio.timeout(10):
        while True:
            found = await elsewhere.standing.people(ids=[ada.id])
            if found[ada.id].role == "admin":
                break
            await asyncio.sleep(0.01)


async def test_the_administrators_are_those_who_are_active_now(here: Process) -> None:
    first = await here.administrator("anchor")
    second = await here.administrator("buoy")
    await here.somebody("ada")
    assert await here.standing.administrators() == [first.id, second.id]
    await here.people.change(second.id, {"active": False}, actor=first)
    assert await here.standing.administrators() == [first.id]


async def test_one_writes_to_those_who_are_active_in_their_language(here: Process) -> None:
    admin = await here.administrator("harbour")
    wish = Registration("ada", "ada@example.org", PASSWORD, "Ada", "fr")
    ada = await here.people.register(wish)
    assert ada.language == "fr"
    lin = await here.somebody("lin")
    await here.people.change(lin.id, {"language": "es", "timezone": "Europe/Madrid"}, actor=admin)
    expected = {
        ada.id: Contact(ada.id, "ada@example.org", "Ada", "fr", None),
        lin.id: Contact(lin.id, "lin@example.org", "lin", "es", "Europe/Madrid"),
    }
    assert await here.standing.contacts(ids=[ada.id, lin.id, 4711]) == expected
    await here.people.change(lin.id, {"active": False}, actor=admin)
    assert list(await here.standing.contacts(ids=[ada.id, lin.id])) == [ada.id]


async def test_a_changed_language_holds_for_sessions_that_are_open(here: Process) -> None:
    await here.somebody("ada")
    pair = await here.sessions.sign_in(login="ada", password=PASSWORD, door=OpenDoor())
    ada = await here.standing.authenticate(token=pair.access_token)
    assert ada.language == "en"
    await here.people.change(ada.id, {"language": "fr"}, actor=ada)
    assert (await here.standing.authenticate(token=pair.access_token)).language == "fr"
    data = await here.database.fetch_value("select data from identity.outbox order by id desc limit 1")
    assert '"before": {"language": "en"}' in data
