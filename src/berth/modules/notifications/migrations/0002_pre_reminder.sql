-- What is known of each reservation from its events, until some time after its end. `number` is the last event's
-- in booking's outbox: an older one that comes late changes nothing. `sequence` counts the events, for calendars.
-- `placed_at` is when it was last made, confirmed or moved. `remind_at` is when its owner is reminded, none is
-- never; `reminded_start` is the start of which that was done.
create table reservation (
    id bigint not null,
    number bigint not null,
    sequence integer not null,
    owner_id bigint not null,
    title text not null,
    resource_ids bigint[] not null,
    state text not null,
    starts_at timestamptz not null,
    ends_at timestamptz not null,
    placed_at timestamptz not null,
    remind_at timestamptz,
    reminded_start timestamptz,
    constraint reservation_pk primary key (id)
);

create index reservation_remind_at on reservation (remind_at) where remind_at is not null;

-- For a person who changes when to be reminded.
create index reservation_owner on reservation (owner_id) where state = 'ready';

-- How many hours before the start a person is reminded; none is never, and no row is the default.
create table reminder (
    person_id bigint not null,
    hours smallint,
    constraint reminder_pk primary key (person_id),
    constraint reminder_hours_range check (hours between 1 and 168)
);
