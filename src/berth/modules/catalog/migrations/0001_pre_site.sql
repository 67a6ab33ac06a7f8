-- A tree of places. `policy` holds only the members that are set here; `opening` is null if the hours
-- are those of the parent. Names may be equal in different places, also at the top (nulls not distinct).
create table site (
    id bigint generated always as identity,
    parent_id bigint,
    name text not null,
    kind text not null,
    timezone text,
    policy jsonb not null default '{}',
    opening jsonb,
    constraint site_pk primary key (id),
    constraint site_parent foreign key (parent_id) references site (id),
    constraint site_name_once unique nulls not distinct (parent_id, name),
    constraint site_kind_known check (kind in ('campus', 'building', 'floor', 'other')),
    constraint site_not_below_itself check (parent_id <> id)
);

-- A thing with a calendar. `timezone` is null if it is that of the site. `version` counts the changes
-- of what is shown of the resource, for If-Match. Imports find a resource by its name.
create table resource (
    id bigint generated always as identity,
    name text not null,
    kind text not null,
    site_id bigint,
    capacity integer,
    timezone text,
    tags text[] not null default '{}',
    description text not null default '',
    attributes jsonb not null default '{}',
    policy jsonb not null default '{}',
    opening jsonb,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    retired_at timestamptz,
    constraint resource_pk primary key (id),
    constraint resource_name_once unique (name),
    constraint resource_site foreign key (site_id) references site (id),
    constraint resource_capacity_positive check (capacity >= 1)
);

-- What is in a site: asked whenever one is removed.
create index resource_site_id on resource (site_id);
