-- An auditorium or another place with seats; what is on there occupies its resource in booking. One that was removed
-- keeps its row, for what was sold there can still be read.
create table venue (
    id bigint generated always as identity,
    name text not null,
    resource_id bigint not null,
    map_version integer not null default 0,
    created_at timestamptz not null default now(),
    removed_at timestamptz,
    constraint venue_pk primary key (id),
    constraint venue_map_version_not_negative check (map_version >= 0)
);

create unique index venue_name_once on venue (name) where removed_at is null;
create unique index venue_resource_once on venue (resource_id) where removed_at is null;

-- Every version of a venue's map as it was saved; none is ever changed, for tickets were sold by it.
create table seat_map (
    venue_id bigint not null,
    version integer not null,
    content jsonb not null,
    seat_count integer not null,
    capacity integer not null,
    saved_by bigint not null,
    saved_at timestamptz not null,
    constraint seat_map_pk primary key (venue_id, version),
    constraint seat_map_venue foreign key (venue_id) references venue (id)
);
