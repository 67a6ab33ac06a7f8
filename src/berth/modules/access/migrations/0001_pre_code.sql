-- The code of a reservation, and how the reservation ended, if it did. A row without an owner was never asked
-- for: it only remembers an end that came first. `sealed` is the code, encrypted for this row alone; it is gone
-- once the reservation has ended and the lock was told. `digest` is a keyed hash, by which a guess is compared.
create table code (
    reservation_id bigint not null,
    owner_id bigint,
    sealed text,
    digest bytea,
    ended text,
    constraint code_pk primary key (reservation_id),
    constraint code_ended_known check (ended in ('revoked', 'expired')),
    constraint code_comparable check (sealed is null or digest is not null)
);

-- What was asked for the code: its first window, and each that the reservation was to be moved to. A row without
-- a window was not asked for yet: it remembers what came first. `lock` is what the lock was told of it, or is
-- to be told; null if it never was.
create table permission (
    reservation_id bigint not null,
    request_id bigint not null,
    valid_from timestamptz,
    valid_until timestamptz,
    resource_ids bigint[] not null,
    due_at timestamptz,
    given text,
    reason text,
    settled boolean not null,
    withdrawn boolean not null,
    lock text,
    lock_error text,
    lock_tries integer not null,
    lock_at timestamptz,
    constraint permission_pk primary key (reservation_id, request_id),
    constraint permission_of_code foreign key (reservation_id) references code (reservation_id),
    constraint permission_given_known check (given in ('waiting', 'issued', 'refused')),
    constraint permission_lock_known check (lock in ('granting', 'granted', 'refused', 'revoking', 'revoked')),
    constraint permission_asked_whole check (
        (valid_from is null) = (valid_until is null) and (valid_from is null) = (given is null)
    ),
    constraint permission_ends_after_start check (valid_until > valid_from)
);

create index permission_valid_from on permission (valid_from, reservation_id, request_id);
create index permission_resource on permission using gin (resource_ids);

-- Whose a code is must be plain to a keypad: no two reservations have the same code at one resource at the same
-- time. `mark` is a keyed hash of resource and code; `valid` all times at which the code is valid there, or may
-- come to be. The one-number range stands for equality, so that no extension is needed.
create table keypad (
    reservation_id bigint not null,
    resource_id bigint not null,
    mark bigint not null,
    valid tstzmultirange not null,
    constraint keypad_pk primary key (reservation_id, resource_id),
    constraint keypad_of_code foreign key (reservation_id) references code (reservation_id),
    constraint keypad_tells_apart exclude using gist (int8range(mark, mark, '[]') with =, valid with &&)
);

-- Every try of a code, whether there is one or not. What was typed is not kept.
create table attempt (
    id bigint generated always as identity,
    reservation_id bigint not null,
    person_id bigint not null,
    verdict text not null,
    tried_at timestamptz not null,
    constraint attempt_pk primary key (id),
    constraint attempt_verdict_known check (verdict in ('right', 'wrong', 'not_valid_now', 'too_many_tries'))
);

create index attempt_wrong_of_reservation on attempt (reservation_id, tried_at) where verdict = 'wrong';
create index attempt_wrong_of_person on attempt (person_id, tried_at) where verdict = 'wrong';
create index attempt_tried_at on attempt using brin (tried_at);
