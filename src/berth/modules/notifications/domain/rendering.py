"""A notification in words: in the reader's language and zone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from berth.contracts.identity import LANGUAGES
from berth.modules.notifications.domain import writing
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.languages.english import ENGLISH
from berth.modules.notifications.domain.languages.french import FRENCH
from berth.modules.notifications.domain.languages.spanish import SPANISH
from berth.modules.notifications.domain.languages.words import Part, Phrase, Words
from berth.modules.notifications.domain.news import Notification
from berth.modules.notifications.domain.saying import said, said_of_occurrence
from berth.modules.notifications.domain.told import matches
from berth.modules.notifications.domain.told.closing import groups
from berth.modules.notifications.domain.told.closing import resource_ids as closing_ids
from berth.modules.notifications.domain.writing import one_line

WORDS: Mapping[str, Words] = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}

AFFECTED_MAX = 10
"""So many things are named of each group in the notice of a closing; of more, how many they are."""

MEMBERS = {
    "start": Part.TIME,
    "end": Part.TIME,
    "resource_ids": Part.RESOURCES,
    "title": Part.TITLE,
    "name": Part.NAME,
    "description": Part.DESCRIPTION,
}
"""What people call the members of a reservation, or of a performance, that change."""


OCCURRENCES_MAX = 10
"""Of how many times of a series something is said of each."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of resources and of persons, by id; the ones that nobody knows any more are missing."""

    resources: Mapping[int, str] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, as far as it matters for the words."""

    language: str
    where: tzinfo

    @property
    def words(self) -> Words:
        """Answer the words of the reader's language; of an unknown one, those of the default."""
        return WORDS.get(self.language, WORDS[LANGUAGES[0]])


@dataclass(frozen=True, slots=True)
class Text:
    """A notification in words; ``what``, ``when`` and ``named`` are the reservation's, empty if not known.

    Of an order of seats ``where`` is the venue.
    """

    title: str
    body: str
    what: str
    when: str
    named: str
    where: str = ""


def render(kind: Kind, data: Mapping[str, Any], names: Names, reader: Reader, *, by_self: bool) -> Text:
    """Answer the words for a notification. Whatever names and titles hold, title and body are one line each."""
    words = reader.words
    title, phrases = said(kind, data, by_self=by_self)
    what, when, named, it = _it(data, names, reader)
    facts = {"it": it, "what": what, "when": when, **_facts(data, names, reader), **_affected(data, names, reader)}
    sentences = [words.phrases[one].format_map(facts) for one in phrases]
    sentences += _of_occurrences(kind, data.get("missed") or (), reader)
    headline = words.titles[title].format(what=what)
    return Text(headline, " ".join(sentences), what, when, named, _where(data))


def entry_text(data: Mapping[str, Any], names: Names, reader: Reader, notice: Text) -> Text:
    """Answer the words for the one reservation that a notice is about, for the calendar of who reads it."""
    what, when, named, _ = _it(data, names, reader)
    return Text(notice.title, notice.body, what, when, named)


def _it(data: Mapping[str, Any], names: Names, reader: Reader) -> tuple[str, str, str, str]:
    """Answer the resources, the time and the title of a reservation, and all of it together."""
    words = reader.words
    what, when, named = _what(data, names, words), _when(data, reader), one_line(data.get("title") or "")
    quoted = words.parts[Part.QUOTED].format(text=named) if named else ""
    return what, when, named, ", ".join([one for one in (what, when, _where(data), quoted) if one])


def _where(data: Mapping[str, Any]) -> str:
    return one_line(data.get("venue") or "")


def _affected(data: Mapping[str, Any], names: Names, reader: Reader) -> dict[str, str]:
    """Answer what became of each group of what was in the way of a closing."""
    found = {}
    for group, items in groups(data).items():
        told = [_it(one, names, reader)[-1] for one in items[:AFFECTED_MAX]]
        if len(items) > AFFECTED_MAX:
            told.append(reader.words.parts[Part.MORE].format(count=len(items) - AFFECTED_MAX))
        found[group.value] = "; ".join(told)
    return found


def _what(data: Mapping[str, Any], names: Names, words: Words) -> str:
    ids = [*(data.get("resource_ids") or ()), *matches.slot_ids(data)]
    if data.get("order_id") is not None:
        named = one_line(data.get("performance") or "")
        number = words.parts[Part.ORDER].format(id=data["order_id"])
        return f"{number} \N{MIDDLE DOT} {named}" if named else number
    if not ids:
        return words.parts[Part.RESERVATION].format(id=data["reservation_id"])
    return matches.named(ids, names.resources, words)


def _when(data: Mapping[str, Any], reader: Reader) -> str:
    if "slots" in data:
        times = list(matches.spans(data))
        return writing.span(*times[0], reader.where, reader.words) if len(times) == 1 else ""
    if not data.get("start"):
        return ""
    return writing.span(_instant(data, "start"), _instant(data, "end"), reader.where, reader.words)


def _of_occurrences(kind: Kind, missed: Sequence[Mapping[str, Any]], reader: Reader) -> list[str]:
    """Answer a sentence for each of these times of a series; of many, for the first ones."""
    words = reader.words
    sentences = []
    for one in missed[:OCCURRENCES_MAX]:
        when = writing.moment(_instant(one, "start"), reader.where, words)
        why = one_line(one["why"] or "").rstrip(".")
        sentences.append(words.phrases[said_of_occurrence(kind, one["why"])].format(when=when, why=why))
    if len(missed) > OCCURRENCES_MAX:
        sentences.append(words.phrases[Phrase.OCCURRENCES_MORE].format(more=len(missed) - OCCURRENCES_MAX))
    return sentences


def _facts(data: Mapping[str, Any], names: Names, reader: Reader) -> dict[str, str]:
    """Answer what the sentences may speak of, as far as the event has it."""
    words = reader.words
    facts = {name: one_line(str(data[name])) for name in ("reason", "message") if data.get(name)}
    for name in ("amount", "kept", "returned"):
        if f"{name}_minor" in data:
            facts[name] = writing.amount(data[f"{name}_minor"], data["currency"], words)
    if "wanted_start" in data:
        wanted = _instant(data, "wanted_start"), _instant(data, "wanted_end")
        facts["wanted"] = writing.span(*wanted, reader.where, words)
    if "until" in data:
        facts["until"] = writing.moment(_instant(data, "until"), reader.where, words)
    facts |= {name: str(data[name]) for name in ("count", "confirmed") if name in data}
    facts["awaiting"] = str(len(data.get("awaiting") or ()))
    if "slots" in data:
        facts["slots"] = matches.told(data, names.resources, reader.where, words)
        facts["search"] = words.parts[Part.QUOTED].format(text=one_line(data["name"]))
    changed = dict.fromkeys(words.parts[MEMBERS[one]] for one in data.get("changes") or () if one in MEMBERS)
    facts["members"] = writing.listed(list(changed) or [words.parts[Part.DETAILS]], words)
    facts["owner"] = one_line(names.people.get(data.get("owner_id", 0), "")) or words.parts[Part.SOMEBODY]
    return facts


def _instant(data: Mapping[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(data[name])


def resources_of(notifications: Iterable[Notification]) -> list[int]:
    """Answer the ids of all resources that these are about."""
    return sorted({id_ for one in notifications for id_ in resource_ids(one.data)})


def resource_ids(data: Mapping[str, Any]) -> list[int]:
    """Answer the ids of all resources that the members of an event name."""
    return sorted({*closing_ids(data), *matches.slot_ids(data)})


def people_of(notifications: Iterable[Notification]) -> list[int]:
    """Answer the ids of all persons whom these name."""
    return sorted({one.data["owner_id"] for one in notifications if one.kind is Kind.APPROVAL_ASKED})
