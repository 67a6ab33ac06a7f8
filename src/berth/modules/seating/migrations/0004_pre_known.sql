-- What the buyer of a paid order knows of its performance: what was told when it was paid, or changed since.
alter table seat_order
    add column known_name text,
    add column known_starts timestamptz,
    add column known_ends timestamptz;

update seat_order
set known_name = performance.name,
    known_starts = performance.starts,
    known_ends = performance.ends
from performance
where performance.id = seat_order.performance_id
  and seat_order.state = 'paid';
