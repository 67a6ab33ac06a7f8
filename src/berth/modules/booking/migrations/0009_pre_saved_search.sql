-- A search that somebody keeps. `any_of` is what a resource has to be like, and `resource_ids` are those that are like
-- this and of which the rules let its owner have a slot in the time from `starts` to `ends`: for all of it, or for
-- `minutes` within it. `closes_at` is when there is nothing left to find. What is over is kept for a while.
create table search (
    id bigint generated always as identity,
    state text not null default 'live',
    owner_id bigint not null,
    owner_role text not null,
    name text not null,
    any_of jsonb not null,
    resource_ids bigint[] not null,
    starts timestamptz not null,
    ends timestamptz not null,
    minutes integer,
    closes_at timestamptz not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    constraint search_pk primary key (id),
    constraint search_state_known check (state in ('live', 'over')),
    constraint search_ends_after_start check (ends > starts),
    constraint search_length_positive check (minutes > 0),
    constraint search_end_known check ((state = 'live') = (ended_at is null))
);

-- Whom a resource that became free may interest. Searches are saved seldom and matched often: a list of what is not in
-- the index yet would have to be read each time.
create index search_resources on search using gin (resource_ids) with (fastupdate = off) where state = 'live';

-- "My searches".
create index search_owner on search (owner_id, id);

-- A person's searches that are not over have names of their own.
create unique index search_name_once on search (owner_id, name) where state = 'live';

-- What is over next, and what has been over for long.
create index search_closes_at on search (closes_at) where state = 'live';
create index search_ended_at on search (ended_at) where state = 'over';

-- How far each search that is not over has been watched; apart from it, for this changes often and the index of
-- resources is costly to change. What was freed up to the number `seen_id` has been looked at. `fresh_ids` are
-- resources that fit since then. `look_at` is when to look, none if there is nothing to look at; `told_at` is when its
-- owner was last told.
create table search_watch (
    search_id bigint not null,
    notify boolean not null,
    seen_id bigint not null,
    fresh_ids bigint[] not null default '{}',
    look_at timestamptz,
    told_at timestamptz,
    constraint search_watch_pk primary key (search_id)
);

create index search_watch_look_at on search_watch (look_at) where look_at is not null;

-- Time that became free while somebody is to be looked at; it goes once all of them have been. Numbers are given under a lock,
-- so that whoever has seen one has seen all before it. `briefly` tells that it was only kept, for a hold or an offer.
-- `person_ids` are those who know, for they had it or gave it back.
create table freed (
    id bigint generated always as identity,
    resource_id bigint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    briefly boolean not null,
    person_ids bigint[] not null,
    constraint freed_pk primary key (id),
    constraint freed_ends_after_start check (ends > starts)
);

-- What people were told of, by search.
create table search_told (
    search_id bigint not null,
    resource_id bigint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    told_at timestamptz not null
);

create index search_told_of on search_told (search_id, told_at);

-- The opening hours by which the resources of searches were last looked at: what is open beyond them is news.
create table search_hours (
    resource_id bigint not null,
    timezone text not null,
    opening jsonb,
    constraint search_hours_pk primary key (resource_id)
);
