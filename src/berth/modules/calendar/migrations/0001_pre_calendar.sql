-- Private addresses of feeds: `token_hash` is all that is kept of the secret in one. What is shown is of a person, a
-- resource, or a site and all below it, by `subject_id`. `content_hash` and `changed_at` tell when what it shows
-- changed last, as far as anybody has looked.
create table feed (
    id bigint generated always as identity,
    token_hash bytea not null,
    kind text not null,
    subject_id bigint not null,
    titles boolean not null,
    created_by bigint not null,
    created_at timestamptz not null,
    read_at timestamptz,
    content_hash bytea,
    changed_at timestamptz,
    constraint feed_pk primary key (id),
    constraint feed_token_once unique (token_hash),
    constraint feed_kind_known check (kind in ('person', 'resource', 'site'))
);

create index feed_of_maker on feed (created_by, id);

-- Passwords that people give to calendar programs in place of their own.
create table app_password (
    id bigint generated always as identity,
    secret_hash bytea not null,
    person_id bigint not null,
    name text not null,
    created_at timestamptz not null,
    used_at timestamptz,
    constraint app_password_pk primary key (id),
    constraint app_password_secret_once unique (secret_hash)
);

create index app_password_of_person on app_password (person_id, id);

-- Calendars from outside, by address or as an uploaded file. `number` grows when the busy times are replaced.
-- `read_at` is when it was read as a whole, `fetched_at` when its server last said how it is, `tried_at` when it was
-- last asked, and `error` why that failed; `unreadable` counts how often in a row it could not be read. One that was removed stays until what it closed is open again.
create table subscription (
    id bigint generated always as identity,
    kind text not null,
    subject_id bigint not null,
    name text not null,
    url text,
    file bytea,
    created_by bigint not null,
    created_at timestamptz not null,
    number bigint not null default 0,
    etag text,
    last_modified text,
    read_at timestamptz,
    fetched_at timestamptz,
    tried_at timestamptz,
    error text,
    unreadable integer not null default 0,
    next_at timestamptz not null,
    removed_at timestamptz,
    constraint subscription_pk primary key (id),
    constraint subscription_kind_known check (kind in ('person', 'resource')),
    constraint subscription_has_one_source check ((url is null) <> (file is null))
);

create index subscription_of_subject on subscription (kind, subject_id);

create index subscription_next on subscription (next_at);

-- What each of them said last: this holds until it says something else.
create table busy (
    subscription_id bigint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    title text not null,
    constraint busy_of_subscription foreign key (subscription_id) references subscription (id) on delete cascade,
    constraint busy_ends_after_start check (ends > starts)
);

create index busy_by_start on busy (subscription_id, starts);

-- What a person's collection held when a client was told a token: from it and what there is now follows what changed.
-- `members` has the ETag of each reservation by its id.
create table sync_state (
    person_id bigint not null,
    number bigint not null,
    members jsonb not null,
    created_at timestamptz not null,
    constraint sync_state_pk primary key (person_id, number)
);
