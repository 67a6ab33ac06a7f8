-- Named stretches of days at a site, `last_day` included. They are the site's own and go with it. The
-- one-number range stands for equality, so that no extension is needed.
create table term (
    id bigint generated always as identity,
    site_id bigint not null,
    name text not null,
    first_day date not null,
    last_day date not null,
    constraint term_pk primary key (id),
    constraint term_site foreign key (site_id) references site (id) on delete cascade,
    constraint term_name_once unique (site_id, name),
    constraint term_ends_after_it_begins check (first_day <= last_day),
    constraint term_no_overlap exclude using gist (
        int8range(site_id, site_id, '[]') with =,
        daterange(first_day, last_day, '[]') with &&
    )
);
