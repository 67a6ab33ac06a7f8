"""What the reconciliation asks of holds and offers: slots that are kept for somebody, and only as long as they say.

``$1`` is the instant before which everything should have been done.
"""

KEPT = """
select occupant_id as id
from booking.allocation
where kind in ('hold', 'offer')
  and active
  and not exists (
      select
      from booking.hold
      where hold.id = occupant_id
        and expires_at >= $1
  )
  and not exists (
      select
      from booking.waitlist_entry
      where offer_id = occupant_id
        and state = 'offered'
        and expires_at >= $1
  )
union
select offer_id
from booking.waitlist_entry
where state = 'offered'
  and not exists (
      select
      from booking.allocation
      where occupant_id = offer_id
        and kind = 'offer'
        and active
  )
union
select id
from booking.hold
where not exists (
    select
    from booking.allocation
    where occupant_id = hold.id
      and kind = 'hold'
      and active
)
"""
