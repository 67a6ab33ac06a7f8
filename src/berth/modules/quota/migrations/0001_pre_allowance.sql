-- What may be reserved in a period. One that was removed keeps its row, so that what it counted can be read.
create table allowance (
    id bigint generated always as identity,
    name text not null,
    unit text not null,
    amount bigint not null,
    per text not null,
    kind text,
    tag text,
    site_id bigint,
    role text,
    person_id bigint,
    shared boolean not null,
    created_at timestamptz not null default now(),
    removed_at timestamptz,
    constraint allowance_pk primary key (id),
    constraint allowance_unit_known check (unit in ('minutes', 'count')),
    constraint allowance_per_known check (per in ('day', 'week', 'month', 'term')),
    constraint allowance_amount_not_negative check (amount >= 0),
    constraint allowance_for_one_or_many check (person_id is null or (role is null and not shared))
);

create unique index allowance_name_once on allowance (name) where removed_at is null;

-- Those that count for somebody: the ones of no person in particular, and the person's own.
create index allowance_person on allowance (person_id) where removed_at is null;

-- One row for each allowance, holder and period: where reservations meet that want the same. It is locked
-- before anything is taken out of it, rows in the order of their keys, so that nobody waits in a circle.
-- The holder 0 stands for all whom a shared allowance is for. What is left is not kept: it is the allowance's
-- amount and what was granted, without what is held and used. Half-empty pages let a busy row be
-- rewritten where it is.
create table usage (
    allowance_id bigint not null,
    holder_id bigint not null,
    period text not null,
    granted bigint not null default 0,
    held bigint not null default 0,
    used bigint not null default 0,
    constraint usage_pk primary key (allowance_id, holder_id, period),
    constraint usage_allowance foreign key (allowance_id) references allowance (id),
    constraint usage_held_not_negative check (held >= 0),
    constraint usage_used_not_negative check (used >= 0)
) with (fillfactor = 50);

-- What is over for a reservation, whether its requests were seen or are still to come; locked first of all.
create table reservation (
    id bigint not null,
    over_until bigint not null default 0,
    settled_until bigint not null default 0,
    constraint reservation_pk primary key (id)
) with (fillfactor = 50);

-- What became of each request, and the event that it was answered with: asked again, it is answered the same.
create table request (
    reservation_id bigint not null,
    request_id bigint not null,
    state text not null,
    answer_type text,
    answer jsonb,
    constraint request_pk primary key (reservation_id, request_id),
    constraint request_state_known check (state in ('held', 'denied', 'released', 'committed')),
    constraint request_answer_whole check ((answer_type is null) = (answer is null))
) with (fillfactor = 70);

-- What a request was given of one allowance, and what was used of it. A reservation that has several requests
-- counts with the greatest of them.
create table hold (
    reservation_id bigint not null,
    request_id bigint not null,
    allowance_id bigint not null,
    holder_id bigint not null,
    period text not null,
    unit text not null,
    owner_id bigint not null,
    amount bigint not null,
    used bigint not null default 0,
    constraint hold_pk primary key (reservation_id, request_id, allowance_id),
    constraint hold_request foreign key (reservation_id, request_id) references request (reservation_id, request_id),
    constraint hold_used_of_amount check (used between 0 and amount)
) with (fillfactor = 70);

-- Who has how much of an allowance in a period.
create index hold_allowance on hold (allowance_id, period, owner_id);

-- What administrators gave, or took away if the amount is negative, beside the allowance's own amount.
create table allowance_grant (
    id bigint generated always as identity,
    allowance_id bigint not null,
    holder_id bigint not null,
    period text not null,
    amount bigint not null,
    reason text not null,
    actor_id bigint not null,
    created_at timestamptz not null,
    constraint allowance_grant_pk primary key (id),
    constraint allowance_grant_allowance foreign key (allowance_id) references allowance (id)
);

create index allowance_grant_of on allowance_grant (allowance_id, id);
