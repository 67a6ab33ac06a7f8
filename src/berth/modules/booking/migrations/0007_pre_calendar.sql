-- A blackout that a calendar from outside asks for names its source, and the resource, of which it may hold
-- nothing at all where reservations were first.
alter table blackout
    add column source text,
    add column resource_id bigint,
    add constraint blackout_source_has_resource check ((source is null) = (resource_id is null));

create index blackout_source on blackout (source, ends) where source is not null;

-- How far each calendar from outside has been followed: what was said before that is not heard any more.
create table calendar_source (
    source text not null,
    number bigint not null,
    constraint calendar_source_pk primary key (source)
);
