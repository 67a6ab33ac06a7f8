"""The catalogue in memory is the catalogue in the database, whatever happens in between."""

import asyncio
import contextlib
import random
from datetime import date
from typing import Any

import asyncpg
import pytest

from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.catalog.domain.days import Stretch
from berth.modules.catalog.domain.directory import Directory, directory
from berth.modules.catalog.domain.opening import read_opening
from berth.modules.catalog.domain.resources import Particulars
from berth.modules.catalog.domain.sites import place
from berth.modules.catalog.store.directory import read_all
from berth.modules.catalog.usecases import directory as live_directory
from tests.database.catalog.conftest import Process, Start

HOURS = read_opening({"weekly": {"friday": [["09:00", "17:00"]]}, "exceptions": {"2027-04-05": []}})
ROOM = Particulars("R1", "room", timezone="Europe/Rome")


async def stored(process: Process) -> Directory:
    sites, records, days = await read_all(process.doors.of("catalog"))
    return directory(place(sites), records, days)


async def change_something(process: Process, actor: Principal, chance: random.Random) -> None:
    """Do one random thing, which may be refused."""
    now = await process.live.now()
    site = chance.choice([None, *now.places])
    resource = chance.choice([None, *now.by_id])
    name = f"N{chance.randrange(8)}"
    owner, owner_id = ("site", site) if chance.random() < 0.5 else ("resource", resource)
    stated: dict[str, Any] = {
        "name": name,
        "site_id": site,
        "timezone": chance.choice([None, "Europe/Rome", "Asia/Tokyo"]),
        "tags": tuple(sorted(chance.sample("abcd", chance.randrange(3)))),
        "capacity": chance.choice([None, 4]),
    }
    sheet = f"name,kind,site,timezone,tags\n{name},room,{name}/Floor,UTC,a\nN9,room,{name},UTC,c\n"
    month = chance.randrange(1, 7)
    stretch = Stretch(name, date(2027, month, 1), date(2027, month + 1, 1))
    things = {
        "create site": lambda: process.sites.create(
            actor, parent_id=site, name=name, kind="other", timezone=stated["timezone"]
        ),
        "move site": lambda: process.sites.edit(
            actor, site or 1, {"parent_id": chance.choice([None, *now.places]), "timezone": stated["timezone"]}
        ),
        "remove site": lambda: process.sites.remove(actor, site or 1),
        "create": lambda: process.resources.create(actor, Particulars(kind="room", **stated)),
        "edit": lambda: process.resources.edit(actor, resource or 1, stated, versions=None),
        "retire": lambda: process.resources.retire(actor, resource or 1),
        "restore": lambda: process.resources.restore(actor, resource or 1),
        "policy": lambda: process.rules.set_policy(
            actor, owner, owner_id or 1, {chance.choice(["minutes_min", "minutes_max"]): chance.randrange(1, 99)}
        ),
        "new term": lambda: process.terms.create(actor, site or 1, stretch),
        "other term": lambda: process.terms.replace(actor, site or 1, chance.randrange(1, 9), stretch),
        "remove term": lambda: process.terms.remove(actor, site or 1, chance.randrange(1, 9)),
        "new holiday": lambda: process.holidays.create(actor, site or 1, stretch),
        "other holiday": lambda: process.holidays.replace(actor, site or 1, chance.randrange(1, 9), stretch),
        "remove holiday": lambda: process.holidays.remove(actor, site or 1, chance.randrange(1, 9)),
        "opening": lambda: process.rules.set_opening(actor, owner, owner_id or 1, chance.choice([None, HOURS])),
        "rename tag": lambda: process.tags.rename(actor, chance.choice("abcd"), chance.choice("abcd")),
        "delete tag": lambda: process.tags.delete(actor, chance.choice("abcd")),
        "import": lambda: process.transfer.import_csv(actor, sheet.encode(), dry_run=chance.random() < 0.5),
    }
    with contextlib.suppress(Problem):
        await things[chance.choice(list(things))]()


@pytest.mark.parametrize("seed", [1, 2])
async def test_memory_equals_the_database_after_every_random_change(
    process: Process, actor: Principal, sql: asyncpg.Connection, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(150):
        await change_something(process, actor, chance)
        assert await process.live.now() == await stored(process)
    kinds = await sql.fetchval("select count(distinct (type, data->>'changes')) from catalog.outbox")
    assert kinds >= 11, "too few kinds of changes were made to mean anything"


async def test_concurrent_random_changes_leave_memory_equal_to_the_database(process: Process, actor: Principal) -> None:
    async def client(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(25):
            await change_something(process, actor, chance)

    await asyncio.gather(*(client(seed) for seed in range(4)))
    assert await process.live.now() == await stored(process)


async def test_another_process_hears_of_a_change(start: Start, actor: Principal) -> None:
    here, there = await start(), await start()
    created = await here.resources.create(actor, ROOM)
    await there.live.now()
    there.heard.clear()
    await here.resources.edit(actor, created.resource.id, {"capacity": 12}, versions=None)
    await there.heard.wait()
    found = await there.live.resources(ids=[created.resource.id])
    assert found[created.resource.id].capacity == 12


async def test_a_change_of_a_site_reaches_what_is_below_it(process: Process, actor: Principal) -> None:
    campus = (await process.sites.create(actor, parent_id=None, name="C", kind="campus", timezone="UTC")).site.id
    floor = (await process.sites.create(actor, parent_id=campus, name="F", kind="floor", timezone=None)).site.id
    room = (await process.resources.create(actor, Particulars("R1", "room", site_id=floor))).resource.id
    await process.rules.set_policy(actor, "site", campus, {"minutes_max": 90})
    await process.sites.edit(actor, campus, {"timezone": "Asia/Tokyo"})
    [found] = (await process.live.resources(ids=[room, 999])).values()
    assert (found.timezone, found.policy.minutes_max) == ("Asia/Tokyo", 90)


async def test_a_reading_that_began_before_a_change_does_not_hide_it(
    process: Process, actor: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = (await process.resources.create(actor, ROOM)).resource.id
    was_read, go_on = asyncio.Event(), asyncio.Event()

    async def slow(*values: Any) -> Any:
        found = await read_all(*values)
        was_read.set()
        await go_on.wait()
        return found

    monkeypatch.setattr(live_directory, "read_all", slow)
    process.live.changed(None)
    early = asyncio.create_task(process.live.resources(ids=[room]))
    await was_read.wait()
    editing = asyncio.create_task(process.resources.edit(actor, room, {"capacity": 12}, versions=None))
    process.heard.clear()
    await process.heard.wait()
    late = asyncio.create_task(process.live.resources(ids=[room]))
    go_on.set()
    await asyncio.gather(early, editing)
    assert (await late)[room].capacity == 12
    assert (await process.live.resources(ids=[room]))[room].capacity == 12


async def test_a_failed_reading_is_made_up_for(
    process: Process, actor: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = (await process.resources.create(actor, ROOM)).resource.id

    async def broken(*_: Any) -> Any:
        raise OSError("no route")

    with monkeypatch.context() as patched:
        patched.setattr(live_directory, "read_all", broken)
        process.live.changed(None)
        with pytest.raises(OSError, match="no route"):
            await process.live.now()
    assert room in await process.live.resources(ids=[room])


async def test_without_news_every_question_goes_to_the_database(
    start: Start, actor: Principal, sql: asyncpg.Connection
) -> None:
    deaf = await start(hearing=False)
    room = (await deaf.resources.create(actor, ROOM)).resource.id
    await sql.execute("update catalog.resource set capacity = 12 where id = $1", room)
    assert (await deaf.live.resources(ids=[room]))[room].capacity == 12


async def test_without_news_those_who_ask_together_share_a_reading(
    start: Start, actor: Principal, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = await start(hearing=False)
    room = (await deaf.resources.create(actor, ROOM)).resource.id
    readings = 0

    async def counted(*values: Any) -> Any:
        nonlocal readings
        readings += 1
        return await read_all(*values)

    monkeypatch.setattr(live_directory, "read_all", counted)
    answers = await asyncio.gather(*(deaf.live.resources(ids=[room]) for _ in range(100)))
    assert all(room in found for found in answers)
    assert readings <= 2


async def test_after_missed_news_memory_is_read_anew(
    process: Process, actor: Principal, sql: asyncpg.Connection
) -> None:
    room = (await process.resources.create(actor, ROOM)).resource.id
    await sql.execute("update catalog.resource set capacity = 12 where id = $1", room)
    process.heard.clear()
    await sql.execute(
        """
        select pg_terminate_backend(pid)
        from pg_stat_activity
        where query like 'LISTEN%'
        and datname = current_database()
        """
    )
    await process.heard.wait()
    assert (await process.live.resources(ids=[room]))[room].capacity == 12
