"""A lock is told of codes until it took them, and booking is told what the lock said."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from berth.app.database import Doors
from berth.contracts.access import CodeRefused
from berth.modules.access.providers import LockAway, LockRefused, NoLock, WebhookLock
from berth.modules.access.usecases.checking import Checking
from tests.database.access.conftest import Clock, Desk, asked, closed, desk_of, settled, withdrawn
from tests.database.access.locks import SECRET, Door

PATIENCE_SECONDS = 20


def soon(seconds: float) -> datetime:
    """When an answer is due."""
    return datetime.now(UTC) + timedelta(seconds=seconds)


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if await condition():
                return
            await asyncio.sleep(0.02)


async def answered(desk: Desk, *expected: tuple[str, int, int]) -> None:
    async def all_there() -> bool:
        return len(await desk.told()) >= len(expected)

    await until(all_there)
    assert await desk.told() == list(expected)


async def lock_of(desk: Desk, id_: int = 41, request_id: int = 1) -> str | None:
    found: str | None = await desk.database.fetch_value(
        "select lock from access.permission where reservation_id = $1 and request_id = $2", id_, request_id
    )
    return found


def stands(desk: Desk, state: str, id_: int = 41, request_id: int = 1) -> Callable[[], Awaitable[bool]]:
    async def it_does() -> bool:
        return await lock_of(desk, id_, request_id) == state

    return it_does


async def test_a_code_is_issued_when_the_lock_took_it(locked: Desk, lock: Door) -> None:
    await locked.say(asked(41, resources=(1, 2), due_at=soon(30)))
    await answered(locked, ("issued", 41, 1))
    await locked.say(settled(41))
    [told] = lock.heard
    assert told["code"] == await locked.offer.code_of(reservation_id=41)
    assert told | {"code": ""} == {
        "id": "41-1",
        "action": "grant",
        "reservation_id": 41,
        "resources": [1, 2],
        "code": "",
        "valid_from": "2027-03-01T08:45:00Z",
        "valid_until": "2027-03-01T10:00:00Z",
    }
    assert lock.keys == ["41-1/grant"]
    assert await lock_of(locked) == "granted"


async def test_nothing_is_answered_before_the_lock_did(locked: Desk, lock: Door) -> None:
    lock.seconds = 0.5
    await locked.say(asked(41, due_at=soon(30)), asked(41, due_at=soon(30)))
    assert await locked.told() == []
    await answered(locked, ("issued", 41, 1))


async def test_a_lock_that_says_no_refuses_the_code_at_once_and_its_words_are_not_repeated(
    locked: Desk, lock: Door
) -> None:
    lock.status = 422
    await locked.say(asked(41, due_at=soon(30)))
    await answered(locked, ("refused", 41, 1))
    [refused] = [one.read(CodeRefused) for one in await locked.answers()]
    assert refused.reason == "hardware-unavailable: the lock answered 422"
    assert lock.heard[0]["code"] not in await locked.dump()
    assert lock.actions("41-1") == ["grant"]
    assert await locked.database.fetch_value("select count(*) from access.keypad") == 0


async def test_a_lock_that_fails_a_few_times_is_asked_again(locked: Desk, lock: Door) -> None:
    lock.failures = 2
    await locked.say(asked(41, due_at=soon(30)))
    await answered(locked, ("issued", 41, 1))
    assert lock.keys == ["41-1/grant"] * 3
    assert list(lock.open_for) == ["41-1"]


async def test_a_lock_that_fails_until_there_is_no_time_left_refuses_in_time_and_is_told_to_forget(
    locked: Desk, lock: Door
) -> None:
    lock.failures = 1000
    due_at = soon(5)
    await locked.say(asked(41, due_at=due_at))
    await answered(locked, ("refused", 41, 1))
    assert datetime.now(UTC) < due_at
    [refused] = [one.read(CodeRefused) for one in await locked.answers()]
    assert refused.reason == "hardware-unavailable: the lock answered 503"
    lock.failures = 0
    await until(stands(locked, "revoked"))
    assert lock.actions("41-1")[-1] == "revoke"


async def test_a_lock_that_answers_too_late_took_it_for_nothing(locked: Desk, lock: Door) -> None:
    lock.seconds = 5.0
    due_at = soon(3.8)
    await locked.say(asked(41, due_at=due_at))
    await answered(locked, ("refused", 41, 1))
    assert datetime.now(UTC) < due_at
    lock.seconds = 0.0
    await until(stands(locked, "revoked"))
    assert not lock.open_for


async def test_what_is_due_already_is_refused_without_asking(locked: Desk, lock: Door) -> None:
    await locked.say(asked(41, due_at=soon(-1)))
    await answered(locked, ("refused", 41, 1))
    assert "grant" not in lock.actions("41-1")


async def test_a_revoked_code_opens_nothing_at_once_and_the_lock_hears_of_it_until_it_takes_it(
    locked: Desk, lock: Door
) -> None:
    await locked.say(asked(41, due_at=soon(30)))
    await answered(locked, ("issued", 41, 1))
    await locked.say(settled(41))
    lock.failures = 3
    await locked.say(withdrawn(41))
    await answered(locked, ("issued", 41, 1), ("revoked", 41, 1))
    assert await locked.offer.code_of(reservation_id=41) is None
    await until(stands(locked, "revoked"))
    assert lock.actions("41-1") == ["grant"] + ["revoke"] * 4
    assert await locked.database.fetch_value("select sealed from access.code") is None


async def test_a_revocation_that_the_lock_refuses_is_tried_again_and_one_of_the_unknown_is_taken(
    locked: Desk, lock: Door
) -> None:
    await locked.say(asked(41, due_at=soon(30)))
    await answered(locked, ("issued", 41, 1))
    lock.status = 403
    await locked.say(withdrawn(41))
    await until(lambda: _heard(lock, 3))
    error = await locked.database.fetch_value("select lock_error from access.permission")
    assert error == "the lock answered 403"
    lock.status = 404
    await until(stands(locked, "revoked"))


async def _heard(lock: Door, count: int) -> bool:
    return len(lock.heard) >= count


async def test_an_expired_code_is_taken_from_the_lock(locked: Desk, lock: Door) -> None:
    await locked.say(asked(41, due_at=soon(30)))
    await answered(locked, ("issued", 41, 1))
    await locked.say(settled(41), closed(41))
    await until(stands(locked, "revoked"))
    assert not lock.open_for
    assert (await locked.told())[-1] == ("expired", 41, 1)


async def test_while_a_move_waits_the_lock_opens_for_both_and_then_for_what_holds(locked: Desk, lock: Door) -> None:
    later = datetime(2027, 3, 2, 9, tzinfo=UTC)
    await locked.say(asked(41, due_at=soon(30)))
    await answered(locked, ("issued", 41, 1))
    await locked.say(settled(41), asked(41, 2, start=later, due_at=soon(30)))
    await until(stands(locked, "granted", request_id=2))
    assert set(lock.open_for) == {"41-1", "41-2"}
    assert len({one["code"] for one in lock.open_for.values()}) == 1
    await locked.say(settled(41, 2))
    await until(stands(locked, "revoked", request_id=1))
    assert set(lock.open_for) == {"41-2"}
    await locked.say(asked(41, 3, due_at=soon(30)))
    await locked.say(withdrawn(41, 3, whole=False))
    await until(stands(locked, "revoked", request_id=3))
    assert set(lock.open_for) == {"41-2"}


async def test_withdrawn_while_the_lock_is_being_told_it_is_told_that_too(locked: Desk, lock: Door) -> None:
    lock.seconds = 0.6
    await locked.say(asked(41, due_at=soon(30)))
    await until(lambda: _heard(lock, 1))
    await locked.say(withdrawn(41))
    await until(stands(locked, "revoked"))
    assert lock.actions("41-1") == ["grant", "revoke"]
    assert await locked.told() == [("revoked", 41, 1)]


async def test_what_a_process_left_undone_the_next_one_does(doors: Doors, lock: Door) -> None:
    desk = desk_of(doors, WebhookLock(lock.url, SECRET, seconds_max=1.0), Clock(None))
    await desk.say(asked(41, due_at=soon(30)))
    lock.seconds = 0.5
    async with desk.errands():
        await until(lambda: _heard(lock, 1))
    lock.seconds = 0.0
    async with desk.errands():
        await answered(desk, ("issued", 41, 1))
    assert lock.keys == ["41-1/grant"] * 2
    assert list(lock.open_for) == ["41-1"]


async def test_what_was_granted_is_let_go_of_when_the_lock_is_no_longer_named(
    locked: Desk, doors: Doors, lock: Door
) -> None:
    await locked.say(asked(41, due_at=soon(30)))
    await answered(locked, ("issued", 41, 1))
    without = desk_of(doors, NoLock(), Clock(None))
    await without.say(withdrawn(41))
    async with without.errands():
        await until(stands(without, "revoked"))


async def test_errands_and_events_hold_no_code_either(locked: Desk, lock: Door) -> None:
    lock.failures = 1000
    await locked.say(asked(41, due_at=soon(30)), settled(41))
    await until(lambda: _heard(lock, 2))
    assert '"lock/41/1"' in await locked.dump()
    assert lock.heard[0]["code"] not in (await locked.dump()).replace('"tried_at"', "")


@pytest.mark.parametrize(
    ("status", "error"), [(302, LockAway), (307, LockAway), (500, LockAway), (429, LockAway), (400, LockRefused)]
)
async def test_only_a_good_answer_is_a_sign_of_life(status: int, error: type[Exception], lock: Door) -> None:
    webhook = WebhookLock(lock.url, SECRET)
    lock.status = status
    with pytest.raises(error, match=str(status)):
        await webhook.sign_of_life(1)
    assert len(lock.heard) == 1
    lock.status = 200
    await webhook.sign_of_life(1)
    assert lock.heard[-1] == {"id": "test", "action": "test", "resources": [1]}


async def test_a_lock_with_another_secret_refuses(lock: Door) -> None:
    sign = await Checking(WebhookLock(lock.url, b"another-secret-of-ours")).check(1)
    assert (sign.provider, sign.alive, sign.says) == ("webhook", False, "the lock answered 401")


async def test_where_nobody_listens_there_is_no_sign_of_life() -> None:
    sign = await Checking(WebhookLock("http://127.0.0.1:9/berth", SECRET)).check(1)
    assert (sign.alive, sign.says) == (False, "the lock cannot be reached (ConnectError)")
    assert (await Checking(NoLock()).check(1)).alive
