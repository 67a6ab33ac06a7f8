"""Terms: the database keeps those of one site apart, and every change of them is told with what was before."""

import asyncio
from datetime import date

import asyncpg
import orjson
import pytest

from berth.contracts.catalog import Term
from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.catalog.domain.terms import TERMS_MAX, Stretch
from tests.database.catalog.conftest import Process, Start
from tests.database.catalog.test_races import outcomes, site

SPRING = Stretch("Spring", date(2027, 3, 1), date(2027, 6, 30))
AUTUMN = Stretch("Autumn", date(2027, 9, 1), date(2028, 1, 31))


async def told(sql: asyncpg.Connection) -> list[dict]:
    rows = await sql.fetch(
        "select data from catalog.outbox where type = 'berth.catalog.site_changed.v1' order by id offset 1"
    )
    return [orjson.loads(row["data"]) for row in rows]


async def test_of_many_overlapping_terms_that_are_added_at_once_one_is_kept(process: Process, actor: Principal) -> None:
    top = await site(process, actor, "Top")
    stretches = [Stretch(f"T{n}", date(2027, 3, 1 + n), date(2027, 6, 1)) for n in range(8)]
    found = await outcomes(*(process.terms.create(actor, top, one) for one in stretches))
    assert found == [200] + [409] * 7
    assert len(await process.live.terms(site_ids=[top])) == 1


async def test_terms_that_share_a_day_overlap_and_terms_that_follow_do_not(process: Process, actor: Principal) -> None:
    top, other = await site(process, actor, "Top"), await site(process, actor, "Other")
    await process.terms.create(actor, top, SPRING)
    with pytest.raises(Problem) as refused:
        await process.terms.create(actor, top, Stretch("Late", SPRING.last_day, date(2027, 7, 30)))
    assert (refused.value.status, refused.value.kind) == (409, "term-overlap")
    await process.terms.create(actor, top, Stretch("Summer", date(2027, 7, 1), date(2027, 8, 31)))
    await process.terms.create(actor, other, SPRING)
    assert [term.name for term in await process.live.terms(site_ids=[other, top])] == ["Spring", "Spring", "Summer"]


async def test_a_change_of_terms_is_told_with_all_terms_before_and_after(
    process: Process, actor: Principal, sql: asyncpg.Connection
) -> None:
    top = await site(process, actor, "Top")
    made = await process.terms.create(actor, top, SPRING)
    longer = Stretch("Spring", SPRING.first_day, date(2027, 7, 15))
    for _ in range(2):
        await process.terms.replace(actor, top, made["id"], longer)
    await process.terms.remove(actor, top, made["id"])
    spring = {"id": made["id"], "site_id": top, "name": "Spring", "first_day": "2027-03-01", "last_day": "2027-06-30"}
    events = await told(sql)
    assert [(one["changes"], one["before"]["terms"], one["after"]["terms"]) for one in events] == [
        (["terms"], [], [spring]),
        (["terms"], [spring], [{**spring, "last_day": "2027-07-15"}]),
        (["terms"], [{**spring, "last_day": "2027-07-15"}], []),
    ]


async def test_a_refused_term_tells_nothing(process: Process, actor: Principal, sql: asyncpg.Connection) -> None:
    top = await site(process, actor, "Top")
    await process.terms.create(actor, top, SPRING)
    for stretch in (SPRING, Stretch("Spring", AUTUMN.first_day, AUTUMN.last_day)):
        with pytest.raises(Problem):
            await process.terms.create(actor, top, stretch)
    assert len(await told(sql)) == 1


async def test_a_site_takes_its_terms_with_it(process: Process, actor: Principal, sql: asyncpg.Connection) -> None:
    top = await site(process, actor, "Top")
    await process.terms.create(actor, top, SPRING)
    await process.sites.remove(actor, top)
    assert await process.live.terms(site_ids=[top]) == []
    assert await sql.fetchval("select count(*) from catalog.term") == 0


async def test_a_term_is_changed_at_its_own_site_alone(process: Process, actor: Principal) -> None:
    top = await site(process, actor, "Top")
    floor = await site(process, actor, "Floor", top)
    made = await process.terms.create(actor, top, SPRING)
    assert await outcomes(process.terms.remove(actor, floor, made["id"])) == [404]
    assert await outcomes(process.terms.replace(actor, floor, made["id"], AUTUMN)) == [404]
    [inherited] = await process.terms.list(floor)
    assert (inherited["name"], inherited["inherited"]) == ("Spring", True)


async def test_another_process_hears_of_a_new_term(start: Start, actor: Principal) -> None:
    here, there = await start(), await start()
    top = await site(here, actor, "Top")
    assert await there.live.terms(site_ids=[top]) == []
    there.heard.clear()
    made = await here.terms.create(actor, top, SPRING)
    await asyncio.wait_for(there.heard.wait(), 10)
    assert await there.live.terms(site_ids=[top]) == [
        Term(made["id"], top, SPRING.name, SPRING.first_day, SPRING.last_day)
    ]


async def test_a_site_has_so_many_terms_and_no_more(
    process: Process, actor: Principal, sql: asyncpg.Connection
) -> None:
    top = await site(process, actor, "Top")
    await sql.execute(
        """
        insert into catalog.term (site_id, name, first_day, last_day)
        select $1, 'T' || n, date '2030-01-01' + n, date '2030-01-01' + n
        from generate_series(1, $2) as n
        """,
        top,
        TERMS_MAX,
    )
    with pytest.raises(Problem) as refused:
        await process.terms.create(actor, top, SPRING)
    assert (refused.value.status, refused.value.kind) == (409, "too-many-terms")


async def test_only_active_persons_are_named_by_a_policy(process: Process, actor: Principal) -> None:
    top = await site(process, actor, "Top")
    await process.rules.set_policy(actor, "site", top, {"approvers": [2]})
    for wrong, strangers in (
        ({"approvers": [2, 3]}, [3]),
        ({"escalates_to": [99]}, [99]),
        ({"approvers": [99], "escalates_to": [3]}, [3, 99]),
    ):
        with pytest.raises(Problem) as refused:
            await process.rules.set_policy(actor, "site", top, wrong)
        assert (refused.value.status, refused.value.kind) == (422, "unknown-approver")
        assert refused.value.more == {"person_ids": strangers}
    assert (await process.rules.policy("site", top))["own"] == {"approvers": [2]}
