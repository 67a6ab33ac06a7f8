"""Mails: both forms of the words, a calendar entry that programs read, and headers that nobody can add to."""

import email
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from berth.contracts.identity import LANGUAGES
from berth.modules.notifications.domain.invitation import Party, invitation
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.languages.words import Part
from berth.modules.notifications.domain.letter import Letter, message_of, sendable
from berth.modules.notifications.domain.rendering import WORDS, Names, Reader, render
from tests.unit.notifications.events import NINE, SYSTEM, TEN, everything_told, outcome, settled

BERTH = Party("Berth", "berth@rooms.example.org")
ADA = Party("Ada", "ada@example.org")
URL = "https://rooms.example.org/reservations/42"
SEMINAR = {
    "reservation_id": 42,
    "state": "ready",
    "title": "Seminar",
    "resource_ids": [1],
    "start": "2027-03-01T10:00:00+01:00",
    "end": "2027-03-01T11:00:00+01:00",
}


def letter(
    kind: Kind, data: dict[str, object], *, names: Names = Names(), recipient: Party = ADA, language: str = "en"
) -> Letter:
    text = render(kind, data, names, Reader(language, UTC), by_self=False)
    entry = invitation(
        kind,
        data,
        text,
        sequence=3,
        stamp=NINE,
        host="rooms.example.org",
        organizer=BERTH,
        attendee=recipient,
        url=URL,
    )
    return Letter("mail.1@rooms.example.org", BERTH, recipient, text, URL, Part.OPEN, NINE, entry)


def sent(one: Letter, language: str = "en") -> EmailMessage:
    """The mail as whoever gets it reads it."""
    raw = message_of(one, WORDS[language]).as_bytes(policy=SMTP)
    read = email.message_from_bytes(raw, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def entry_of(message: EmailMessage) -> tuple[str, Calendar]:
    [attached] = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert attached.get_filename() == "reservation.ics"
    raw = attached.get_payload(decode=True)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = Calendar.from_ical(raw)
    assert calendar["method"] == attached.get_param("method")
    return str(calendar["method"]), calendar.walk("VEVENT")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_says_the_same_as_text_and_as_html_in_the_language_of_its_reader(language: str) -> None:
    for kind, data in everything_told(SYSTEM):
        one = letter(kind, data, names=Names({1: "Room 12"}), language=language)
        message = sent(one, language)
        plain, html = message.get_body(("plain",)), message.get_body(("html",))
        assert plain is not None
        assert html is not None
        assert one.text.body in plain.get_content()
        assert f'<html lang="{language}">' in html.get_content()
        assert URL in plain.get_content()
        assert f'href="{URL}"' in html.get_content()
        subject = message["Subject"].replace("\N{NO-BREAK SPACE}", " ")
        assert (subject, message["To"], message["Content-Language"]) == (
            one.text.title.replace("\N{NO-BREAK SPACE}", " "),
            "Ada <ada@example.org>",
            language,
        )
        assert "{" not in plain.get_content()


def test_a_reservation_that_holds_is_an_entry_in_utc_with_one_name_for_good() -> None:
    method, event = entry_of(sent(letter(Kind.RESERVATION_READY, SEMINAR, names=Names({1: "Room 12"}))))
    assert (method, event["uid"], event["sequence"]) == ("REQUEST", "reservation-42@rooms.example.org", 3)
    assert (event["dtstart"].dt, event["dtend"].dt, event["dtstamp"].dt) == (NINE, TEN, NINE)
    assert b"DTSTART:20270301T090000Z" in event.to_ical()
    assert (event["status"], event["location"]) == ("CONFIRMED", "Room 12")
    assert (event["organizer"], event["attendee"]) == ("MAILTO:berth@rooms.example.org", "MAILTO:ada@example.org")


def test_one_that_waits_is_tentative_and_one_that_is_given_up_leaves_the_calendar() -> None:
    _, pending = entry_of(sent(letter(Kind.RESERVATION_CREATED, SEMINAR | {"state": "pending"})))
    assert pending["status"] == "TENTATIVE"
    for kind, state in ((Kind.RESERVATION_CANCELLED, "cancelled"), (Kind.RESERVATION_MISSED, "no_show")):
        method, event = entry_of(sent(letter(kind, SEMINAR | {"state": state})))
        assert (method, event["status"], event["uid"]) == ("CANCEL", "CANCELLED", "reservation-42@rooms.example.org")


def test_what_waits_of_a_series_comes_into_the_calendar_when_it_is_settled() -> None:
    created = SEMINAR | {"count": 3, "awaiting": [42, 43]}
    assert letter(Kind.RESERVATION_CREATED, created).invitation is None
    first_holds = SEMINAR | {"count": 3, "awaiting": [43]}
    assert entry_of(sent(letter(Kind.RESERVATION_CREATED, first_holds)))[1]["status"] == "CONFIRMED"
    data = settled(outcome(41, "Rejected."), outcome(42), outcome(43))
    method, event = entry_of(sent(letter(Kind.SERIES_SETTLED, data)))
    assert (method, event["status"], event["uid"]) == ("REQUEST", "CONFIRMED", "reservation-42@rooms.example.org")
    assert letter(Kind.SERIES_SETTLED, settled(outcome(41, "Rejected."))).invitation is None


def test_a_payment_changes_no_calendar() -> None:
    data = {"reservation_id": 42, "currency": "EUR", "amount_minor": 1250}
    assert letter(Kind.PAYMENT_ASKED, data).invitation is None


def test_a_language_other_than_ascii_comes_as_it_was_written() -> None:
    message = sent(letter(Kind.RESERVATION_READY, SEMINAR | {"title": "Réunion"}, language="fr"), "fr")
    html = message.get_body(("html",))
    assert html is not None
    assert "Réunion" in html.get_content()
    assert message["Subject"].startswith("Confirmé")


def test_what_people_typed_is_no_html() -> None:
    html = sent(letter(Kind.RESERVATION_READY, SEMINAR | {"title": "<script>alert(1)</script>"})).get_body(("html",))
    assert html is not None
    assert "<script>" not in html.get_content()
    assert "&lt;script&gt;" in html.get_content()


@given(title=st.text(), resource=st.text(), name=st.text())
def test_nobody_can_add_a_header_to_a_mail_or_a_line_to_its_calendar(title: str, resource: str, name: str) -> None:
    recipient = replace(ADA, name=name)
    usual = sent(letter(Kind.RESERVATION_READY, SEMINAR))
    message = sent(
        letter(Kind.RESERVATION_READY, SEMINAR | {"title": title}, names=Names({1: resource}), recipient=recipient)
    )
    assert message.keys() == usual.keys()
    assert [one.addr_spec for one in message["To"].addresses] == ["ada@example.org"]
    _, event = entry_of(message)
    assert set(event) == set(entry_of(usual)[1])
    assert event["attendee"] == "MAILTO:ada@example.org"


def test_a_title_with_line_ends_adds_nothing() -> None:
    hostile = "Seminar\r\nBcc: everybody@example.org\r\n\r\nHello\nATTENDEE:MAILTO:eve@example.org"
    recipient = Party("Ada\r\nBcc: eve@example.org", "ada@example.org")
    message = sent(letter(Kind.RESERVATION_READY, SEMINAR, names=Names({1: hostile}), recipient=recipient))
    assert message["Bcc"] is None
    assert entry_of(message)[1]["attendee"] == "MAILTO:ada@example.org"


def test_a_domain_of_other_letters_is_written_as_servers_take_it() -> None:
    assert sendable("ada@exämple.org") == "ada@xn--exmple-cua.org"
    assert sent(letter(Kind.RESERVATION_READY, SEMINAR, recipient=Party("Ada", "ada@exämple.org")))["To"] == (
        "Ada <ada@xn--exmple-cua.org>"
    )
    assert message_of(letter(Kind.RESERVATION_READY, SEMINAR, recipient=Party("Ada", "jörg@example.org")), WORDS["en"])[
        "To"
    ].startswith("jörg@")


def test_a_mail_has_the_date_of_what_happened() -> None:
    one = letter(Kind.RESERVATION_READY, SEMINAR)
    assert sent(one)["Date"].datetime == datetime(2027, 3, 1, 9, tzinfo=UTC) == one.written_at
