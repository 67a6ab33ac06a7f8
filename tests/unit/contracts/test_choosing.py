"""Which dead letters are meant, and what is refused because it is not clear."""

from datetime import UTC, datetime

import pytest

from berth.app.events.choosing import Choice, choose
from berth.kit.outbox.dead_letters import DeadLetter
from berth.kit.outbox.event import Envelope
from berth.kit.refusal import Refused

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def letter(schema: str, group: str, source: str, number: int) -> DeadLetter:
    envelope = Envelope(source, number, "t", "s", NOW, "{}", None, None)
    return DeadLetter(schema, group, envelope, 10, "OSError()", NOW)


FIRST, SECOND = letter("log", "audit", "booking", 1), letter("log", "audit", "booking", 2)
OTHER = letter("inform", "mail", "booking", 1)
TIMER, TWIN = letter("inform", "timers", "timers", 5), letter("booking", "timers", "timers", 5)
LETTERS = [FIRST, SECOND, OTHER, TIMER, TWIN]


def chosen(group: str | None, *ids: str, everything: bool = False, module: str | None = None) -> list[DeadLetter]:
    return choose(Choice(group, ids, everything, module), LETTERS, ["audit", "mail", "quiet"])


def test_the_named_of_a_group() -> None:
    assert chosen("audit", "booking/1") == [FIRST]
    assert chosen("audit", "booking/2", "booking/1", "booking/1") == [FIRST, SECOND]


def test_all_of_a_group_or_of_a_module_or_simply_all() -> None:
    assert chosen("audit", everything=True) == [FIRST, SECOND]
    assert chosen(None, everything=True, module="inform") == [OTHER, TIMER]
    assert chosen(None, everything=True) == LETTERS


def test_timers_of_two_modules_are_told_apart() -> None:
    with pytest.raises(Refused, match="a group of booking and inform, and both have timers/5: add --module booking"):
        chosen("timers", "timers/5")
    assert chosen("timers", "timers/5", module="booking") == [TWIN]


@pytest.mark.parametrize(
    ("group", "ids", "everything", "reason"),
    [
        ("nobody", ("booking/1",), False, "There is no group nobody; there are audit, mail, quiet, timers"),
        ("audit", ("booking/1", "booking/7"), False, "audit has no dead letter booking/7; `berth events dead`"),
        ("audit", ("42",), False, "'42' is not the id of an event, which is one such as booking/42"),
        ("audit", (), False, "Say which dead letters"),
        (None, (), False, "Say which dead letters"),
        ("audit", ("booking/1",), True, "Say which dead letters"),
        ("quiet", (), True, "There are no such dead letters; `berth events lag`"),
    ],
)
def test_what_is_not_clear_or_not_there_is_refused(
    group: str | None, ids: tuple[str, ...], everything: bool, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        chosen(group, *ids, everything=everything)
