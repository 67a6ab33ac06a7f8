"""A notification in words: in the reader's language and zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from berth.contracts.identity import LANGUAGES
from berth.modules.notifications.domain import matches, writing
from berth.modules.notifications.domain.kinds import Kind
from berth.modules.notifications.domain.languages.english import ENGLISH
from berth.modules.notifications.domain.languages.french import FRENCH
from berth.modules.notifications.domain.languages.spanish import SPANISH
from berth.modules.notifications.domain.languages.words import Part, Words
from berth.modules.notifications.domain.news import Notification
from berth.modules.notifications.domain.saying import said
from berth.modules.notifications.domain.writing import one_line

WORDS: Mapping[str, Words] = {"en": ENGLISH, "fr": FRENCH, "es": SPANISH}

MEMBERS = {
    "start": Part.TIME,
    "end": Part.TIME,
    "resource_ids": Part.RESOURCES,
    "title": Part.TITLE,
    "description": Part.DESCRIPTION,
}
"""What people call the members of a reservation that change."""


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
    """A notification in words; ``what``, ``when`` and ``named`` are the reservation's, empty if not known."""

    title: str
    body: str
    what: str
    when: str
    named: str


def render(kind: Kind, data: Mapping[str, Any], names: Names, reader: Reader, *, by_self: bool) -> Text:
    """Answer the words for a notification. Whatever names and titles hold, title and body are one line each."""
    words = reader.words
    title, phrases = said(kind, data, by_self=by_self)
    what, when, named = _what(data, names, words), _when(data, reader), one_line(data.get("title") or "")
    quoted = words.parts[Part.QUOTED].format(text=named) if named else ""
    it = ", ".join([one for one in (what, when, quoted) if one])
    facts = {"it": it, "what": what, **_facts(data, names, reader)}
    sentences = [words.phrases[one].format_map(facts) for one in phrases]
    headline = words.titles[title].format(what=what)
    return Text(headline, " ".join(sentences), what, when, named)


def _what(data: Mapping[str, Any], names: Names, words: Words) -> str:
    ids = resource_ids(data)
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
    if "slots" in data:
        facts["slots"] = matches.told(data, names.resources, reader.where, words)
        facts["search"] = words.parts[Part.QUOTED].format(text=one_line(data["name"]))
    if "count" in data:
        facts["count"] = str(data["count"])
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
    """Answer the ids of the resources that the members of an event name."""
    return [*(data.get("resource_ids") or ()), *matches.slot_ids(data)]


def people_of(notifications: Iterable[Notification]) -> list[int]:
    """Answer the ids of all persons whom these name."""
    return sorted({one.data["owner_id"] for one in notifications if one.kind is Kind.APPROVAL_ASKED})
