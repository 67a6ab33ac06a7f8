"""What the reconciliation asks of the database, over the schemas of all modules.

Each statement answers the ids of the reservations in which the modules disagree; ``$1``, where it is named, is
the instant before which everything should have been done.
"""

# A request of a module is wanted as long as booking awaits its answer, or has it, for a reservation that is not over.
_WANTED = """
    exists (
        select
        from booking.confirmation
        join booking.reservation
          on reservation.id = confirmation.reservation_id
        where confirmation.reservation_id = {request}.reservation_id
          and confirmation.request_id = {request}.{id}
          and confirmation.step = '{step}'
          and confirmation.standing in ('asked', 'given')
          and reservation.state in ('pending', 'ready', 'in_use')
    )
"""

QUOTA = f"""
select reservation_id as id
from quota.request
where state = 'held'
  and not {_WANTED.format(request="request", id="request_id", step="quota")}
"""

# A code opens by its newest permission that was settled, and may come to open by later ones.
_LIVE = """
    select permission.reservation_id, permission.request_id
    from access.permission
    join access.code
      on code.reservation_id = permission.reservation_id
     and code.ended is null
    where permission.valid_from is not null
      and not permission.withdrawn
      and permission.given <> 'refused'
      and not exists (
          select
          from access.permission as later
          where later.reservation_id = permission.reservation_id
            and later.request_id > permission.request_id
            and later.settled
            and not later.withdrawn
            and later.given = 'issued'
      )
"""

# A lock that was told of a permission and not of its end still opens, whatever the books say.
CODES = f"""
select reservation_id as id
from (
    {_LIVE}
    union
    select reservation_id, request_id
    from access.permission
    where lock in ('granting', 'granted', 'revoking')
) as opening
where not {_WANTED.format(request="opening", id="request_id", step="access")}
union
select reservation_id
from access.keypad
where reservation_id not in (select reservation_id from ({_LIVE}) as live)
union
select reservation_id
from access.code
where ended is not null
  and sealed is not null
"""

# Payments of one reservation together secure it, so that what is held for an earlier request counts as long as the
# reservation is not over. One that is over may keep what it cost in the end, and nothing may be under way. Accounts of
# orders of seats are no reservation's.
MONEY = f"""
select intent.reservation_id as id
from payments.intent
join payments.account
  on account.reservation_id = intent.reservation_id
 and account.of_what = 'reservation'
join payments.request
  on request.reservation_id = intent.reservation_id
 and request.id = intent.request_id
left join booking.reservation
  on reservation.id = intent.reservation_id
where intent.standing in ('begun', 'pending', 'authorised')
  and (reservation.id is null or reservation.state not in ('pending', 'ready', 'in_use'))
   or request.state in ('declined', 'withdrawn')
  and (intent.standing in ('begun', 'pending', 'authorised') or intent.captured_minor > intent.refunded_minor)
union
select account.reservation_id
from payments.account
join payments.intent
  on intent.reservation_id = account.reservation_id
join booking.reservation
  on reservation.id = account.reservation_id
 and reservation.state not in ('pending', 'ready', 'in_use')
group by account.reservation_id
having sum(intent.captured_minor - intent.refunded_minor) > max(coalesce(account.ended_cost_minor, 0))
union
select request.reservation_id
from payments.request
join payments.account
  on account.reservation_id = request.reservation_id
 and account.of_what = 'reservation'
 and account.ended_how is null
where request.state in ('open', 'given', 'settled')
  and not {_WANTED.format(request="request", id="id", step="payment")}
  and not exists (
      select
      from payments.request as later
      join booking.reservation
        on reservation.id = later.reservation_id
       and reservation.state in ('pending', 'ready', 'in_use')
      where later.reservation_id = request.reservation_id
        and later.id > request.id
        and later.state = 'settled'
  )
"""

LACKING = """
select reservation.id
from booking.reservation
join booking.confirmation
  on confirmation.reservation_id = reservation.id
 and confirmation.standing = 'given'
where reservation.state in ('ready', 'in_use')
  and not exists (
      select
      from booking.confirmation as other
      where other.reservation_id = confirmation.reservation_id
        and other.request_id = confirmation.request_id
        and other.standing = 'asked'
  )
  and case confirmation.step
      when 'quota' then not exists (
          select
          from quota.request
          where request.reservation_id = confirmation.reservation_id
            and request.request_id = confirmation.request_id
            and request.state = 'held'
      )
      when 'access' then not exists (
          select
          from access.permission
          join access.code
            on code.reservation_id = permission.reservation_id
           and code.ended is null
           and code.sealed is not null
          where permission.reservation_id = confirmation.reservation_id
            and permission.request_id = confirmation.request_id
            and permission.settled
            and not permission.withdrawn
            and permission.given = 'issued'
      )
      when 'payment' then not exists (
          select
          from payments.request
          join payments.account
            on account.reservation_id = request.reservation_id
           and account.ended_how is null
          where request.reservation_id = confirmation.reservation_id
            and request.id = confirmation.request_id
            and request.state = 'settled'
      )
      else false
  end
"""

# Those who finished keep what they used, which lies in the past; what is held for a move is held while it is asked.
ALLOCATIONS = """
select id
from booking.reservation
where state in ('pending', 'ready', 'in_use')
  and not exists (
      select
      from booking.allocation
      where occupant_id = reservation.id
        and kind = 'reservation'
        and active
  )
union
select reservation.id
from booking.reservation
join booking.allocation
  on allocation.occupant_id = reservation.id
 and allocation.active
where state in ('cancelled', 'no_show', 'expired')
   or not occupies @> tstzrange(starts, ends)
union
select coalesce(move.reservation_id, allocation.occupant_id)
from booking.allocation
left join booking.move
  on move.id = allocation.occupant_id
left join booking.reservation
  on reservation.id = move.reservation_id
where allocation.kind = 'move'
  and allocation.active
  and (
    reservation.state is null
    or reservation.state not in ('ready', 'in_use')
    or not exists (
        select
        from booking.confirmation
        where confirmation.request_id = move.id
          and standing = 'asked'
    )
  )
"""

# A clock that has struck lies in the inbox until it is heard.
STANDSTILL = """
select reservation_id as id
from booking.confirmation
where standing in ('asked', 'withdrawn', 'closing')
  and due_at < $1
union
select id
from booking.reservation
where state in ('pending', 'ready', 'in_use')
  and (
    ends < $1
    or not exists (
        select
        from booking.timer
        where key = 'reservation/' || reservation.id
    )
    and not exists (
        select
        from booking.inbox
        where group_name = 'timers'
          and subject = 'reservation/' || reservation.id
          and handled_at is null
    )
  )
"""

UNANSWERED = """
select reservation_id as id
from booking.confirmation
where standing in ('withdrawn', 'closing')
"""

ORPHANS = """
select reservation_id as id
from (
    select reservation_id
    from quota.request
    union
    select reservation_id
    from access.permission
    union
    select reservation_id
    from payments.account
    where of_what = 'reservation'
    union
    select reservation_id
    from booking.confirmation
    union
    select reservation_id
    from booking.move
    union
    select occupant_id
    from booking.allocation
    where kind = 'reservation'
) as kept
where reservation_id not in (select id from booking.reservation)
"""
