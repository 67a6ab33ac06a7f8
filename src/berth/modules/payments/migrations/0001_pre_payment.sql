-- What administrators set. All that is given of the scope must fit; the closest price wins.
create table price (
    id bigint generated always as identity,
    version integer not null default 1,
    resource_id bigint,
    site_id bigint,
    kind text,
    tag text,
    unit text not null,
    amount_minor bigint not null,
    currency text not null,
    free_roles text[] not null,
    free_until_hours integer not null,
    kept_percent integer not null,
    constraint price_pk primary key (id),
    constraint price_once unique nulls not distinct (resource_id, site_id, kind, tag),
    constraint price_resource_stands_alone check (
        resource_id is null or (site_id is null and kind is null and tag is null)
    ),
    constraint price_amount_sound check (amount_minor >= 0),
    constraint price_kept_percent_sound check (kept_percent between 0 and 100)
);

-- A reservation, as far as money is concerned. Whoever changes anything of it locks this row first.
create table account (
    reservation_id bigint not null,
    payer_id bigint not null,
    charging boolean not null,
    ended_how text,
    ended_cost_minor bigint,
    constraint account_pk primary key (reservation_id),
    constraint account_end_is_whole check ((ended_how is null) = (ended_cost_minor is null))
);

-- The making of a reservation or a move of it. Without an agreement it is a tombstone, or was refused at once.
create table request (
    reservation_id bigint not null,
    id bigint not null,
    state text not null,
    agreement jsonb,
    owed_minor bigint not null,
    due_at timestamptz,
    reason text,
    returning_what text not null,
    closing boolean not null,
    answered text[] not null,
    constraint request_pk primary key (reservation_id, id),
    constraint request_of_account foreign key (reservation_id) references account (reservation_id)
);

-- A payment: its goal, and what the provider has confirmed. `key` names it to the provider; `state` is what people
-- are shown, worked out from the rest.
create table intent (
    id bigint generated always as identity,
    reservation_id bigint not null,
    request_id bigint not null,
    payer_id bigint not null,
    key text not null,
    amount_minor bigint not null,
    currency text not null,
    provider text not null,
    target_minor bigint not null,
    take boolean not null,
    early boolean not null,
    standing text not null,
    authorised_minor bigint not null,
    captured_minor bigint not null,
    refunded_minor bigint not null,
    reference text,
    client_secret text,
    error text,
    version integer not null,
    state text not null,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    constraint intent_pk primary key (id),
    constraint intent_one_for_each_request unique (reservation_id, request_id),
    constraint intent_key_once unique (key),
    constraint intent_of_request foreign key (reservation_id, request_id) references request (reservation_id, id),
    constraint intent_never_gives_back_more_than_it_took check (refunded_minor between 0 and captured_minor),
    constraint intent_never_takes_more_than_agreed check (captured_minor <= amount_minor)
);

create index intent_by_payer on intent (payer_id, id);

-- A webhook names the payment as the provider does.
create index intent_by_reference on intent (reference);
