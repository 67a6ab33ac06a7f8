"""The event of a change of seats, as a part of the statement that changes them."""

# The event of what was changed, as a contract's `SeatsChanged`; $1 is the performance and $2 whoever did it.
TOLD = """
told as (
    insert into seating.outbox (type, subject, data, trace_parent, address)
    select
        'berth.seating.seats_changed.v1',
        'performance/' || $1::bigint,
        jsonb_build_object(
            'performance_id', $1::bigint,
            'actor_id', $2::bigint,
            'state', {state},
            'seats', coalesce((select jsonb_agg(jsonb_build_array(place, version) order by place) from seats), '[]'),
            'areas', coalesce(
                (
                    select jsonb_agg(jsonb_build_object('key', key, 'taken', taken, 'version', version) order by key)
                    from room
                ),
                '[]'
            ),
            'person_id', {person}
        ),
        {trace},
        {address}
    where exists (select from seats)
       or exists (select from room)
)
"""
