"""What waits is counted: in outboxes, parcels and inboxes, and among the dead."""

from dataclasses import replace

from berth.kit.outbox.watching import Backlog, GroupBacklog, backlog
from tests.database.spine.conftest import Harbour, ShipSighted


async def test_nothing_waits(harbour: Harbour) -> None:
    async with harbour.database.connection() as connection:
        found = await backlog(connection, ["harbour", "pilots"], {"pilots": ["logbook"]})
    assert found == [
        Backlog("harbour", 0, None, []),
        Backlog("pilots", 0, None, [GroupBacklog("logbook", 0, None, 0, 0)]),
    ]


async def test_what_waits_is_counted_by_group_with_the_age_of_the_oldest(harbour: Harbour) -> None:
    await harbour.sight(ShipSighted(1, 0), ShipSighted(1, 1))
    async with harbour.database.transaction() as connection:
        await connection.execute("update harbour.outbox set occurred_at = now() - interval '60 s' where id = 1")
        await connection.execute(
            """
            insert into pilots.inbox
                (group_name, source, number, type, subject, data, occurred_at, attempts, handled_at)
            values
                ('ears', 'harbour', 1, 't', 's', '{}', now() - interval '40 s', 2, null),
                ('ears', 'harbour', 2, 't', 's', '{}', now(), 0, null),
                ('ears', 'harbour', 3, 't', 's', '{}', now() - interval '1 day', 0, now()),
                ('logbook', 'harbour', 1, 't', 's', '{}', now(), 0, null)
            """
        )
        await connection.execute(
            """
            insert into pilots.parcel (group_name, source, numbers, handed_on_at)
            values
                ('logbook', 'harbour', '{2,3,4}', now() - interval '20 s'),
                ('radio', 'harbour', '{2}', now())
            """
        )
        await connection.execute(
            """
            insert into pilots.dead_letter
                (group_name, source, number, type, subject, data, occurred_at, attempts, error)
            values ('rescue', 'harbour', 9, 't', 's', '{}', now(), 10, 'sunk')
            """
        )
        wrote, listens = await backlog(connection, ["harbour", "pilots"])
    assert wrote.unpublished == 2
    assert 60 <= wrote.oldest_unpublished_seconds < 90
    assert [replace(one, oldest_waiting_seconds=None) for one in listens.groups] == [
        GroupBacklog("ears", waiting=2, failing=1),
        GroupBacklog("logbook", waiting=4),
        GroupBacklog("radio", waiting=1),
        GroupBacklog("rescue", dead=1),
    ]
    ages = {one.group: one.oldest_waiting_seconds for one in listens.groups}
    assert 40 <= ages["ears"] < 60, "what was handled is not waited for"
    assert 20 <= ages["logbook"] < 40
    assert ages["rescue"] is None
