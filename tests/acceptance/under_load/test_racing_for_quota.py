"""However many want the last minutes of a shared allowance at the same time: it is never overdrawn."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from berth.app.doctor.reconciliation import QUIET, disagreements
from tests.acceptance.conftest import sign_in
from tests.acceptance.under_load.program import Program
from tests.acceptance.under_load.traffic import BASE, Faculty, found_faculty
from tests.conftest import ADMIN_EMAIL, ADMIN_PASSWORD
from tests.scale import SCALE

pytestmark = [pytest.mark.proof, pytest.mark.timeout(120 * SCALE)]

RACERS = 50 * SCALE
ROOMS = 50
WINNERS = 10
MINUTES = 30

HELD = """
select
    (select held from quota.usage where allowance_id = $1) as held,
    (select count(*) from quota.request where state = 'held') as requests,
    (
        select count(*)
        from booking.reservation
        where state = 'ready'
          and id in (select reservation_id from quota.request)
    ) as ready,
    (
        select count(*)
        from booking.allocation
        where active
          and resource_id = any($2::bigint[])
    ) as slots
"""


async def share_out(program: Program, faculty: Faculty) -> int:
    """Have all resources ask for quota, of which all share a little less than what one more would need."""
    async with program.client() as client:
        admin = await sign_in(client, ADMIN_EMAIL, ADMIN_PASSWORD)
        for id_ in faculty.resource_ids:
            assert (await admin.put(f"resources/{id_}/policy", {"confirmations": ["quota"]})).status_code == 200
        amount = WINNERS * MINUTES + MINUTES - 1
        body = {"name": "the last minutes", "unit": "minutes", "amount": amount, "per": "week", "shared": True}
        made = await admin.post("quotas", {**body, "kind": faculty.name})
        assert made.status_code == 201, made.text
        return int(made.json()["id"])


async def test_the_last_minutes_of_a_shared_allowance_go_to_as_many_as_they_suffice_for(program: Program) -> None:
    faculty = await found_faculty(program, "minutes", resources=ROOMS, people=RACERS)
    allowance_id = await share_out(program, faculty)

    async def race(racer: int) -> dict:
        start = BASE + racer // ROOMS * timedelta(hours=1)
        body = {
            "resource_id": faculty.resource_ids[racer % ROOMS],
            "start": start.isoformat(),
            "end": (start + timedelta(minutes=MINUTES)).isoformat(),
            "title": f"last minutes {racer}",
        }
        with faculty.line(racer) as line:
            status, _, answer = await line.send("POST", "reservations", body, {"Prefer": "wait=30"})
        assert status == 201, answer
        return answer

    answers = await asyncio.gather(*(race(racer) for racer in range(RACERS)))
    assert Counter(one["state"] for one in answers) == {"ready": WINNERS, "cancelled": RACERS - WINNERS}
    reasons = {one["cancel_reason"] for one in answers if one["state"] == "cancelled"}
    assert all("“the last minutes” has" in one for one in reasons), reasons

    connection = await asyncpg.connect(program.database_url)
    held = await connection.fetchrow(HELD, allowance_id, list(faculty.resource_ids))
    found = await disagreements(connection, datetime.now(UTC) + QUIET)
    await connection.close()
    assert dict(held) == {"held": WINNERS * MINUTES, "requests": WINNERS, "ready": WINNERS, "slots": WINNERS}
    assert found == []
