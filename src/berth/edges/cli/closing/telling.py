"""What becomes of all that is in the way of a closing, as people read it."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.text import Text

from berth.edges.cli.tables import plain, table
from berth.edges.cli.times import show_item_range, show_ranges, zone

WHY = {
    "none-like": "there is nothing like it",
    "none-free": "what is like it is taken",
    "none-allowed": "the rules of what is like it do not allow it",
    "not-held-elsewhere": "it is only held",
    "waits-on": "who waits keeps the place in line",
    "move-falls-away": "the reservation stays where it is",
    "in-use": "somebody is there",
    "closed": "it is closed already",
}
WHAT = {"reservation": "", "hold": "a hold", "offer": "an offer to who waits", "move": "a move to here", "blackout": ""}


def closing(answer: Mapping[str, Any]) -> RenderableType:
    """Answer what is closed, and what becomes of each thing."""
    where = zone(answer["resource"]["timezone"])
    head = f"{answer['resource']['name']} {show_item_range(answer, where)}"
    counts = answer["counts"]
    sums = f"{counts['move']} to move · {counts['cancel']} to cancel · {counts['stay']} to stay"
    return Group(Text(plain(head), style="bold"), Text(""), items(answer, where, more=sums))


def items(answer: Mapping[str, Any], where: ZoneInfo, *, more: str | None = None) -> RenderableType:
    """Answer the table of all that is in the way."""
    found = answer["items"]
    when, ranges = show_ranges(found, [where] * len(found), "when")
    return table(
        (when, "what", "who", "becomes"),
        [
            (shown, _what(one), one["owner"]["name"] if one["owner"] else None, _becomes(one))
            for one, shown in zip(found, ranges, strict=True)
        ],
        none="Nothing is in the way.",
        more=more,
    )


def done(answer: Mapping[str, Any]) -> str:
    """Answer what was done, in one sentence."""
    counts = answer["counts"]
    return (
        f"{answer['resource']['name']} is closed: {counts['move']} moved, {counts['cancel']} cancelled, "
        f"{counts['stay']} stayed. To open it again: berth blackouts delete {answer['id']}"
    )


def _what(one: Mapping[str, Any]) -> str:
    words = [WHAT[one["kind"]], one["title"], "(of a series)" if one["series_id"] else ""]
    return " ".join(word for word in words if word) or f"{one['kind']} {one['id']}"


def _becomes(one: Mapping[str, Any]) -> str:
    if one["outcome"] == "move":
        return f"moved to {one['to']['name']}" + (", to be confirmed there" if one["confirm"] else "")
    verb = "cancelled" if one["outcome"] == "cancel" else "stays"
    return f"{verb}: {WHY[one['why']]}"
