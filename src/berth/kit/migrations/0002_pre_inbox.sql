-- `published_at` is when the event was handed on: to the inboxes of this database, or to the broker.
-- `trace_parent` and `address` are those of the request that caused it.
alter table outbox
    add column published_at timestamptz,
    add column trace_parent text,
    add column address text;

-- What is still to be handed on. Never read by "greater than the last id": ids do not commit in order.
create index outbox_unpublished on outbox (id) where published_at is null;

-- The events that the groups of this module listen to, in the order in which they came. A row stays for
-- some days after it was handled: it is what tells that an event which comes again was handled before.
-- `source` and `number` name the event; a timer that fell due has the source `timer`.
create table inbox (
    id bigint generated always as identity,
    group_name text not null,
    source text not null,
    number bigint not null,
    type text not null,
    subject text not null,
    data jsonb not null,
    occurred_at timestamptz not null,
    trace_parent text,
    address text,
    attempts integer not null default 0,
    due_at timestamptz,
    handled_at timestamptz,
    constraint inbox_pk primary key (id),
    constraint inbox_once unique (group_name, source, number)
);

create index inbox_waiting on inbox (group_name, id) where handled_at is null;

-- Events that kept failing, until an operator has them handled again or drops them. The row of the inbox
-- stays, as handled.
create table dead_letter (
    id bigint generated always as identity,
    group_name text not null,
    source text not null,
    number bigint not null,
    type text not null,
    subject text not null,
    data jsonb not null,
    occurred_at timestamptz not null,
    trace_parent text,
    address text,
    attempts integer not null,
    error text not null,
    died_at timestamptz not null default now(),
    constraint dead_letter_pk primary key (id),
    constraint dead_letter_once unique (group_name, source, number)
);

-- What this module is to do at a time, unless it is cancelled before.
create table timer (
    key text not null,
    number bigint generated always as identity,
    name text not null,
    data jsonb not null,
    due_at timestamptz not null,
    constraint timer_pk primary key (key)
);

create index timer_due on timer (due_at);

-- Events of this database's own outboxes, handed on together: the numbers of many in one row, for a group.
-- A parcel is handled and deleted in one transaction; if that fails, its events are put into the inbox one by
-- one. The events themselves stay in the outbox until they are forgotten.
create table parcel (
    id bigint generated always as identity,
    group_name text not null,
    source text not null,
    numbers bigint[] not null,
    handed_on_at timestamptz not null default now(),
    constraint parcel_pk primary key (group_name, id)
);
