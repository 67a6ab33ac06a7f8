"""Series and their occurrences as people read them."""

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.text import Text

from berth.edges.cli.failure import Refused
from berth.edges.cli.tables import DASH, more_pages, plain, record, table
from berth.edges.cli.times import show_item_range, show_ranges, zone

BUSY_SHOWN_MAX = 10


def series(one: Any) -> RenderableType:
    """Answer a series, a line for each member, and its occurrences."""
    where = zone(one["timezone"])
    shift = one["shift_minutes"]
    lines = [
        ("series", one["id"]),
        ("state", one["state"]),
        *([("reason", one["cancel_reason"])] if one["cancel_reason"] else []),
        ("rule", one["rule"]),
        ("first by the rule", f"{_name(one['starts'])} {where.key}"),
        *([("moved by", f"{shift} min")] if shift else []),
        *([("from", _name(one["begins"]))] if one["begins"] else []),
        *([("until before", _name(one["ends_before"]))] if one["ends_before"] else []),
        ("what", ", ".join(plain(each["name"]) for each in one["resources"])),
        ("title", one["title"]),
        ("owner", one["owner"]["name"]),
        *([("goes on with", f"series {one['previous_id']}")] if one["previous_id"] else []),
        *(
            [("missed", ", ".join(f"{_name(each['occurrence'])} ({each['why']})" for each in one["missed"]))]
            if one["missed"]
            else []
        ),
    ]
    parts: list[RenderableType] = [record(lines), Text(""), _occurrences(one["occurrences"], where)]
    if one.get("passed"):
        parts += [
            Text(""),
            Text(f"Not reserved or not changed: {len(one['passed'])}", style="yellow"),
            _passed(one["passed"], where),
        ]
    return Group(*parts)


def _occurrences(items: Any, where: ZoneInfo) -> RenderableType:
    when, ranges = show_ranges(items, [where] * len(items), "when")
    return table(
        ("reservation", when, "state", "title", "by itself"),
        [
            (one["reservation_id"], shown, one["state"], one["title"], "yes" if one["exception"] else "")
            for one, shown in zip(items, ranges, strict=True)
        ],
        none="Nothing of it is reserved.",
        right=("reservation",),
        whole=("reservation", "state", when),
    )


def _passed(items: Any, where: ZoneInfo) -> RenderableType:
    when, ranges = show_ranges(items, [where] * len(items), "when")
    rows = [(shown, one["why"]) for one, shown in zip(items, ranges, strict=True)]
    return table((when, "why"), rows, none="", whole=(when,))


def series_table(page: Any) -> RenderableType:
    """Answer a page of series."""
    return table(
        ("id", "rule", "what", "title", "owner", "state"),
        [
            (
                one["id"],
                one["rule"],
                ", ".join(plain(each["name"]) for each in one["resources"]),
                one["title"],
                one["owner"]["name"],
                one["state"],
            )
            for one in page["items"]
        ],
        none="There are no series.",
        more=more_pages(page),
        right=("id",),
        whole=("id", "state"),
    )


def preview(found: Any) -> RenderableType:
    """Answer what a series would come to, an occurrence a line."""
    where = zone(found["timezone"])
    items = found["items"]
    when, ranges = show_ranges(items, [where] * len(items), "when")
    counts = found["counts"]
    rows = [
        (shown, one["status"], _why(one, where), _instead(one["alternative"], where))
        for one, shown in zip(items, ranges, strict=True)
    ]
    free_days = [f"{_name(one['occurrence'])} is passed over: {plain(one['holiday'])}." for one in found["holidays"]]
    return Group(
        table((when, "status", "because", "instead"), rows, none="Nothing would be reserved.", whole=(when, "status")),
        Text(f"{counts['free']} free · {counts['busy']} busy · {counts['refused']} refused"),
        *(Text(one) for one in free_days),
    )


def _why(one: Any, where: ZoneInfo) -> str:
    if one["refusals"]:
        return " ".join(dict.fromkeys(each["message"] for each in one["refusals"]))
    return "; ".join(f"{each['kind']} {_clocks(each, where)}" for each in one["busy"])


def _instead(other: Mapping[str, Any] | None, where: ZoneInfo) -> str:
    return "" if other is None else f"{plain(other['resource'])} {_clocks(other, where)}"


def _clocks(item: Mapping[str, Any], where: ZoneInfo) -> str:
    return show_item_range(item, where).removesuffix(f" {where.key}")


def with_occurrences(refused: Refused, where: ZoneInfo) -> Refused:
    """Answer the refusal with the occurrences that are in the way."""
    items = refused.problem.get("occurrences") or ()
    refused.hints += [f"  {line}" for line in _in_the_way(items[:BUSY_SHOWN_MAX], where)]
    if len(items) > BUSY_SHOWN_MAX:
        refused.hints.append(f"  … and {len(items) - BUSY_SHOWN_MAX} more")
    if items:
        refused.hints.append(
            "Say --conflicts skip to leave these out, or --conflicts alternative to take what is free."
        )
    return refused


def _in_the_way(items: Iterable[Any], where: ZoneInfo) -> Iterable[str]:
    for one in items:
        other = _instead(one["alternative"], where)
        yield f"{_clocks(one, where)}  {one['status']}: {_why(one, where)}{f'  (free: {other})' if other else ''}"


def _name(local: str) -> str:
    return local.replace("T", " ")[:16] or DASH
