"""What several administrators do at once leaves the catalogue sound."""

import asyncio
from collections.abc import Awaitable

import asyncpg
import pytest

from berth.kit.auth import Principal
from berth.kit.http.problem import Problem
from berth.modules.catalog.domain.resources import Particulars
from tests.database.catalog.conftest import Process


async def outcomes(*doings: Awaitable[object]) -> list[int]:
    """Answer the statuses, 200 for what was done."""
    found = await asyncio.gather(*doings, return_exceptions=True)
    for one in found:
        if isinstance(one, BaseException) and not isinstance(one, Problem):
            raise one
    return sorted(one.status if isinstance(one, Problem) else 200 for one in found)


async def site(process: Process, actor: Principal, name: str, parent_id: int | None = None) -> int:
    made = await process.sites.create(actor, parent_id=parent_id, name=name, kind="other", timezone=None)
    return made.site.id


async def test_two_moves_do_not_make_a_cycle_together(process: Process, actor: Principal) -> None:
    for number in range(10):
        one, two = await site(process, actor, f"A{number}"), await site(process, actor, f"B{number}")
        moves = [process.sites.edit(actor, one, {"parent_id": two}), process.sites.edit(actor, two, {"parent_id": one})]
        assert await outcomes(*moves) == [200, 409]
    assert len((await process.live.now()).places) == 20


async def test_of_many_who_take_a_name_one_gets_it(process: Process, actor: Principal) -> None:
    room = Particulars("R1", "room", timezone="UTC")
    assert await outcomes(*(process.resources.create(actor, room) for _ in range(8))) == [200] + [409] * 7
    assert await outcomes(*(site(process, actor, "Top") for _ in range(8))) == [200] + [409] * 7


async def test_of_many_who_change_one_version_one_may(process: Process, actor: Principal) -> None:
    room = (await process.resources.create(actor, Particulars("R1", "room", timezone="UTC"))).resource.id
    edits = [process.resources.edit(actor, room, {"capacity": 1 + n}, versions=[1]) for n in range(8)]
    assert await outcomes(*edits) == [200] + [412] * 7


async def test_rules_of_a_site_and_of_a_resource_do_not_contradict_together(process: Process, actor: Principal) -> None:
    top = await site(process, actor, "Top")
    for number in range(25):
        room = Particulars(f"R{number}", "room", site_id=top, timezone="UTC")
        room_id = (await process.resources.create(actor, room)).resource.id
        await process.rules.set_policy(actor, "site", top, {})
        found = await outcomes(
            process.rules.set_policy(actor, "site", top, {"minutes_min": 60}),
            process.rules.set_policy(actor, "resource", room_id, {"minutes_max": 30}),
        )
        assert found == [200, 422]
        await process.rules.set_policy(actor, "resource", room_id, {})


async def test_a_site_does_not_vanish_under_a_new_resource(process: Process, actor: Principal) -> None:
    for number in range(10):
        top = await site(process, actor, f"Top{number}")
        room = Particulars(f"R{number}", "room", site_id=top, timezone="UTC")
        assert await outcomes(process.sites.remove(actor, top), process.resources.create(actor, room)) in (
            [200, 409],
            [200, 422],
        )


async def test_two_imports_of_one_file_make_its_resources_once(process: Process, actor: Principal) -> None:
    sheet = b"name,kind,site,timezone\n" + b"".join(b"R%d,room,A/B,UTC\n" % n for n in range(200))
    reports = await asyncio.gather(*(process.transfer.import_csv(actor, sheet, dry_run=False) for _ in range(3)))
    assert sorted((one.created, one.unchanged, one.sites_created) for one in reports) == [
        (0, 200, 0),
        (0, 200, 0),
        (200, 0, 2),
    ]


async def test_every_change_tells_one_event_and_what_changes_nothing_tells_none(
    process: Process, actor: Principal, sql: asyncpg.Connection
) -> None:
    room = (await process.resources.create(actor, Particulars("R1", "room", timezone="UTC", tags=("a",)))).resource.id
    for _ in range(2):
        await process.resources.edit(actor, room, {"capacity": 3, "kind": "room"}, versions=None)
        await process.rules.set_policy(actor, "resource", room, {"minutes_max": 60})
        await process.resources.retire(actor, room)
        await process.tags.rename(actor, "a", "a")
    await process.tags.rename(actor, "a", "b")
    rows = await sql.fetch("select type, data->'changes' as changes from catalog.outbox order by id")
    assert [(row["type"].removeprefix("berth.catalog."), row["changes"]) for row in rows] == [
        ("resource_created.v1", None),
        ("resource_changed.v1", '["capacity"]'),
        ("resource_changed.v1", '["policy"]'),
        ("resource_changed.v1", '["retired"]'),
        ("resource_changed.v1", '["tags"]'),
    ]


@pytest.mark.parametrize("dry_run", [True, False])
async def test_a_bad_row_or_a_dry_run_leaves_nothing_behind(
    process: Process, actor: Principal, sql: asyncpg.Connection, dry_run: bool
) -> None:
    sheet = b"name,kind,site,timezone\nR1,room,A/B,UTC\n" + (b"" if dry_run else b"R2,room,,\n")
    if dry_run:
        report = await process.transfer.import_csv(actor, sheet, dry_run=True)
        assert (report.created, report.sites_created) == (1, 2)
    else:
        with pytest.raises(Problem) as refused:
            await process.transfer.import_csv(actor, sheet, dry_run=False)
        assert [(one["row"], one["column"]) for one in refused.value.more["errors"]] == [(3, "timezone")]
    for table in ("site", "resource", "outbox"):
        assert await sql.fetchval(f"select count(*) from catalog.{table}") == 0
