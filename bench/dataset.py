"""A calendar to measure on: every resource with three reservations a day around the present, in no overlap."""

import asyncpg

from berth.modules.catalog.usecases.directory import CHANNEL, EVERYTHING

RESOURCES = """
insert into catalog.resource (name, kind, capacity, timezone, tags)
select
    'Room ' || to_char(number, 'FM00000'),
    'room',
    2 + number * 7 % 59,
    'Europe/Rome',
    case when number % 5 = 0 then array['projector'] else array[]::text[] end
from generate_series(1, $1) as number
returning id
"""

# A slot of four hours holds one reservation that begins within its first hour and lasts up to three, so
# none reaches the next slot. Slots lie from 08:00 to 20:00, half of them before today. Rows are stored in
# the order in which people would have made them: up to a month ahead.
DRAWN = """
create temporary table drawn as
select
    row_number() over (order by starts - random() * interval '30 days') + base.id as id,
    resource_id,
    starts,
    starts + make_interval(mins => 30 + 15 * floor(random() * 11)::int) as ends
from (
    select
        resource_id,
        date_trunc('day', now())
            + make_interval(
                days => (slot + 3000) / 3 - 1000,
                hours => 8 + 4 * ((slot + 3000) % 3),
                mins => 15 * floor(random() * 5)::int
            ) as starts
    from unnest($1::bigint[]) as resource_id
    cross join generate_series(-($2::int / 2), $2::int - $2::int / 2 - 1) as slot
) as slots
cross join (select last_value as id from booking.occupant_id_seq) as base
"""

# Nobody can sign in as these: no password has such a hash.
PEOPLE = """
insert into identity.person (username, email, name, role, password_hash)
select 'person' || number, 'person' || number || '@example.org', 'Person ' || number, 'user', '!'
from generate_series(1, 500) as number
on conflict do nothing
"""

RESERVATIONS = """
insert into booking.reservation (id, state, owner_id, created_by, title, starts, ends)
select drawn.id, 'ready', owner.id, owner.id, 'Meeting ' || drawn.id, starts, ends
from drawn
join (
    select id, row_number() over (order by id) - 1 as place, count(*) over () as people
    from identity.person
) as owner
    on owner.place = drawn.id % owner.people
order by drawn.id
"""

ALLOCATIONS = """
insert into booking.allocation (occupant_id, resource_id, kind, occupies)
select id, resource_id, 'reservation', tstzrange(starts, ends)
from drawn
order by id
"""


async def load(url: str, resources: int, reservations: int) -> list[int]:
    """Store so many new resources, with so many reservations among them, and answer the resources' ids.

    There may be up to 6,000 reservations for each resource; a Berth that serves the database hears of the resources.
    """
    connection = await asyncpg.connect(url, server_settings={"timezone": "UTC"})
    try:
        ids = [row["id"] for row in await connection.fetch(RESOURCES, resources)]
        await connection.execute("select pg_notify($1, $2)", CHANNEL, EVERYTHING)
        async with connection.transaction():
            await connection.execute("select setseed(0.5)")
            await connection.execute("drop table if exists drawn")
            await connection.execute(DRAWN, ids, reservations // resources)
            await connection.execute(PEOPLE)
            await connection.execute(RESERVATIONS)
            await connection.execute(ALLOCATIONS)
            await connection.execute("select setval('booking.occupant_id_seq', max(id)) from drawn")
        for table in ("catalog.resource", "identity.person", "booking.reservation", "booking.allocation"):
            await connection.execute(f"vacuum analyze {table}")
        return ids
    finally:
        await connection.close()
