-- Who waits to be let in to the sale of a performance, and who is inside. Numbers are given under a lock, so that what
-- is committed later has a higher one. Half of each page is left free: everybody says every few seconds that they are
-- still there, which stays on its page and touches no index.
create sequence queue_number;

create table queue_place (
    performance_id bigint not null,
    person_id bigint not null,
    number bigint not null,
    asked_at timestamptz not null,
    admitted_at timestamptz,
    admitted_until timestamptz,
    constraint queue_place_pk primary key (performance_id, person_id),
    constraint queue_place_of_performance foreign key (performance_id) references performance (id),
    constraint queue_place_admitted_for_a_time check ((admitted_at is null) = (admitted_until is null))
) with (fillfactor = 50);

create index queue_place_waiting on queue_place (performance_id, number) where admitted_at is null;
create index queue_place_inside on queue_place (performance_id) where admitted_at is not null;

-- Since when people are let in, and how many were inside at most: whoever makes that many more is the first on their
-- place, and tells nothing of how soon places become free.
create table queue (
    performance_id bigint not null,
    opened_at timestamptz not null,
    inside_most integer not null,
    constraint queue_pk primary key (performance_id),
    constraint queue_of_performance foreign key (performance_id) references performance (id)
);

-- How many people got in lately to places that others had left, from which the estimate is made.
create table queue_succession (
    performance_id bigint not null,
    happened_at timestamptz not null,
    people integer not null,
    constraint queue_succession_pk primary key (performance_id, happened_at),
    constraint queue_succession_of_performance foreign key (performance_id) references performance (id)
);
