-- What is on in a venue. While it is `opening`, booking has not said yet whether the venue's resource is free for it.
-- `prices` are minor units by category; `seats_taken_max` is for each person, `admitted_max` for the waiting room.
create table performance (
    id bigint generated always as identity,
    version integer not null default 1,
    venue_id bigint not null,
    map_version integer not null,
    resource_id bigint not null,
    name text not null,
    description text,
    timezone text not null,
    starts timestamptz not null,
    ends timestamptz not null,
    sales_start timestamptz not null,
    sales_end timestamptz not null,
    currency text not null,
    prices jsonb not null,
    seats_per_person integer not null,
    hold_minutes integer not null,
    no_single_seats boolean not null,
    free_until_hours integer not null,
    kept_percent integer not null,
    admitted_max integer,
    state text not null,
    cancel_reason text,
    created_by bigint not null,
    created_at timestamptz not null,
    constraint performance_pk primary key (id),
    constraint performance_of_map foreign key (venue_id, map_version) references seat_map (venue_id, version),
    constraint performance_ends_after_start check (ends > starts),
    constraint performance_sales_end_after_start check (sales_end > sales_start),
    constraint performance_state_known check (state in ('opening', 'scheduled', 'cancelled')),
    constraint performance_kept_percent_sound check (kept_percent between 0 and 100)
);

create index performance_by_start on performance (starts, id);

-- Every seat of every performance. `place` is its number in the map; `holder` the hold that has it, which stays when that becomes an order.
-- Half of each page is left free, so that a change of state stays on its page and touches no index.
create table seat (
    performance_id bigint not null,
    place integer not null,
    state text not null default 'free',
    version integer not null default 0,
    holder bigint,
    constraint seat_pk primary key (performance_id, place),
    constraint seat_of_performance foreign key (performance_id) references performance (id),
    constraint seat_state_known check (state in ('free', 'held', 'sold', 'blocked')),
    constraint seat_has_holder check ((state in ('held', 'sold')) = (holder is not null))
) with (fillfactor = 50);

-- Room for people without seats, by performance: it never takes more than its capacity.
create table area (
    performance_id bigint not null,
    key text not null,
    capacity integer not null,
    taken integer not null default 0,
    version integer not null default 0,
    constraint area_pk primary key (performance_id, key),
    constraint area_of_performance foreign key (performance_id) references performance (id),
    constraint area_never_overfull check (taken between 0 and capacity)
);

-- How many people somebody holds or bought room for, so that the most for each person is kept without reading.
create table share (
    performance_id bigint not null,
    person_id bigint not null,
    taken integer not null,
    constraint share_pk primary key (performance_id, person_id),
    constraint share_of_performance foreign key (performance_id) references performance (id),
    constraint share_not_negative check (taken >= 0)
);

-- Seats that are kept while somebody decides. What was `ordered` went into the order of that number.
create sequence seat_hold_number;

create table seat_hold (
    id bigint not null,
    performance_id bigint not null,
    person_id bigint not null,
    places integer[] not null,
    areas jsonb not null,
    taken integer not null,
    state text not null,
    extended boolean not null default false,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    order_id bigint,
    constraint seat_hold_pk primary key (id),
    constraint seat_hold_of_performance foreign key (performance_id) references performance (id),
    constraint seat_hold_state_known check (state in ('active', 'released', 'expired', 'ordered')),
    constraint seat_hold_order_known check ((state = 'ordered') = (order_id is not null))
);

create index seat_hold_of_person on seat_hold (person_id, id) where state = 'active';

-- What somebody buys. Its number is of booking's sequence, for it is paid like a reservation.
create table seat_order (
    id bigint not null,
    performance_id bigint not null,
    buyer_id bigint not null,
    hold_id bigint not null,
    places integer[] not null,
    areas jsonb not null,
    taken integer not null,
    lines jsonb not null,
    amount_minor bigint not null,
    currency text not null,
    state text not null,
    due_at timestamptz not null,
    cancelled_by text,
    cancel_reason text,
    returned_minor bigint,
    kept_minor bigint,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    constraint seat_order_pk primary key (id),
    constraint seat_order_of_performance foreign key (performance_id) references performance (id),
    constraint seat_order_once_for_hold unique (hold_id),
    constraint seat_order_state_known check (state in ('pending', 'paid', 'cancelled')),
    constraint seat_order_cancelled_by_somebody check ((state = 'cancelled') = (cancelled_by is not null))
);

create index seat_order_of_buyer on seat_order (buyer_id, id);
create index seat_order_of_performance on seat_order (performance_id, id);

-- A ticket lets one person in, once. `seat` is what is printed on it; `code` is what the door reads.
create table ticket (
    id bigint generated always as identity,
    order_id bigint not null,
    performance_id bigint not null,
    place integer,
    seat text not null,
    code text not null,
    void boolean not null default false,
    admitted_at timestamptz,
    admitted_by bigint,
    constraint ticket_pk primary key (id),
    constraint ticket_of_order foreign key (order_id) references seat_order (id),
    constraint ticket_code_once unique (code)
);

create index ticket_of_order on ticket (order_id, id);
create index ticket_of_performance on ticket (performance_id, id);
create unique index ticket_seat_once on ticket (performance_id, place) where place is not null and not void;
