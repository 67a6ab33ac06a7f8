-- A rule by which reservations recur. Times without a zone are those of the wall clock in `timezone`. The rule is
-- read from `starts`; `begins` (included) and `ends_before` bound the part of it that is this series, so that the
-- two halves of a series that was split count on as one. An occurrence takes place `shift` after the time that the
-- rule gives. Occurrences up to `placed_until` were placed or passed over; `missed` are those that could not be
-- placed later on: `{"occurrence": …, "why": …}`.
create table series (
    id bigint generated always as identity,
    state text not null default 'active',
    owner_id bigint not null,
    created_by bigint not null,
    title text not null,
    description text,
    resource_ids bigint[] not null,
    timezone text not null,
    starts timestamp not null,
    length interval not null,
    rule text not null,
    exdates timestamp[] not null default '{}',
    rdates timestamp[] not null default '{}',
    begins timestamp,
    ends_before timestamp,
    shift interval not null default '0',
    term_id bigint,
    skip_holidays boolean not null default true,
    placed_until timestamp,
    missed jsonb not null default '[]',
    previous_id bigint,
    version integer not null default 1,
    cancel_reason text,
    created_at timestamptz not null default now(),
    constraint series_pk primary key (id),
    constraint series_state_known check (state in ('active', 'cancelled')),
    constraint series_has_resources check (cardinality(resource_ids) > 0),
    constraint series_has_length check (length > interval '0'),
    constraint series_previous foreign key (previous_id) references series (id)
);

-- "My series", the newest first.
create index series_owner on series (owner_id, id);

-- An occurrence is an ordinary reservation; `occurrence` is the time that the rule gives it, which stays its name
-- wherever it is moved.
alter table reservation
    add column series_id bigint,
    add column occurrence timestamp,
    add constraint reservation_occurrence_of_series check ((series_id is null) = (occurrence is null));

-- Each time of a series is placed once, whoever extends it at the same moment; and what belongs to a series is found.
create unique index reservation_once_in_series on reservation (series_id, occurrence) where series_id is not null;
