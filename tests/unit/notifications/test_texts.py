"""What people read: their own language and zone, whose doing it was, and nothing that does not concern them."""

from datetime import UTC, datetime
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import orjson
import pytest

from berth.contracts.payments import PaymentAsked, PaymentReturned, PaymentTaken
from berth.kit.outbox.event import Event
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.news import news_of
from berth.modules.notifications.domain.rendering import WORDS, Names, Reader, Text, render
from berth.modules.notifications.domain.told.matches import find_path
from berth.modules.notifications.domain.told.series import Settled, settled_news
from berth.modules.notifications.domain.writing import DASH, amount, listed, span
from tests.unit.notifications.events import NINE, missed, outcome, settled, told

ROME = ZoneInfo("Europe/Rome")
NAMES = Names({1: "Room 12", 2: "Projector"}, {7: "Ada"})
ENGLISH = WORDS["en"]
SEMINAR = {
    "reservation_id": 42,
    "owner_id": 7,
    "actor_id": 8,
    "title": "Seminar",
    "resource_ids": [1],
    "start": "2027-03-01T09:00:00Z",
    "end": "2027-03-01T10:00:00Z",
}
WHEN = f"Monday 1 March 2027, 10:00{DASH}11:00 (Europe/Rome)"
IT = f"Room 12, {WHEN}, “Seminar”"


def said(kind: Kind, *, by_self: bool = False, language: str = "en", **more: object) -> Text:
    return render(kind, SEMINAR | more, NAMES, Reader(language, ROME), by_self=by_self)


def test_what_an_administrator_reserved_for_somebody_is_told_as_such() -> None:
    text = said(Kind.RESERVATION_CREATED)
    assert (text.title, text.body) == ("Reserved: Room 12", f"An administrator made a reservation for you: {IT}.")


def test_what_one_reserved_oneself_is_confirmed() -> None:
    assert said(Kind.RESERVATION_CREATED, by_self=True, title="").body == f"You reserved Room 12, {WHEN}."


def test_a_series_is_told_by_its_first_reservation() -> None:
    text = said(Kind.RESERVATION_CREATED, by_self=True, count=12)
    assert text.body == (
        f"You reserved {IT}. It is the first of 12 reservations of a series, for all of which this holds."
    )
    assert said(Kind.RESERVATION_CREATED, by_self=True, count=1).body == f"You reserved {IT}."


def test_a_reservation_that_waits_says_so() -> None:
    text = said(Kind.RESERVATION_CREATED, by_self=True, state="pending")
    assert text.title == "Waiting for confirmation: Room 12"
    assert text.body.startswith(f"You reserved {IT}. It waits for confirmation.")


def test_a_series_that_waits_says_how_much_of_it_does() -> None:
    text = said(Kind.RESERVATION_CREATED, by_self=True, count=12, awaiting=[42, 43])
    assert text.title == "Waiting for confirmation: Room 12"
    assert text.body.endswith("Still to be confirmed: 2. We will tell you once all of them are decided.")
    alone = said(Kind.RESERVATION_CREATED, by_self=True, count=1, awaiting=[42])
    assert alone.body.endswith("We will tell you as soon as it is confirmed.")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (["start", "end"], "the time of"),
        (["title"], "the title of"),
        (["title", "start", "end", "resource_ids"], "the title, the time and the resources of"),
        (["something_newer"], "the details of"),
    ],
)
def test_a_change_says_what_was_changed_and_how_it_is_now(changes: list[str], words: str) -> None:
    text = said(Kind.RESERVATION_CHANGED, changes=changes)
    assert text.title == "Changed: Room 12"
    assert text.body == f"An administrator changed {words} your reservation. It is now {IT}."


def test_a_cancellation_says_whose_doing_it_was_and_its_reason_if_there_is_one() -> None:
    head = f"An administrator cancelled your reservation of {IT}."
    assert said(Kind.RESERVATION_CANCELLED, reason=None).body == head
    assert said(Kind.RESERVATION_CANCELLED, reason="New floor").body == f"{head} Reason: New floor"
    by_berth = said(Kind.RESERVATION_CANCELLED, actor_id=0, reason="No hours are left.").body
    assert by_berth.startswith("Your reservation could not be kept, so Berth cancelled it: ")
    assert by_berth.endswith("Reason: No hours are left.")


def test_an_approver_reads_who_asks_and_until_when() -> None:
    body = said(Kind.APPROVAL_ASKED, why="asked", until="2027-02-27T09:00:00Z").body
    until = "Saturday 27 February 2027, 10:00 (Europe/Rome)"
    assert body == f"Ada would like to reserve {IT}. Please decide by {until}."


def test_a_payment_whose_reservation_is_not_known_names_its_number() -> None:
    data = {"reservation_id": 42, "currency": "EUR", "amount_minor": 1250}
    text = render(Kind.PAYMENT_ASKED, data, Names(), Reader("en", ROME), by_self=False)
    assert text.body == "Please pay €12.50, and your reservation is yours: reservation 42."
    assert (text.what, text.when) == ("reservation 42", "")


@pytest.mark.parametrize(
    ("event", "title", "body"),
    [
        (
            PaymentAsked(43, 1, 7, "EUR", 1250, of="order", performance="The Tempest"),
            "Please pay: order 43 · The Tempest",
            "Please pay €12.50, and the seats are yours: order 43 · The Tempest.",
        ),
        (
            PaymentTaken(43, 1, 7, "EUR", 1250, of="order", performance="The Tempest"),
            "Paid: order 43 · The Tempest",
            "Thank you. You paid €12.50 for your seats: order 43 · The Tempest.",
        ),
        (
            PaymentReturned(43, 1, 7, "EUR", 250, 1000, of="order", performance="The Tempest"),
            "Your payment for order 43 · The Tempest",
            "You get back €10.00 for your seats: order 43 · The Tempest. By the terms of cancellation, €2.50 is kept.",
        ),
    ],
)
def test_the_payment_of_an_order_speaks_of_seats_and_of_no_reservation(event: Event, title: str, body: str) -> None:
    [news] = news_of([told(event)])
    text = render(news.kind, orjson.loads(news.data), Names(), Reader("en", ROME), by_self=False)
    assert (text.title, text.body) == (title, body)
    assert (news.person_id, news.subject, news.reservation_id) == (7, "order/43", None)


def test_each_language_writes_days_and_amounts_in_its_own_way() -> None:
    french = said(Kind.RESERVATION_CREATED, by_self=True, language="fr").body.replace("\N{NO-BREAK SPACE}", " ")
    assert french == f"Vous avez réservé Room 12, lundi 1er mars 2027, 10:00{DASH}11:00 (Europe/Rome), « Seminar »."
    spanish = said(Kind.RESERVATION_CREATED, by_self=True, language="es").body
    assert spanish == (f"Ha reservado Room 12, lunes, 1 de marzo de 2027, 10:00{DASH}11:00 (Europe/Rome), «Seminar».")
    assert amount(1250, "EUR", WORDS["fr"]) == "12,50\N{NO-BREAK SPACE}€"
    assert amount(1250, "JPY", WORDS["es"]).startswith("1.250") or amount(1250, "JPY", WORDS["es"]).startswith("1250")


def test_an_unknown_language_is_told_in_english() -> None:
    assert said(Kind.RESERVATION_CREATED, by_self=True, language="eo").title == "Reserved: Room 12"


def test_several_resources_are_listed_and_many_are_counted() -> None:
    assert said(Kind.RESERVATION_CREATED, resource_ids=[1, 2, 7]).what == "Room 12, Projector and resource 7"
    assert listed(["A", "B"], ENGLISH) == "A and B"
    assert listed(["A", "B", "C", "D", "E"], ENGLISH) == "A, B and 3 more"
    assert listed([], ENGLISH) == ""


def test_the_same_notification_is_read_in_another_zone() -> None:
    text = render(Kind.RESERVATION_CREATED, SEMINAR, NAMES, Reader("en", ZoneInfo("Asia/Tokyo")), by_self=True)
    assert f"Monday 1 March 2027, 18:00{DASH}19:00 (Asia/Tokyo)" in text.body


def test_a_time_over_midnight_names_both_days() -> None:
    shown = span(datetime(2027, 3, 1, 22, tzinfo=UTC), datetime(2027, 3, 2, 2, tzinfo=UTC), UTC, ENGLISH)
    assert shown == f"Monday 1 March 2027, 22:00 {DASH} Tuesday 2 March 2027, 02:00 (UTC)"


def test_an_hour_that_the_clocks_show_twice_carries_its_offset() -> None:
    half_past = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    shown = span(*half_past, ROME, ENGLISH)
    assert shown == f"Sunday 31 October 2027, 02:30+02:00{DASH}02:30+01:00 (Europe/Rome)"


def test_who_is_next_in_line_reads_what_is_free_and_until_when_to_accept() -> None:
    text = said(Kind.WAITLIST_OFFERED, until="2027-03-01T08:30:00Z")
    assert text.title == "Free for you: Room 12"
    until = "Monday 1 March 2027, 09:30 (Europe/Rome)"
    assert text.body == f"You waited for it, and it is your turn: {IT}. Please accept by {until}."


def test_who_waited_in_vain_reads_why() -> None:
    assert said(Kind.WAITLIST_OVER, how="lapsed").body.startswith("You did not accept in time")
    assert said(Kind.WAITLIST_OVER, how="expired").body.startswith("Nothing became free in time")


def of_series(kind: Kind, data: dict[str, object], language: str = "en") -> Text:
    return render(kind, data, NAMES, Reader(language, ROME), by_self=False)


def test_a_settled_series_says_how_much_is_confirmed_and_why_the_rest_is_not() -> None:
    text = of_series(Kind.SERIES_SETTLED, settled(outcome(1), outcome(2, "Rejected."), outcome(3)))
    assert text.title == "Partly confirmed: Room 12"
    assert text.body == (
        "Confirmed reservations of your series: 2 of 3. "
        f"The first is Room 12, Tuesday 2 March 2027, 10:00{DASH}11:00 (Europe/Rome), “Seminar”. "
        "Wednesday 3 March 2027, 10:00 (Europe/Rome) was not confirmed: Rejected."
    )


def test_what_was_given_up_meanwhile_is_not_counted() -> None:
    text = of_series(Kind.SERIES_SETTLED, settled(outcome(1), outcome(2, state="cancelled"), outcome(3)))
    assert (text.title, text.body[:43]) == ("Confirmed: Room 12", "All 2 reservations of your series are confi")
    assert settled_news(Settled(1, 5, (outcome(1, state="cancelled"),)), NINE) is None


def test_one_occurrence_alone_is_told_like_any_reservation() -> None:
    ready = of_series(Kind.SERIES_SETTLED, settled(outcome(1)))
    assert ready.body.startswith("Your reservation is confirmed: Room 12, Tuesday 2 March 2027")
    refused = of_series(Kind.SERIES_SETTLED, settled(outcome(1, "No hours are left")))
    assert refused.title == "Not confirmed: Room 12"
    assert refused.body == (
        "Your reservation could not be kept, so Berth cancelled it: Room 12, “Seminar”. "
        "Tuesday 2 March 2027, 10:00 (Europe/Rome) was not confirmed: No hours are left."
    )


def test_a_series_that_went_on_says_what_is_missing_and_why_and_of_many_only_of_the_first() -> None:
    text = of_series(Kind.SERIES_MISSED, missed("busy", "refused"))
    assert (text.title, text.when) == ("Missing in your series: Room 12", "")
    assert text.body == (
        "Your series went on, but not all of it could be reserved: Room 12, “Seminar”. "
        "Monday 1 March 2027, 10:00 (Europe/Rome) was taken already. "
        "Tuesday 2 March 2027, 10:00 (Europe/Rome) was not allowed by the rules."
    )
    many = of_series(Kind.SERIES_MISSED, missed(*["busy"] * 12)).body
    assert many.count("was taken already") == 10
    assert many.endswith("The page of the series shows the others (2).")


def test_french_and_spanish_say_what_is_missing() -> None:
    french, spanish = (of_series(Kind.SERIES_MISSED, missed("busy", "refused"), one).body for one in ("fr", "es"))
    assert "Le créneau du lundi 1er mars 2027, 10:00 (Europe/Rome) était déjà pris." in french
    assert "Las reglas no permitían reservar el martes, 2 de marzo de 2027, 10:00 (Europe/Rome)." in spanish


FREE = {
    "search_id": 5,
    "owner_id": 7,
    "actor_id": 0,
    "name": "Big\nrooms",
    "any_of": {"text": "12", "kind": None, "tags": ["a b", "c&d"], "site_id": 3, "capacity_min": None},
    "start": "2027-03-01T08:00:00Z",
    "end": "2027-03-01T18:00:00Z",
    "minutes": 60,
    "more": False,
}


def free(*slots: tuple[int, int], language: str = "en", more: bool = False) -> Text:
    """Answer what is said of resources that are free for the hour that begins at this one of the day."""
    times = [(id_, f"2027-03-01T{hour:02}:00:00Z", f"2027-03-01T{hour + 1:02}:00:00Z") for id_, hour in slots]
    told = [{"resource_id": id_, "start": start, "end": end} for id_, start, end in times]
    data = FREE | {"slots": told, "more": more}
    return render(Kind.SEARCH_MATCHED, data, NAMES, Reader(language, ROME), by_self=False)


def test_who_searched_reads_what_is_free_and_that_nothing_is_kept() -> None:
    text = free((1, 9))
    assert (text.title, text.what, text.when) == ("Free now: Room 12", "Room 12", WHEN)
    assert text.body == (
        f"This fits your search “Big rooms”: Room 12, {WHEN}. It is not kept for you: whoever reserves it first has it."
    )


def test_times_that_several_resources_share_are_told_together_and_many_are_counted() -> None:
    text = free((1, 9), (2, 9), (1, 10))
    assert f"Room 12 and Projector, {WHEN}; Room 12, Monday 1 March 2027, 11:00{DASH}12:00" in text.body
    assert (text.what, text.when) == ("Room 12 and Projector", "")
    assert "; 2 more. There is more that fits." in free(*((1, hour) for hour in range(9, 14)), more=True).body


@pytest.mark.parametrize("language", ["fr", "es"])
def test_what_is_free_is_told_in_every_language(language: str) -> None:
    text = free((1, 9), (2, 11), language=language, more=True)
    assert text.body.count("(Europe/Rome)") == 2
    assert "Big rooms" in text.body
    assert text.body != free((1, 9), (2, 11), more=True).body


def test_the_link_of_a_search_asks_what_the_search_asks() -> None:
    path, _, query = find_path(FREE).partition("?")
    asked = parse_qs(query)
    assert path == "/find"
    assert asked == {
        "text": ['"12"'],
        "site": ["3"],
        "tags": ['["a b","c&d"]'],
        "from": ["2027-03-01T08:00:00Z"],
        "until": ["2027-03-01T18:00:00Z"],
        "minutes": ["60"],
        "view": ["list"],
    }
