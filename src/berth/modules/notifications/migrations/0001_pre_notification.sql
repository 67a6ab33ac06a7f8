-- Taken beforehand, so that one statement writes a notification and the event that tells of it.
create sequence notification_id_seq as bigint cache 1;

-- What a person is told. `data` is what the event said: the words are made when they are read, in the
-- reader's time zone. `subject` is the event's, such as reservation/42, and `created_at` when it happened.
-- A person's notifications are always asked for by person, so that the key serves the list, too.
create table notification (
    person_id bigint not null,
    id bigint not null,
    kind text not null,
    by_self boolean not null,
    subject text not null,
    data jsonb not null,
    created_at timestamptz not null,
    read_at timestamptz,
    constraint notification_pk primary key (person_id, id)
);

create index notification_unread on notification (person_id, id) where read_at is null;

-- For the daily job that forgets old ones. They come roughly in the order of time, so that a summary of
-- every few pages finds them, and costs a new one nothing.
create index notification_created_at on notification using brin (created_at);

-- What a person has switched on or off; the rest is at its default. `by_self` tells the confirmation of one's
-- own doings from the news of what others did.
create table preference (
    person_id bigint not null,
    kind text not null,
    by_self boolean not null,
    channel text not null,
    enabled boolean not null,
    constraint preference_pk primary key (person_id, kind, by_self, channel)
);
