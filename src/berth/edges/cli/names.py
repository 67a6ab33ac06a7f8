"""Which thing a person means by a word: its id or its exact name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from berth.edges.cli.client import Server
from berth.edges.cli.failure import Misused, NotFound, Refused
from berth.edges.cli.times import is_local, zone

Thing = Mapping[str, Any]


def path_part(text: object) -> str:
    """Answer a text as one part of a path."""
    return quote(str(text), safe="")


def is_id(word: str) -> bool:
    """Tell whether the word can be an id."""
    return word.isascii() and word.isdigit() and 0 < int(word) < 2**63


def chosen(kind: str, word: str, by_id: Thing | None, named: Sequence[Thing], find: str) -> Thing:
    """Answer the one thing that the word means; refuse to guess between two.

    ``id:7`` and ``name:7`` say which of the two is meant.
    """
    found = {one["id"]: one for one in (*named, *([by_id] if by_id else ()))}
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise NotFound(f"There is no {kind} {word!r}.", f"Look for it: {find}")
    ids = ", ".join(str(one) for one in sorted(found))
    raise Misused(f"{word!r} may mean several: the {kind}s {ids}.", f"Write id:{min(found)} or name:{word}")


def resource(server: Server, word: str, *, retired: bool | None = None) -> Thing:
    """Answer the resource with this id or exact name."""
    by_id, name = split(word)
    thing = _maybe(server, f"resources/{by_id}") if by_id else None
    named = [] if name is None else _resources_named(server, name, retired)
    return chosen("resource", word, thing, named, f"berth resources list --text {word}")


def site(server: Server, word: str) -> Thing:
    """Answer the site with this id, exact name, or path such as ``Campus/Main building``."""
    by_id, name = split(word)
    everything = server.get("sites").json()["items"]
    by_path = [part.strip() for part in (name or "").split("/")]
    named = [one for one in everything if name is not None and (one["name"] == name or list(_path(one)) == by_path)]
    thing = next((one for one in everything if str(one["id"]) == by_id), None)
    return chosen("site", word, thing, named, "berth sites list")


def search(server: Server, word: str) -> Thing:
    """Answer the person's saved search with this id or exact name."""
    by_id, name = split(word)
    thing = _maybe(server, f"searches/{by_id}") if by_id else None
    named = [] if name is None else [one for one in server.every("searches") if one["name"] == name]
    return chosen("saved search", word, thing, named, "berth searches list")


def venue(server: Server, word: str) -> Thing:
    """Answer the venue with this id or exact name."""
    by_id, name = split(word)
    everything = server.every("venues")
    thing = next((one for one in everything if str(one["id"]) == by_id), None)
    return chosen("venue", word, thing, [one for one in everything if one["name"] == name], "berth venues list")


def performance(server: Server, word: str) -> Thing:
    """Answer the performance with this id or exact name; of several of one name, those that are not cancelled."""
    by_id, name = split(word)
    thing = _maybe(server, f"performances/{by_id}") if by_id else None
    named = [] if name is None or thing else [one for one in server.every("performances") if one["name"] == name]
    standing = [one for one in named if one["state"] != "cancelled"]
    return chosen("performance", word, thing, standing or named, "berth performances list --from 2000-01-01")


def user(server: Server, word: str) -> Thing:
    """Answer the person with this id, user name or e-mail; only administrators may ask."""
    by_id, name = split(word)
    thing = _maybe(server, f"users/{by_id}") if by_id else None
    found = [] if name is None else server.every("users", text=name)
    named = [one for one in found if name in (one["username"], one.get("email"))]
    return chosen("user", word, thing, named, f"berth users list --text {word}")


def shared_zone(things: Iterable[Thing], server: Server) -> ZoneInfo:
    """Answer the zone of all these resources, or of the person if there is none; refuse to choose among several."""
    names = sorted({str(one["timezone"]) for one in things if one.get("timezone")})
    if len(names) > 1:
        raise Misused(
            f"These resources are in several zones ({', '.join(names)}), so a local time means several instants.",
            f"Say which: --tz {names[0]}, or write the offset: 2027-03-01T09:00+01:00",
        )
    return zone(names[0]) if names else own_zone(server)


def zone_of_search(server: Server, query: Mapping[str, Any], *texts: str) -> ZoneInfo:
    """Answer the zone in which to read these times when they concern any resource that fits the query."""
    if not any(is_local(text) for text in texts):
        return zone("UTC")
    return shared_zone(server.every("resources", **query), server)


class Zones:
    """The zone in which to show each resource's times: its own, or the one that the person asked for."""

    def __init__(self, server: Server, asked: str | None) -> None:
        self._server = server
        self._asked = zone(asked) if asked else None
        self._known: dict[int, ZoneInfo] = {}

    def know(self, *things: Thing) -> None:
        """Take note of resources at hand, which need not be asked for again."""
        for one in things:
            self._known[one["id"]] = zone(one["timezone"])

    def of(self, resource_ids: Sequence[int]) -> ZoneInfo:
        """Answer the zone of the first of the resources; UTC without any."""
        if self._asked or not resource_ids:
            return self._asked or zone("UTC")
        first = resource_ids[0]
        if first not in self._known:
            thing = _maybe(self._server, f"resources/{first}")
            self._known[first] = zone(thing["timezone"] if thing else "UTC")
        return self._known[first]

    def of_item(self, item: Thing) -> ZoneInfo:
        """Answer the zone in which to show a reservation."""
        return self.of([one["id"] for one in item["resources"]])


def own_zone(server: Server) -> ZoneInfo:
    """Answer the zone that the person has set, else UTC."""
    return zone(server.get("users/me").json().get("timezone") or "UTC")


def split(word: str) -> tuple[str | None, str | None]:
    """Answer the id and the name that the word may be."""
    if word.startswith("id:") and is_id(word[3:]):
        return word[3:], None
    if word.startswith("name:"):
        return None, word[5:]
    return (word if is_id(word) else None), word


def _maybe(server: Server, path: str) -> Thing | None:
    try:
        found: Thing = server.get(path).json()
    except Refused as refused:
        if refused.status == 404:
            return None
        raise
    return found


def _resources_named(server: Server, name: str, retired: bool | None) -> Sequence[Thing]:
    states = (retired,) if retired is not None else (False, True)
    found = [
        one
        for state in states
        for one in server.every("resources", text=name, retired=str(state).lower())
        if one["name"] == name
    ]
    serving = [one for one in found if not one["retired"]]
    return serving or found


def _path(one: Thing) -> list[str]:
    path = one.get("path")
    if isinstance(path, str):
        return [part.strip() for part in path.split("/")]
    return list(path or [one["name"]])


def resource_names(server: Server, ids: Iterable[int]) -> dict[int, str]:
    """Answer the names of the resources with these ids; unknown ones are left out."""
    things = (_maybe(server, f"resources/{id_}") for id_ in dict.fromkeys(ids))
    return {one["id"]: one["name"] for one in things if one}


def usernames(server: Server, ids: Iterable[int]) -> dict[int, str]:
    """Answer the user names of the persons with these ids; only administrators are told them, others get none."""
    try:
        things = [_maybe(server, f"users/{id_}") for id_ in dict.fromkeys(ids)]
    except Refused as refused:
        if refused.status == 403:
            return {}
        raise
    return {one["id"]: one["username"] for one in things if one}
