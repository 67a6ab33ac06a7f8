"""A policy in words, for people."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from rich.console import RenderableType

from berth.edges.cli.tables import record
from berth.edges.cli.times import show_duration

PERSONS = ("approvers", "escalates_to")
"""The rules that name persons by their ids."""

ABSENT = {
    "reservable_by": "administrators alone",
    "confirmations": "none: it holds at once",
    "approvers": "any administrator",
    "escalates_to": "any administrator",
    "no_show_minutes": "who does not come keeps the slot",
}
"""What it means that there is nothing, where it is not that there is no limit."""

UNITS = {"_days": "days", "_hours": "hours", "_seconds": "seconds"}


def shown_policy(answer: Mapping[str, Any], usernames: Mapping[int, str]) -> RenderableType:
    """Answer each rule that holds, and whether it is set here or inherited; who has no name there is shown by id."""
    own, effective = answer["own"] or {}, answer["effective"] or {}
    return record(
        (rule, f"{in_words(rule, value, usernames)}{'' if own.get(rule) is None else '  (set here)'}")
        for rule, value in effective.items()
    )


def in_words(rule: str, value: object, usernames: Mapping[int, str]) -> str:
    """Answer what a rule says."""
    if value is None or value == []:
        return ABSENT.get(rule, "no limit")
    if isinstance(value, list):
        return ", ".join(usernames.get(one, f"person {one}") if rule in PERSONS else str(one) for one in value)
    if "minutes" in rule and isinstance(value, int):
        return show_duration(timedelta(minutes=value))
    unit = next((unit for part, unit in UNITS.items() if part in rule), None)
    return f"{value} {unit.removesuffix('s') if value == 1 else unit}" if unit else str(value)
