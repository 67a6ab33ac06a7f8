-- What this module is to do in the world outside the database, such as a call of another service: asked for in
-- the transaction of the change that wants it, done after it has committed, and tried again until it is done.
-- `number` tells an errand from a later one of the same key. `given_up_at` is set after its last try.
create table errand (
    key text not null,
    number bigint generated always as identity,
    name text not null,
    data jsonb not null,
    trace_parent text,
    address text,
    attempts integer not null default 0,
    due_at timestamptz not null,
    given_up_at timestamptz,
    error text,
    constraint errand_pk primary key (key)
);

create index errand_due on errand (due_at) where given_up_at is null;
