-- Who did what. `sequence` runs 1, 2, 3 without gaps; `hash` is the SHA-256 of all other columns in the form
-- that docs/audit.md describes, the hash of the entry before included. `data` is the event as it came, to the
-- letter: `json` keeps the text, `jsonb` would not.
create table entry (
    sequence bigint not null,
    event text not null,
    type text not null,
    subject text not null,
    actor_id bigint,
    occurred_at timestamptz not null,
    recorded_at timestamptz not null,
    address text,
    trace_id text,
    data json not null,
    previous_hash bytea not null,
    hash bytea not null,
    constraint entry_pk primary key (sequence)
);

create index entry_subject on entry (subject, sequence);
create index entry_actor on entry (actor_id, sequence);
create index entry_type on entry (type, sequence);
create index entry_occurred_at on entry using brin (occurred_at);

-- The last entry. Its one row is the lock under which entries are appended.
create table head (
    one boolean not null default true,
    sequence bigint not null,
    hash bytea not null,
    constraint head_pk primary key (one),
    constraint head_one check (one)
);

insert into head (sequence, hash) values (0, decode(repeat('00', 32), 'hex'));

-- The last entry of each removal: the chain begins behind the newest.
create table checkpoint (
    sequence bigint not null,
    hash bytea not null,
    removed_at timestamptz not null default now(),
    constraint checkpoint_pk primary key (sequence)
);

create function refuse_change() returns trigger
language plpgsql
as $$
begin
    raise exception 'audit.% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create function refuse_removal() returns trigger
language plpgsql
as $$
begin
    if exists (
        select
        from removed
        where sequence > coalesce((select max(sequence) from audit.checkpoint), 0)
    ) then
        raise exception 'audit.entry is append-only; only audit.remove_before removes its oldest entries'
            using errcode = 'insufficient_privilege';
    end if;
    return null;
end
$$;

create trigger entry_unchanged
    before update or truncate on entry
    for each statement execute function refuse_change();

create trigger entry_not_removed
    after delete on entry
    referencing old table as removed
    for each statement execute function refuse_removal();

create trigger checkpoint_unchanged
    before update or delete or truncate on checkpoint
    for each statement execute function refuse_change();

-- Removes entries recorded before an instant, oldest first and `most` at once; answers how many. It runs with
-- the rights of the schema's owner: the module's own role may not delete.
create function remove_before(before timestamptz, most integer) returns bigint
language plpgsql
security definer
set search_path = audit, pg_temp
as $$
declare
    last bigint;
    removed bigint;
begin
    if before > now() - interval '1 day' then
        raise exception 'the record keeps at least the last day' using errcode = 'insufficient_privilege';
    end if;
    perform pg_advisory_xact_lock(hashtextextended('berth.audit.remove_before', 0));
    select coalesce(min(sequence) filter (where recorded_at >= before) - 1, max(sequence))
    into last
    from (
        select sequence, recorded_at
        from entry
        order by sequence
        limit most
    ) as oldest;
    insert into checkpoint (sequence, hash)
    select sequence, hash
    from entry
    where sequence = last;
    if not found then
        return 0;
    end if;
    delete from entry
    where sequence <= last;
    get diagnostics removed = row_count;
    return removed;
end
$$;
