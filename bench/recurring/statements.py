"""The plain SQL of a preview: what is in the way of each occurrence, and what is free instead."""

WANTED = """
select wanted.place, in_the_way.found, other.starts, elsewhere.id
from (
    select
        place,
        starts,
        ends,
        date_trunc('day', starts at time zone 'Europe/Rome') at time zone 'Europe/Rome' as day_starts,
        (date_trunc('day', starts at time zone 'Europe/Rome') + interval '1 day') at time zone 'Europe/Rome' as day_ends
    from unnest($2::timestamptz[], $3::timestamptz[]) with ordinality as listed (starts, ends, place)
    offset 0
) as wanted
left join lateral (
    select json_agg(json_build_array(lower(occupies), upper(occupies), kind) order by lower(occupies)) as found
    from booking.allocation
    where {IN_THE_WAY}
      and active
) as in_the_way on true
left join lateral (
    select greatest(gap.starts, least(wanted.starts, gap.ends - (wanted.ends - wanted.starts))) as starts
    from (
        select
            lag(upper(occupies), 1, wanted.day_starts) over (order by lower(occupies)) as starts,
            lower(occupies) as ends
        from booking.allocation
        where {THAT_DAY}
          and active
        union all
        select max(upper(occupies)), wanted.day_ends
        from booking.allocation
        where {THAT_DAY}
          and active
    ) as gap
    where in_the_way.found is not null
      and gap.ends - gap.starts >= wanted.ends - wanted.starts
    order by abs(
        extract(epoch from greatest(gap.starts, least(wanted.starts, gap.ends - (wanted.ends - wanted.starts))))
        - extract(epoch from wanted.starts)
    )
    limit 1
) as other on true
left join lateral (
    select resource.id
    from catalog.resource
    join catalog.resource as mine on mine.id = $1
    where in_the_way.found is not null
      and other.starts is null
      and resource.id <> $1
      and resource.kind = mine.kind
      and resource.capacity >= mine.capacity
      and resource.tags @> mine.tags
      and resource.retired_at is null
      and not exists (
          select
          from booking.allocation
          where allocation.resource_id = resource.id
            and lower(occupies) < wanted.ends
            and lower(occupies) > wanted.starts - interval '1 day'
            and upper(occupies) > wanted.starts
            and active
      )
    order by resource.capacity, resource.name
    limit 1
) as elsewhere on true
order by wanted.place
"""

BY_START = WANTED.replace(
    "{IN_THE_WAY}",
    """resource_id = $1
      and lower(occupies) > wanted.starts - interval '1 day'
      and lower(occupies) < wanted.ends
      and upper(occupies) > wanted.starts""",
).replace(
    "{THAT_DAY}",
    """resource_id = $1
          and lower(occupies) > wanted.day_starts - interval '1 day'
          and lower(occupies) < wanted.day_ends
          and upper(occupies) > wanted.day_starts""",
)

BY_CONSTRAINT = WANTED.replace(
    "{IN_THE_WAY}",
    """int8range(resource_id, resource_id, '[]') = int8range($1, $1, '[]')
      and occupies && tstzrange(wanted.starts, wanted.ends)""",
).replace(
    "{THAT_DAY}",
    """int8range(resource_id, resource_id, '[]') = int8range($1, $1, '[]')
          and occupies && tstzrange(wanted.day_starts, wanted.day_ends)""",
)
