"""What the reconciliation asks of performances and orders: whether venues, seats and payments agree with them."""

# What a manual refund or a slow provider has still to do is `$1` old at the most. What costs nothing has no payment.
ORDERS = """
select seat_order.id
from seating.seat_order
left join (
    select reservation_id, sum(captured_minor - refunded_minor) as taken_minor
    from payments.intent
    group by reservation_id
) as paid on paid.reservation_id = seat_order.id
where seat_order.amount_minor > 0
  and (
      (state = 'paid' and changed_at < $1 and coalesce(paid.taken_minor, 0) <> amount_minor)
      or (state = 'cancelled' and changed_at < $1 and coalesce(paid.taken_minor, 0) <> coalesce(kept_minor, 0))
      or (state = 'pending' and due_at < $1)
  )
order by seat_order.id
"""

# True at every instant: a seat that is held or sold belongs to the one hold or order that names it, and each of
# those has all its seats. The ids are those of performances.
SEATS = """
with owned as (
    select performance_id, unnest(places) as place, id as holder, 'held' as state, true as is_owned
    from seating.seat_hold
    where state = 'active'
    union all
    select
        performance_id,
        unnest(places),
        hold_id,
        case state when 'paid' then 'sold' else 'held' end,
        true
    from seating.seat_order
    where state <> 'cancelled'
),
had as (
    select performance_id, place, holder, state, true as is_had
    from seating.seat
    where state in ('held', 'sold')
)
select distinct performance_id as id
from had
full join owned
    using (performance_id, place, holder, state)
where is_had is null
   or is_owned is null
order by performance_id
"""

# A performance that is on keeps its venue closed for its time, and no other does. What is changed or cancelled takes
# minutes to be so at the most, for which a timer of seating looks.
VENUES = """
with kept as (
    select
        substring(source from '^performance/([0-9]+)$')::bigint as id,
        resource_id,
        starts,
        ends,
        true as is_kept
    from booking.blackout
    where source like 'performance/%'
),
wanted as (
    select id, resource_id, starts, ends, true as is_wanted
    from seating.performance
    where state = 'scheduled'
)
select distinct id
from kept
full join wanted
    using (id, resource_id, starts, ends)
where (is_kept is null or is_wanted is null)
  and not exists (
      select
      from seating.timer
      where key = 'venue/' || id
  )
order by id
"""
