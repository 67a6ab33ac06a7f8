"""Every language says everything, and says the same."""

from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from berth.contracts.identity import LANGUAGES
from berth.kit.localtime import zone
from berth.modules.notifications.domain.kinds import OF_ORDERS, OF_SERIES, Kind
from berth.modules.notifications.domain.languages.words import Part, Phrase, Title, Words
from berth.modules.notifications.domain.news import EVENTS
from berth.modules.notifications.domain.rendering import WORDS, Names, Reader, render
from berth.modules.notifications.domain.saying import OF_SOMEBODY, OF_SOMETHING, SIMPLE
from tests.unit.notifications.events import ADMINISTRATOR, OWNER, SYSTEM, everything_told

ROME = zone("Europe/Rome")
NAMES = Names({1: "Room 12"}, {OWNER: "Ada"})


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_there_are_words_for_every_language_that_a_person_can_have() -> None:
    assert set(WORDS) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_title_sentence_and_part(language: str) -> None:
    words = WORDS[language]
    assert (set(words.titles), set(words.phrases), set(words.parts)) == (set(Title), set(Phrase), set(Part))
    assert all([*words.titles.values(), *words.phrases.values(), *words.parts.values()])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_says_in_each_language_what_it_says_in_english(language: str) -> None:
    def said(words: Words) -> dict[str, set[str]]:
        every = {**words.titles, **words.phrases, **words.parts}
        return {f"{type(key).__name__}.{key}": places(text) for key, text in every.items()}

    assert said(WORDS[language]) == said(WORDS["en"])


def test_there_is_something_to_say_of_every_kind() -> None:
    assert {*SIMPLE, *OF_SOMEBODY, *OF_SOMETHING} == set(Kind)
    assert {kind for kind, _ in EVENTS.values()} == set(Kind) - {Kind.RESERVATION_REMINDER, *OF_SERIES, *OF_ORDERS}
    assert {kind for kind, _ in everything_told(OWNER)} == set(Kind) - {Kind.RESERVATION_REMINDER}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("actor_id", [OWNER, ADMINISTRATOR, SYSTEM])
@pytest.mark.parametrize("by_self", [True, False])
def test_everything_is_told_without_a_gap(language: str, actor_id: int, by_self: bool) -> None:
    bodies = set()
    for kind, data in everything_told(actor_id):
        text = render(kind, data, NAMES, Reader(language, ROME), by_self=by_self)
        assert not {*text.title, *text.body} & {*"{}"}
        assert "None" not in text.body
        bodies.add(text.body)
    assert len(bodies) == len(everything_told(actor_id))


@given(title=st.text(), name=st.text(), reason=st.text(), language=st.sampled_from(LANGUAGES))
def test_whatever_people_type_stays_on_one_line_and_is_not_read_as_a_gap(
    title: str, name: str, reason: str, language: str
) -> None:
    for kind, members in everything_told(SYSTEM):
        missed = [{**one, "why": reason} for one in members.get("missed", ())]
        data = {**members, "title": title, "reason": reason, "missed": missed}
        text = render(kind, data, Names({1: name}, {OWNER: name}), Reader(language, ROME), by_self=False)
        assert len(text.title.splitlines()) == len(text.body.splitlines()) == 1
