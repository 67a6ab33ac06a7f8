"""What buyers are told of their orders of seats: each turn once, in their language, and for their calendar."""

from datetime import UTC
from itertools import permutations
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from berth.contracts.seating.orders import OrderCancelled, OrderChanged, OrderEvent, OrderPaid
from berth.kit.localtime import zone
from berth.modules.notifications.domain.invitation import Invitation, Party, invitation
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.news import News
from berth.modules.notifications.domain.rendering import Names, Reader, Text, render
from berth.modules.notifications.domain.told.orders import orders_told
from tests.unit.notifications.events import ADMINISTRATOR, NINE, OWNER, SYSTEM, order, told

PAID = OrderPaid(*order(), 2, venue="Teatro")
MOVED = OrderChanged(*order(ADMINISTRATOR), ("start", "end"), venue="Teatro")
IT = "order 43 · The Tempest, Monday 1 March 2027, 10:00\N{EN DASH}11:00 (Europe/Rome), Teatro"


def cancelled(by: str, reason: str = "", **more: Any) -> OrderCancelled:
    actor_id = {"owner": OWNER, "staff": ADMINISTRATOR, "system": SYSTEM}[by]
    return OrderCancelled(*order(actor_id), by, reason, NINE, venue="Teatro", **more)


def news_of_story(*events: OrderEvent) -> list[News]:
    return orders_told({}, [told(one, number) for number, one in enumerate(events, 1)])[1]


def text_of(news: News, language: str = "en") -> Text:
    reader = Reader(language, zone("Europe/Rome"))
    return render(news.kind, orjson.loads(news.data), Names(), reader, by_self=news.by_self)


def entry_of(news: News) -> Invitation | None:
    berth, ada = Party("Berth", "berth@rooms.example.org"), Party("Ada", "ada@example.org")
    return invitation(
        news.kind, orjson.loads(news.data), text_of(news), sequence=news.sequence or 0, stamp=NINE,
        host="rooms.example.org", organizer=berth, attendee=ada, url="https://rooms.example.org/orders/43",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("story", "title", "body"),
    [
        ([PAID], "Your tickets: order 43 · The Tempest", f"Your tickets are ready: {IT}."),
        (
            [PAID, MOVED],
            "Changed: order 43 · The Tempest",
            f"An administrator changed the time of what you have tickets for. It is now {IT}. Your tickets stay valid.",
        ),
        (
            [PAID, cancelled("staff", "The singer is ill.", performance_cancelled=True)],
            "Cancelled: order 43 · The Tempest",
            (
                f"The performance does not take place, so your order is cancelled: {IT}. Reason: The singer is ill. "
                "You get back all that you paid."
            ),
        ),
        (
            [PAID, cancelled("staff", "Sold twice.")],
            "Cancelled: order 43 · The Tempest",
            f"An administrator cancelled your order: {IT}. Reason: Sold twice. You get back all that you paid.",
        ),
        (
            [PAID, cancelled("owner", "Given up.")],
            "Cancelled: order 43 · The Tempest",
            (
                f"You cancelled your order: {IT}. Reason: Given up. "
                "How much you get back, the terms of cancellation say: we will tell you."
            ),
        ),
        (
            [cancelled("system", "It was not paid for in time.")],
            "Cancelled: order 43 · The Tempest",
            f"Your order could not be kept, so Berth cancelled it: {IT}. Reason: It was not paid for in time.",
        ),
    ],
)
def test_a_buyer_reads_what_became_of_an_order_and_of_the_money(story: list[OrderEvent], title: str, body: str) -> None:
    text = text_of(news_of_story(*story)[-1])
    assert (text.title, text.body, text.where) == (title, body, "Teatro")


@pytest.mark.parametrize(
    ("language", "titles", "bodies"),
    [
        (
            "fr",
            ["Vos billets\N{NO-BREAK SPACE}: la commande 43 · The Tempest", "Annulé"],
            [
                "Vos billets sont prêts\N{NO-BREAK SPACE}: la commande 43",
                "La représentation n\N{RIGHT SINGLE QUOTATION MARK}a pas lieu",
            ],
        ),
        (
            "es",
            ["Sus entradas: el pedido 43 · The Tempest", "Cancelado: el pedido 43"],
            ["Sus entradas están listas: el pedido 43", "La función no tiene lugar"],
        ),
    ],
)
def test_buyers_read_it_in_their_language(language: str, titles: list[str], bodies: list[str]) -> None:
    story = news_of_story(PAID, cancelled("staff", "Fire.", performance_cancelled=True))
    for news, title, body in zip(story, titles, bodies, strict=True):
        text = text_of(news, language)
        assert text.title.startswith(title)
        assert text.body.startswith(body)


@given(st.lists(st.sampled_from([PAID, MOVED, cancelled("staff"), cancelled("owner")]), max_size=8), st.data())
def test_each_turn_is_told_once_however_often_it_is_said_and_comes(
    events: list[OrderEvent], data: st.DataObject
) -> None:
    envelopes = [told(one, number) for number, one in enumerate(events, 1)]
    _, at_once = orders_told({}, envelopes)
    known, in_parts = {}, []
    while envelopes:
        size = data.draw(st.integers(1, len(envelopes)))
        for part in (envelopes[:size], envelopes[: data.draw(st.integers(0, size))]):
            stand, news = orders_told(known, part)
            known |= {one.order_id: one for one in stand}
            in_parts += news
        envelopes = envelopes[size:]
    assert in_parts == at_once
    kinds = [one.kind for one in at_once]
    assert kinds.count(Kind.ORDER_PAID) <= 1
    assert kinds.count(Kind.ORDER_CANCELLED) <= 1
    assert Kind.ORDER_CANCELLED not in kinds[:-1]
    assert [one.sequence for one in at_once] == [*range(1, len(at_once) + 1)]


def test_the_events_of_a_batch_are_told_in_the_order_in_which_seating_wrote_them() -> None:
    envelopes = [told(PAID, 1), told(MOVED, 2), told(cancelled("staff"), 3)]
    for shuffled in permutations(envelopes):
        _, news = orders_told({}, shuffled)
        assert [one.kind for one in news] == [Kind.ORDER_PAID, Kind.ORDER_CHANGED, Kind.ORDER_CANCELLED]


def test_what_one_has_tickets_for_is_an_entry_that_moves_and_goes_with_it() -> None:
    entries = [entry_of(one) for one in news_of_story(PAID, MOVED, cancelled("staff"))]
    events = [Calendar.from_ical(one.text).walk("VEVENT")[0] for one in entries if one]
    assert [one and (one.method, one.file) for one in entries] == [
        ("REQUEST", "performance.ics"), ("REQUEST", "performance.ics"), ("CANCEL", "performance.ics"),
    ]  # fmt: skip
    assert {str(one["uid"]) for one in events} == {"order-43@rooms.example.org"}
    assert [one["sequence"] for one in events] == [1, 2, 3]
    assert [str(one["status"]) for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    [first, *_] = events
    assert (first["summary"], first["location"], first["dtstart"].dt) == ("The Tempest", "Teatro", NINE.astimezone(UTC))


def test_an_order_that_was_never_paid_is_in_no_calendar() -> None:
    [news] = news_of_story(cancelled("system"))
    assert entry_of(news) is None
