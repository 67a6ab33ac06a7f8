"""Sessions under concurrency, across processes and time."""

import asyncio
from datetime import timedelta

import pytest

from berth.kit.auth import TokenRefused
from berth.kit.http.problem import Problem
from berth.modules.identity.domain.tokens import TokenPair
from tests.database.identity.conftest import PASSWORD, OpenDoor, Process


async def _pair(process: Process, username: str) -> TokenPair:
    return await process.sessions.sign_in(login=username, password=PASSWORD, door=OpenDoor())


async def test_of_twenty_refreshes_with_one_token_one_wins_and_the_family_is_revoked(here: Process) -> None:
    await here.somebody("ada")
    pair = await _pair(here, "ada")
    answers = await asyncio.gather(
        *(here.sessions.refresh(refresh_token=pair.refresh_token) for _ in range(20)), return_exceptions=True
    )
    won = [one for one in answers if isinstance(one, TokenPair)]
    assert len(won) == 1
    assert {one.kind for one in answers if isinstance(one, Problem)} == {"refresh-token-refused"}
    with pytest.raises(Problem):
        await here.sessions.refresh(refresh_token=won[0].refresh_token)
    for access_token in (pair.access_token, won[0].access_token):
        with pytest.raises(TokenRefused):
            await here.standing.authenticate(token=access_token)


async def test_a_session_goes_on_as_long_as_each_token_is_used_once(here: Process) -> None:
    await here.somebody("ada")
    pair = await _pair(here, "ada")
    for _ in range(10):
        here.clock.pass_by(days=5)
        pair = await here.sessions.refresh(refresh_token=pair.refresh_token)
    assert (await here.standing.authenticate(token=pair.access_token)).username == "ada"
    stored = await here.database.fetch_value("select count(*) from identity.refresh_token")
    assert stored <= 3, "what has expired leaves"


async def test_a_token_that_nobody_used_in_time_is_refused(here: Process) -> None:
    await here.somebody("ada")
    pair = await _pair(here, "ada")
    here.clock.pass_by(days=8)
    with pytest.raises(Problem):
        await here.sessions.refresh(refresh_token=pair.refresh_token)


async def test_refresh_tokens_are_stored_as_hashes_alone(here: Process) -> None:
    await here.somebody("ada")
    pair = await _pair(here, "ada")
    dump = await here.database.fetch_value("select string_agg(t::text, ' ') from identity.refresh_token t")
    assert pair.refresh_token not in dump


async def test_an_access_token_expires_though_it_is_in_memory(here: Process) -> None:
    await here.somebody("ada")
    pair = await _pair(here, "ada")
    await here.standing.authenticate(token=pair.access_token)
    here.clock.pass_by(seconds=pair.expires_in)
    with pytest.raises(TokenRefused, match="expired"):
        await here.standing.authenticate(token=pair.access_token)


async def test_a_sign_out_here_is_heard_elsewhere(here: Process, elsewhere: Process) -> None:
    await here.somebody("ada")
    pair = await _pair(here, "ada")
    caller = await elsewhere.standing.authenticate(token=pair.access_token)
    elsewhere.heard.clear()
    await here.sessions.sign_out(caller=caller, refresh_token=None)
    with pytest.raises(TokenRefused):
        await here.standing.authenticate(token=pair.access_token)
    await asyncio.wait_for(elsewhere.heard.wait(), timeout=5)
    with pytest.raises(TokenRefused):
        await elsewhere.standing.authenticate(token=pair.access_token)


async def test_a_changed_role_here_is_heard_elsewhere(here: Process, elsewhere: Process) -> None:
    admin = await here.administrator("harbour")
    ada = await here.somebody("ada")
    pair = await _pair(here, "ada")
    assert (await elsewhere.standing.authenticate(token=pair.access_token)).role == "user"
    elsewhere.heard.clear()
    await here.people.change(ada.id, {"role": "guest"}, actor=admin)
    assert (await here.standing.authenticate(token=pair.access_token)).role == "guest"
    await asyncio.wait_for(elsewhere.heard.wait(), timeout=5)
    assert (await elsewhere.standing.authenticate(token=pair.access_token)).role == "guest"


async def test_tokens_are_answered_from_memory(here: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    await here.somebody("ada")
    pair = await _pair(here, "ada")
    first = await here.standing.authenticate(token=pair.access_token)

    async def no_database(*_: object) -> None:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(here.database, "fetch_row", no_database)
    assert await here.standing.authenticate(token=pair.access_token) == first


async def test_garbage_leaves_nothing_in_memory(here: Process) -> None:
    for number in range(50):
        with pytest.raises(TokenRefused):
            await here.standing.authenticate(token=f"a.b.{number}")
    assert not here.standing._verified


async def test_a_sign_in_that_meets_a_reset_leaves_no_session_behind(here: Process) -> None:
    admin = await here.administrator("harbour")
    for round_ in range(5):
        ada = await here.somebody(f"ada{round_}")
        attempts = [here.sessions.sign_in(login=ada.username, password=PASSWORD, door=OpenDoor()) for _ in range(4)]
        *answers, _ = await asyncio.gather(
            *attempts,
            here.people.reset_password(ada.id, "quay-lantern-7-tide", actor=admin),
            return_exceptions=True,
        )
        for answer in answers:
            if isinstance(answer, TokenPair):
                with pytest.raises(TokenRefused):
                    await here.standing.authenticate(token=answer.access_token)


async def test_a_used_token_is_good_once_more_within_the_grace_and_betrays_a_theft_after_it(here: Process) -> None:
    await here.somebody("ada")
    grace = timedelta(seconds=20)
    pair = await _pair(here, "ada")
    await here.sessions.refresh(refresh_token=pair.refresh_token, grace=grace)
    here.clock.pass_by(seconds=19)
    late = await here.sessions.refresh(refresh_token=pair.refresh_token, grace=grace)
    here.clock.pass_by(seconds=2)
    with pytest.raises(Problem):
        await here.sessions.refresh(refresh_token=pair.refresh_token, grace=grace)
    with pytest.raises(Problem):
        await here.sessions.refresh(refresh_token=late.refresh_token, grace=grace)
