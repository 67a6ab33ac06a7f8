"""One notice of a closing says all that became of what somebody had there, in groups, and nothing beside it."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from berth.contracts.booking.closing import Affected, ClosingNotice
from berth.contracts.booking.reservation import ChangeRefused, ReservationCancelled, ReservationChanged
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.news import news_of
from berth.modules.notifications.domain.rendering import AFFECTED_MAX, WORDS, Names, Reader, render
from berth.modules.notifications.domain.told.closing import resource_ids, single
from berth.modules.notifications.domain.writing import DASH
from tests.unit.notifications.events import ADMINISTRATOR, NINE, OWNER, TEN, told

ROME = ZoneInfo("Europe/Rome")
NAMES = Names({1: "Room 12", 2: "Room 14"})
CLOSED = f"Room 12 is closed: Monday 1 March 2027, 09:00{DASH}18:00 (Europe/Rome)."


def one(kind: str, outcome: str, *, id_: int = 42, room: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": id_,
        "title": "Seminar",
        "start": "2027-03-01T09:00:00Z",
        "end": "2027-03-01T10:00:00Z",
        "outcome": outcome,
        "resource_ids": [room],
        "state": "ready",
        **more,
    }


def notice(*affected: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "closing_id": 5,
        "owner_id": 7,
        "actor_id": 8,
        "resource_ids": [1],
        "start": "2027-03-01T08:00:00Z",
        "end": "2027-03-01T17:00:00Z",
        "reason": "Painting",
        "affected": list(affected),
    }


def body(*affected: Mapping[str, Any], language: str = "en") -> str:
    return render(Kind.RESOURCE_CLOSED, notice(*affected), NAMES, Reader(language, ROME), by_self=False).body


def it(room: str) -> str:
    return f"{room}, Monday 1 March 2027, 10:00{DASH}11:00 (Europe/Rome), “Seminar”"


def test_everything_is_told_by_what_became_of_it() -> None:
    said = body(
        one("offer", "cancel"),
        one("reservation", "cancel", state="cancelled"),
        one("reservation", "move", room=2),
        one("hold", "cancel", title=""),
        one("reservation", "move", room=2, state="pending"),
        one("move", "cancel", state="ready"),
    )
    assert said == " ".join(
        (
            CLOSED,
            f"Moved to: {it('Room 14')}.",
            f"Moved, and still to be confirmed there: {it('Room 14')}.",
            f"Cancelled, as nothing like it was free: {it('Room 12')}.",
            f"The move that was not confirmed yet falls away: {it('Room 12')}.",
            f"No longer held for you: Room 12, Monday 1 March 2027, 10:00{DASH}11:00 (Europe/Rome).",
            f"No longer offered to you, but you keep your place in the waitlist: {it('Room 12')}.",
            "Reason: Painting",
        )
    )


def test_of_very_many_the_first_are_named_and_the_others_counted() -> None:
    many = [one("reservation", "move", room=2, id_=number) for number in range(AFFECTED_MAX + 3)]
    assert body(*many) == f"{CLOSED} Moved to: {'; '.join([it('Room 14')] * AFFECTED_MAX)}; 3 more. Reason: Painting"


@pytest.mark.parametrize("language", WORDS)
def test_every_language_says_all_of_it(language: str) -> None:
    kinds = [one("reservation", "move", room=2), one("reservation", "move", room=2, state="pending")]
    kinds += [one("reservation", "cancel"), *(one(kind, "cancel") for kind in ("move", "hold", "offer"))]
    said = body(*kinds, language=language)
    assert said.count("Seminar") == len(kinds)
    assert "Painting" in said
    assert "{" not in said


def test_a_notice_of_one_reservation_is_about_that_and_of_more_about_the_closing() -> None:
    alone = notice(one("reservation", "move", room=2))
    assert resource_ids(alone) == {1, 2}
    found = single(alone)
    assert found
    assert (found["reservation_id"], found["resource_ids"]) == (42, [2])
    assert single(notice(one("hold", "cancel"))) is None
    assert single(notice(one("reservation", "move"), one("reservation", "cancel"))) is None
    assert single({"title": "of another kind"}) is None


def test_what_happened_to_each_reservation_of_a_closing_is_told_by_the_notice_alone() -> None:
    owned = (OWNER, ADMINISTRATOR, "Seminar", (2,), NINE, TEN)
    of_it = [
        ReservationChanged(42, "ready", *owned, ("resource_ids",), closing_id=5),
        ReservationCancelled(43, "cancelled", *owned, "Painting", closing_id=5),
        ChangeRefused(44, "ready", *owned, NINE, TEN, "Painting", closing_id=5),
    ]
    affected = [Affected("reservation", id_, "Seminar", NINE, TEN, "move", (2,), "ready") for id_ in (42, 43)]
    whole = ClosingNotice(5, OWNER, ADMINISTRATOR, (1,), NINE, TEN, "Painting", tuple(affected))
    [news] = news_of([told(each, number) for number, each in enumerate([*of_it, whole], 1)])
    assert (news.kind, news.person_id, news.subject, news.reservation_id) == (
        Kind.RESOURCE_CLOSED,
        OWNER,
        "blackout/5",
        None,
    )
    alone = ClosingNotice(5, OWNER, ADMINISTRATOR, (1,), NINE, TEN, "Painting", (affected[0],))
    [news] = news_of([told(alone)])
    assert (news.subject, news.reservation_id) == ("reservation/42", 42)
    assert '"reservation_id":42' in news.data
    assert len(news_of([told(ReservationChanged(42, "ready", *owned, ("resource_ids",)))])) == 1
