"""What the reconciliation asks of allowances: whether they count what their reservations hold and have used."""

# A reservation that has several requests counts with the greatest of them.
SUMS = """
with held as (
    select allowance_id, holder_id, period, sum(amount)::bigint as amount
    from (
        select hold.reservation_id, allowance_id, holder_id, period, max(amount) as amount
        from quota.hold
        join quota.request
          on request.reservation_id = hold.reservation_id
         and request.request_id = hold.request_id
         and request.state = 'held'
        group by hold.reservation_id, allowance_id, holder_id, period
    ) as greatest
    group by allowance_id, holder_id, period
),
used as (
    select allowance_id, holder_id, period, sum(hold.used)::bigint as amount
    from quota.hold
    join quota.request
      on request.reservation_id = hold.reservation_id
     and request.request_id = hold.request_id
     and request.state = 'committed'
    group by allowance_id, holder_id, period
)
select distinct allowance_id as id
from quota.usage
full join held
    using (allowance_id, holder_id, period)
full join used
    using (allowance_id, holder_id, period)
where coalesce(usage.held, 0) <> coalesce(held.amount, 0)
   or coalesce(usage.used, 0) <> coalesce(used.amount, 0)
order by allowance_id
"""
