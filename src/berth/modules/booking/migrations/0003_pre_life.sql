-- How early one may come, and after how many minutes a slot is lost to whoever has not (null: never). They are
-- those of the policy when the reservation was made. Who cancelled and when decides what that costs.
alter table reservation
    add column early_minutes integer not null default 15,
    add column no_show_minutes integer,
    add column cancelled_by text,
    add column cancelled_at timestamptz;

-- While a move waits for its confirmations, it holds what the reservation has not: of one resource that may be
-- a piece before and a piece behind.
alter table allocation
    add column piece smallint not null default 1,
    drop constraint allocation_pk,
    add constraint allocation_pk primary key (occupant_id, resource_id, piece),
    drop constraint allocation_kind_known,
    add constraint allocation_kind_known check (kind in ('reservation', 'blackout', 'move'));

-- A move that is to be confirmed; its number is that of its request, and the occupant of its allocations.
-- `occupies` is what the reservation will occupy of each resource, in their order.
create table move (
    id bigint not null,
    reservation_id bigint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    resource_ids bigint[] not null,
    occupies tstzrange[] not null,
    constraint move_pk primary key (id),
    constraint move_ends_after_start check (ends > starts)
);

-- How each step of each request stands. `due_at` is until when an answer is awaited, `tries` how often it was
-- asked for. `actor_id` is whose wish the request is.
create table confirmation (
    reservation_id bigint not null,
    request_id bigint not null,
    step text not null,
    standing text not null,
    actor_id bigint not null,
    due_at timestamptz,
    tries integer not null default 1,
    reason text,
    constraint confirmation_pk primary key (reservation_id, request_id, step),
    constraint confirmation_standing_known check (
        standing in ('asked', 'given', 'refused', 'withdrawn', 'undone', 'closing', 'closed', 'replaced')
    )
);

-- Who may decide on a request. `asked_at` is when those who may now were asked; `escalated` tells whether that is
-- for the second time.
create table approval (
    request_id bigint not null,
    reservation_id bigint not null,
    approver_ids bigint[] not null,
    escalates_to bigint[] not null,
    hours_max integer not null,
    asked_at timestamptz not null,
    reminded boolean not null default false,
    escalated boolean not null default false,
    decided_by bigint,
    decided_at timestamptz,
    approved boolean,
    message text,
    constraint approval_pk primary key (request_id)
);

-- An approver's inbox.
create index approval_open on approval using gin (approver_ids) where decided_at is null;
