-- One sequence numbers everything that can occupy a resource, so that an allocation names its
-- occupant by one number, whatever kind it is.
create sequence occupant_id_seq as bigint cache 1;

create table reservation (
    id bigint not null,
    state text not null,
    owner_id bigint not null,
    created_by bigint not null,
    title text not null,
    description text,
    starts timestamptz not null,
    ends timestamptz not null,
    version integer not null default 1,
    cancel_reason text,
    created_at timestamptz not null default now(),
    constraint reservation_pk primary key (id),
    constraint reservation_state_known check (
        state in ('held', 'pending', 'ready', 'in_use', 'finished', 'cancelled', 'expired', 'no_show')
    ),
    constraint reservation_ends_after_start check (ends > starts)
);

-- "My reservations".
create index reservation_owner_starts on reservation (owner_id, starts, id);

-- An administrator's list within a time. People reserve roughly in the order of time, so a summary of
-- every few pages finds the place, and costs a new reservation nothing, where a tree would cost a twentieth.
create index reservation_starts on reservation using brin (starts);

create table blackout (
    id bigint not null,
    reason text not null,
    starts timestamptz not null,
    ends timestamptz not null,
    created_by bigint not null,
    created_at timestamptz not null default now(),
    constraint blackout_pk primary key (id),
    constraint blackout_ends_after_start check (ends > starts)
);

-- Everything that occupies a resource, at any time, is a row here; `no_overlap` is Berth's one invariant.
-- `occupies` is the reserved time with set-up and tear-down. A row whose occupant has ended keeps its
-- place in history with `active` false. The one-number range stands for equality, so that no extension
-- is needed.
create table allocation (
    occupant_id bigint not null,
    resource_id bigint not null,
    kind text not null,
    occupies tstzrange not null,
    active boolean not null default true,
    constraint allocation_pk primary key (occupant_id, resource_id),
    constraint allocation_kind_known check (kind in ('reservation', 'blackout')),
    constraint allocation_occupies_something check (
        not isempty(occupies) and lower_inc(occupies) and not upper_inc(occupies)
        and not lower_inf(occupies) and not upper_inf(occupies)
    ),
    constraint no_overlap exclude using gist (
        int8range(resource_id, resource_id, '[]') with =,
        occupies with &&
    ) where (active)
);

-- What happened to a reservation after it was created; `before` and `after` hold the members that changed.
create table reservation_change (
    reservation_id bigint not null,
    version integer not null,
    what text not null,
    actor_id bigint not null,
    before jsonb not null,
    after jsonb not null,
    changed_at timestamptz not null default now(),
    constraint reservation_change_pk primary key (reservation_id, version)
);

-- The first answer to each Idempotency-Key. `answer` is what success says; it was given if and only if
-- the reservation exists, so one insert claims the key and states the outcome. Otherwise `refusal` is
-- the problem that was answered.
create table idempotency (
    caller_id bigint not null,
    key text not null,
    fingerprint bytea not null,
    reservation_id bigint not null,
    answer text not null,
    refusal text,
    claimed_at timestamptz not null default now(),
    constraint idempotency_pk primary key (caller_id, key)
);
