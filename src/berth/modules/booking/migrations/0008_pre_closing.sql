-- What a closing made of all that was in its way: `items` holds each thing, what it was and what became of it. The
-- blackout has the same number, and may be lifted; this stays. `digest` names the picture that was confirmed, so that
-- whoever confirms it twice is answered the same.
create table closing (
    id bigint not null,
    resource_id bigint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    digest text not null,
    items jsonb not null,
    created_by bigint not null,
    created_at timestamptz not null,
    constraint closing_pk primary key (id),
    constraint closing_ends_after_start check (ends > starts)
);

-- Closings that may still take what becomes free in their time.
create index closing_of_resource on closing (resource_id, ends);

-- An Idempotency-Key may be that of many operations, of which none need have made a reservation: whether they were
-- done is then not to be seen by one.
alter table idempotency add column done boolean not null default false;
