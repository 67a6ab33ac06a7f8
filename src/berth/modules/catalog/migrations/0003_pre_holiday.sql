-- Named days of a site on which nothing recurs, `last_day` included; they go with their site. A name comes again each
-- year, so only a name with its first day is there once.
create table holiday (
    id bigint generated always as identity,
    site_id bigint not null,
    name text not null,
    first_day date not null,
    last_day date not null,
    constraint holiday_pk primary key (id),
    constraint holiday_site foreign key (site_id) references site (id) on delete cascade,
    constraint holiday_once unique (site_id, name, first_day),
    constraint holiday_ends_after_it_begins check (first_day <= last_day)
);
