-- A hold keeps a slot while a person decides; an offer keeps one for whoever is next in line. Both are occupants like
-- any other, so that nobody reserves over them.
alter table allocation
    drop constraint allocation_kind_known,
    add constraint allocation_kind_known check (kind in ('reservation', 'blackout', 'move', 'hold', 'offer'));

-- A hold that is given back, runs out or becomes a reservation is gone from here; its events tell of it. The
-- reservation takes its number over.
create table hold (
    id bigint not null,
    owner_id bigint not null,
    resource_ids bigint[] not null,
    starts timestamptz not null,
    ends timestamptz not null,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    constraint hold_pk primary key (id),
    constraint hold_ends_after_start check (ends > starts),
    constraint hold_has_resources check (cardinality(resource_ids) > 0)
);

-- "My holds", and how many somebody has.
create index hold_owner on hold (owner_id, expires_at);

-- What lasted longer than its timer, which an operator may have dropped.
create index hold_expires_at on hold (expires_at);

-- Numbers are given under a lock, so that their order is that in which people joined.
create sequence waitlist_entry_id_seq as bigint cache 1;

-- Somebody waits for `resource_ids`: for all of them together or, if there is a search in `any_of`, for any one of
-- them, which are those that fit it. Without `minutes` it is for the whole time from `starts` to `ends`, else for so
-- many minutes within it. `closes_at` is when there is nothing left to wait for. An offer holds its slot under the
-- number `offer_id` until `expires_at`; who accepts it gets the reservation of that number.
create table waitlist_entry (
    id bigint not null,
    state text not null default 'waiting',
    owner_id bigint not null,
    owner_role text not null,
    resource_ids bigint[] not null,
    any_of jsonb,
    starts timestamptz not null,
    ends timestamptz not null,
    minutes integer,
    people integer not null,
    title text not null,
    description text,
    closes_at timestamptz not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    offer_id bigint,
    offer_resource_ids bigint[],
    offer_starts timestamptz,
    offer_ends timestamptz,
    offered_at timestamptz,
    expires_at timestamptz,
    constraint waitlist_entry_pk primary key (id),
    constraint waitlist_entry_state_known check (
        state in ('waiting', 'offered', 'accepted', 'declined', 'lapsed', 'left', 'expired')
    ),
    constraint waitlist_entry_ends_after_start check (ends > starts),
    constraint waitlist_entry_length_positive check (minutes > 0),
    constraint waitlist_entry_offer_whole check (
        num_nulls(offer_id, offer_resource_ids, offer_starts, offer_ends, offered_at, expires_at) in (0, 6)
    ),
    constraint waitlist_entry_offered_has_offer check (state not in ('offered', 'accepted') or offer_id is not null),
    constraint waitlist_entry_end_known check ((state in ('waiting', 'offered')) = (ended_at is null))
);

-- Who waits for a resource that is free again.
create index waitlist_entry_waiting on waitlist_entry using gin (resource_ids) where state = 'waiting';

-- "What I wait for", and how many entries somebody has.
create index waitlist_entry_owner on waitlist_entry (owner_id, id);

-- All that is under way, for the look that makes up for what was missed.
create index waitlist_entry_live on waitlist_entry (id) where state in ('waiting', 'offered');
