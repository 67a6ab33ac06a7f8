-- The language in which Berth writes to a person.
alter table person
    add column language text not null default 'en',
    add constraint person_language_known check (language in ('en', 'fr', 'es'));
