-- Reservations made before there were endings: those in the past have ended, and the others will in their time.
with over as (
    update reservation
    set state = 'finished',
        version = version + 1
    where state = 'ready'
      and ends <= now()
    returning id, version, ends
)
insert into reservation_change (reservation_id, version, what, actor_id, before, after, changed_at)
select id, version, 'finished', 0, '{"state": "ready"}', '{"state": "finished"}', ends
from over;

insert into timer (key, name, data, due_at)
select 'reservation/' || id, 'life', '{}', ends
from reservation
where state = 'ready'
on conflict on constraint timer_pk do nothing;
