"""Terms and holidays: the database keeps those of one site apart, and every change is told with what was before."""

import asyncio
from datetime import date

import asyncpg
import orjson
import pytest

from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.catalog.domain.days import HOLIDAYS, TERMS, Kind, Stretch
from tests.database.catalog.conftest import Process, Start
from tests.database.catalog.test_races import outcomes, site

SPRING = Stretch("Spring", date(2027, 3, 1), date(2027, 6, 30))
AUTUMN = Stretch("Autumn", date(2027, 9, 1), date(2028, 1, 31))

both = pytest.mark.parametrize("kind", [TERMS, HOLIDAYS], ids=lambda kind: kind.many)


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


async def test_of_many_equal_holidays_that_are_added_at_once_one_is_kept(process: Process, actor: Principal) -> None:
    top = await site(process, actor, "Top")
    found = await outcomes(*(process.holidays.create(actor, top, SPRING) for _ in range(8)))
    assert found == [200] + [409] * 7
    overlapping = Stretch("Other", SPRING.first_day, SPRING.last_day)
    await process.holidays.create(actor, top, overlapping)
    assert [one.name for one in await process.live.holidays(site_ids=[top])] == ["Spring", "Other"]


async def test_terms_that_share_a_day_overlap_and_terms_that_follow_do_not(process: Process, actor: Principal) -> None:
    top, other = await site(process, actor, "Top"), await site(process, actor, "Other")
    await process.terms.create(actor, top, SPRING)
    with pytest.raises(Problem) as refused:
        await process.terms.create(actor, top, Stretch("Late", SPRING.last_day, date(2027, 7, 30)))
    assert (refused.value.status, refused.value.kind) == (409, "term-overlap")
    await process.terms.create(actor, top, Stretch("Summer", date(2027, 7, 1), date(2027, 8, 31)))
    await process.terms.create(actor, other, SPRING)
    assert [term.name for term in await process.live.terms(site_ids=[other, top])] == ["Spring", "Spring", "Summer"]


@both
async def test_a_change_of_days_is_told_with_all_of_the_kind_before_and_after(
    process: Process, actor: Principal, sql: asyncpg.Connection, kind: Kind
) -> None:
    top = await site(process, actor, "Top")
    verbs = process.days(kind)
    made = await verbs.create(actor, top, SPRING)
    longer = Stretch("Spring", SPRING.first_day, date(2027, 7, 15))
    for _ in range(2):
        await verbs.replace(actor, top, made["id"], longer)
    await verbs.remove(actor, top, made["id"])
    spring = {"id": made["id"], "site_id": top, "name": "Spring", "first_day": "2027-03-01", "last_day": "2027-06-30"}
    extended = {**spring, "last_day": "2027-07-15"}
    assert [(one["changes"], one["before"], one["after"]) for one in await told(sql)] == [
        ([kind.many], {kind.many: []}, {kind.many: [spring]}),
        ([kind.many], {kind.many: [spring]}, {kind.many: [extended]}),
        ([kind.many], {kind.many: [extended]}, {kind.many: []}),
    ]


@both
async def test_refused_days_tell_nothing(
    process: Process, actor: Principal, sql: asyncpg.Connection, kind: Kind
) -> None:
    top = await site(process, actor, "Top")
    await process.days(kind).create(actor, top, SPRING)
    with pytest.raises(Problem):
        await process.days(kind).create(actor, top, SPRING)
    assert len(await told(sql)) == 1


async def test_a_second_term_of_one_name_is_refused(process: Process, actor: Principal) -> None:
    top = await site(process, actor, "Top")
    await process.terms.create(actor, top, SPRING)
    with pytest.raises(Problem) as refused:
        await process.terms.create(actor, top, Stretch("Spring", AUTUMN.first_day, AUTUMN.last_day))
    assert refused.value.kind == "name-taken"


@both
async def test_a_site_takes_its_days_with_it(
    process: Process, actor: Principal, sql: asyncpg.Connection, kind: Kind
) -> None:
    top = await site(process, actor, "Top")
    await process.days(kind).create(actor, top, SPRING)
    await process.sites.remove(actor, top)
    assert (await process.live.now()).days == {}
    assert await sql.fetchval(f"select count(*) from catalog.{kind.one}") == 0


@both
async def test_days_are_changed_at_their_own_site_alone(process: Process, actor: Principal, kind: Kind) -> None:
    top = await site(process, actor, "Top")
    floor = await site(process, actor, "Floor", top)
    verbs = process.days(kind)
    made = await verbs.create(actor, top, SPRING)
    assert await outcomes(verbs.remove(actor, floor, made["id"])) == [404]
    assert await outcomes(verbs.replace(actor, floor, made["id"], AUTUMN)) == [404]
    [inherited] = await verbs.list(floor)
    assert (inherited["name"], inherited["inherited"]) == ("Spring", True)


@both
async def test_another_process_hears_of_new_days(start: Start, actor: Principal, kind: Kind) -> None:
    here, there = await start(), await start()
    top = await site(here, actor, "Top")
    ask = {TERMS: there.live.terms, HOLIDAYS: there.live.holidays}[kind]
    assert await ask(site_ids=[top]) == []
    there.heard.clear()
    made = await here.days(kind).create(actor, top, SPRING)
    await asyncio.wait_for(there.heard.wait(), 10)
    assert await ask(site_ids=[top]) == [kind.value(made["id"], top, SPRING.name, SPRING.first_day, SPRING.last_day)]


@both
async def test_a_site_has_so_many_of_a_kind_and_no_more(
    process: Process, actor: Principal, sql: asyncpg.Connection, kind: Kind
) -> None:
    top = await site(process, actor, "Top")
    await sql.execute(
        f"""
        insert into catalog.{kind.one} (site_id, name, first_day, last_day)
        select $1, 'T' || n, date '2030-01-01' + n, date '2030-01-01' + n
        from generate_series(1, $2) as n
        """,
        top,
        kind.count_max,
    )
    with pytest.raises(Problem) as refused:
        await process.days(kind).create(actor, top, SPRING)
    assert (refused.value.status, refused.value.kind) == (409, f"too-many-{kind.many}")
    other = HOLIDAYS if kind is TERMS else TERMS
    assert (await process.days(other).create(actor, top, SPRING))["name"] == "Spring"
