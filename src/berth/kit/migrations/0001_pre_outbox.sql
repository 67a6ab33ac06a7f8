-- The events of one module, written in the transaction of the change they tell of.
-- `subject` names what changed (reservation/42), so that its events can be delivered in their order.
create table outbox (
    id bigint generated always as identity,
    type text not null,
    subject text not null,
    data jsonb not null,
    occurred_at timestamptz not null default now(),
    constraint outbox_pk primary key (id)
);
