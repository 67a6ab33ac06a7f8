"""Contracts only grow: what a new document of events may not do to the one that listeners know."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

WORDS_ONLY = frozenset({"title", "description", "examples", "$ref", "properties", "required"})
"""Keywords of which only the words matter to people, or that are compared on their own."""

MAKE_V2 = "Make it v2: a new event beside this one, which stays as it is."


def breaches(published: Schema, current: Schema) -> list[str]:
    """Answer a sentence for each thing in which the current document breaks the published one; best none.

    Both are AsyncAPI documents of events. Allowed are new events, members that may be missing, and other
    words that describe them.
    """
    before, after = _messages(published), _messages(current)
    types_by_title = {message.get("title"): type_ for type_, message in after.items() if type_ not in before}
    found: list[str] = []
    for type_, message in before.items():
        if type_ in after:
            comparison = _Comparison(published, current)
            wrong = comparison.differences(_event(message), _event(after[type_]), "")
        elif renamed := types_by_title.get(message.get("title")):
            wrong = iter([f"its type became {renamed}"])
        else:
            wrong = iter(["it is gone"])
        found += [f"{type_}: {one}. {MAKE_V2}" for one in wrong]
    return found


def _messages(document: Schema) -> Mapping[str, Schema]:
    messages: Mapping[str, Schema] = document["components"]["messages"]
    return messages


def _event(message: Schema) -> Schema:
    event: Schema = message["payload"]["items"]
    return event


class _Comparison:
    """Compares two schemas, each with the definitions of its own document."""

    def __init__(self, published: Schema, current: Schema) -> None:
        self._published = published
        self._current = current
        self._compared: set[tuple[str, str]] = set()

    def differences(self, before: Any, after: Any, path: str) -> Iterator[str]:
        """Say what a reader of ``before`` would stumble over in ``after``."""
        if not isinstance(before, Mapping) or not isinstance(after, Mapping):
            if before != after:
                yield f"{path or 'it'} was {_shown(before)} and is {_shown(after)}"
            return
        names: tuple[str, str] = (before.get("$ref", ""), after.get("$ref", ""))
        if all(names):
            if names in self._compared:
                return
            self._compared.add(names)
        before, after = _resolved(self._published, before), _resolved(self._current, after)
        yield from self._keywords(before, after, path)
        yield from self._members(before, after, path)

    def _keywords(self, before: Schema, after: Schema, path: str) -> Iterator[str]:
        for keyword in sorted((before.keys() | after.keys()) - WORDS_ONLY):
            old, new = before.get(keyword), after.get(keyword)
            if keyword == "enum":
                yield from _enum(old, new, path)
            elif isinstance(old, Mapping) and isinstance(new, Mapping) and keyword != "default":
                yield from self.differences(old, new, f"{path}[]" if keyword == "items" else path)
            elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
                for one, other in zip(old, new, strict=True):
                    yield from self.differences(one, other, path)
            elif old != new:
                yield f"{keyword} of {path or 'it'} was {_shown(old)} and is {_shown(new)}"

    def _members(self, before: Schema, after: Schema, path: str) -> Iterator[str]:
        old, new = before.get("properties", {}), after.get("properties", {})
        must_before, must_now = set(before.get("required", ())), set(after.get("required", ()))
        for name, schema in old.items():
            member = f"{path}.{name}" if path else name
            if name not in new:
                yield f"the member {member} is gone"
                continue
            if name in must_now - must_before:
                yield f"the member {member} could be missing and is required"
            if name in must_before - must_now:
                yield f"the member {member} was always there and may be missing"
            yield from self.differences(schema, new[name], member)
        for name in sorted(must_now - old.keys()):
            yield f"the new member {f'{path}.{name}' if path else name} is required, and older events lack it"


def _enum(old: list[Any] | None, new: list[Any] | None, path: str) -> Iterator[str]:
    if old is None or new is None:
        if old != new:
            yield f"the values of {path} were {_shown(old)} and are {_shown(new)}"
        return
    gone = [one for one in old if one not in new]
    more = [one for one in new if one not in old]
    if gone:
        yield f"{path} can no longer be {', '.join(map(str, gone))}, which older events are"
    if more:
        yield f"{path} can now be {', '.join(map(str, more))}, which listeners of before cannot read"


def _resolved(document: Schema, schema: Schema) -> Schema:
    while "$ref" in schema:
        beside = {keyword: value for keyword, value in schema.items() if keyword != "$ref"}
        found: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = {**found, **beside}
    return schema


def _shown(value: Any) -> str:
    return "not said" if value is None else str(value)
