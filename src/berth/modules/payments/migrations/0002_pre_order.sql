-- What the account is of: a reservation, or an order of seats, which has a number that no reservation has.
alter table account
    add column of_what text not null default 'reservation',
    add constraint account_of_what_known check (of_what in ('reservation', 'order'));
