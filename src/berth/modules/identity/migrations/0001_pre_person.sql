create table person (
    id bigint generated always as identity,
    username text not null,
    email text not null,
    name text not null,
    role text not null,
    timezone text,
    active boolean not null default true,
    password_hash text not null,
    created_at timestamptz not null default now(),
    constraint person_pk primary key (id),
    constraint person_username_unique unique (username),
    constraint person_email_unique unique (email),
    constraint person_username_shape check (username ~ '^[a-z0-9_.-]{3,50}$'),
    constraint person_role_known check (role in ('admin', 'user', 'guest'))
);

-- "Is there an administrator?" is asked at each start and before the last one steps back.
create index person_active_admin on person (id) where role = 'admin' and active;

-- One sign-in, and the family of refresh tokens that came from it. `address` is where the sign-in came
-- from: an address from which somebody signed in before is spared the account-wide pause of the lockout.
create table session (
    id bigint generated always as identity,
    person_id bigint not null,
    address text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    constraint session_pk primary key (id),
    constraint session_person_fk foreign key (person_id) references person (id)
);

create index session_person on session (person_id);

-- Refresh tokens, as SHA-256 alone. A used one stays until it would have expired, so that its reuse is noticed.
create table refresh_token (
    hash bytea not null,
    session_id bigint not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint refresh_token_pk primary key (hash),
    constraint refresh_token_session_fk foreign key (session_id) references session (id) on delete cascade
);

create index refresh_token_session on refresh_token (session_id);

-- Wrong passwords of the last minutes. `account` is that of a person or the hash of a name that nobody has.
create table failed_sign_in (
    id bigint generated always as identity,
    account text not null,
    address text not null,
    failed_at timestamptz not null,
    constraint failed_sign_in_pk primary key (id)
);

create index failed_sign_in_account on failed_sign_in (account, failed_at);
create index failed_sign_in_failed_at on failed_sign_in (failed_at);

-- The one set-up token that is valid now, as SHA-256; no row means none.
create table setup_token (
    single boolean not null default true,
    hash bytea not null,
    constraint setup_token_pk primary key (single),
    constraint setup_token_one_row check (single)
);
