"""Who gets in by an app password, and how often one may try."""

import pytest

from berth.kit.http.problem import Problem
from tests.database.calendar.conftest import ADA, FAILURES_MAX, Process
from tests.minutes import within_one_minute

HERE, THERE = "192.0.2.1", "192.0.2.2"


async def test_a_password_is_kept_as_a_hash_and_told_to_nobody(process: Process) -> None:
    made, secret = await process.passwords.create(ADA, "Telephone")
    assert len(secret) >= 25
    rows = await process.database.fetch("select secret_hash, name from calendar.app_password")
    events = await process.database.fetch("select data from calendar.outbox")
    assert secret not in f"{[tuple(one) for one in (*rows, *events)]}"
    owner = await process.passwords.owner("ADA", secret, HERE)
    assert owner is not None
    assert owner.id == ADA.id
    assert (await process.passwords.listed(ADA))[0].id == made.id


async def test_an_inactive_person_gets_in_by_none(process: Process) -> None:
    _, secret = await process.passwords.create(ADA, "Telephone")
    process.people.inactive.add(ADA.id)
    assert await process.passwords.owner("ada", secret, HERE) is None


async def test_wrong_ones_keep_out_who_sends_them_and_nobody_else(process: Process) -> None:
    await within_one_minute(5)
    _, secret = await process.passwords.create(ADA, "Telephone")
    for number in range(FAILURES_MAX):
        assert await process.passwords.owner(f"guess{number}", "x", HERE) is None
    with pytest.raises(Problem) as refused:
        await process.passwords.owner("ada", secret, HERE)
    assert refused.value.status == 429
    assert await process.passwords.owner("ada", secret, THERE) is not None
    for number in range(3 * FAILURES_MAX):
        assert await process.passwords.owner("ada", "x", f"198.51.100.{number}") is None
    assert await process.passwords.owner("ada", secret, THERE) is not None


async def test_the_right_one_is_not_counted(process: Process) -> None:
    _, secret = await process.passwords.create(ADA, "Telephone")
    for _ in range(3 * FAILURES_MAX):
        assert await process.passwords.owner("ada", secret, HERE) is not None
