-- What was reserved of a series at once and has to be confirmed. Its owner is told once, when all of it is decided.
-- `number` is the place of its event in booking's outbox: one that comes again is known, and so not told again.
create table making (
    number bigint not null,
    series_id bigint not null,
    made_at timestamptz not null,
    constraint making_pk primary key (number)
);

-- The occurrences that a making waits for, until it is told. How they stand is in `reservation`.
create table awaited (
    reservation_id bigint not null,
    number bigint not null,
    constraint awaited_pk primary key (reservation_id),
    constraint awaited_making foreign key (number) references making (number)
);

create index awaited_number on awaited (number);

-- Why a reservation was not confirmed, empty if nobody said; null if it was not refused.
alter table reservation
    add column refusal text;
