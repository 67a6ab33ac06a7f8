-- What the buyer of an order of seats was told of it, until some time after its performance. `number` is the place of
-- its last event in seating's outbox, `sequence` counts what was told, for calendars.
create table seat_order (
    id bigint not null,
    number bigint not null,
    sequence integer not null,
    state text not null,
    ends_at timestamptz not null,
    constraint seat_order_pk primary key (id),
    constraint seat_order_state_known check (state in ('pending', 'paid', 'cancelled'))
);
