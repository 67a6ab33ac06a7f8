"""``hours``, the same for resources and for sites: shown with what is inherited, set, or cleared."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from berth.edges.cli.failure import Misused
from berth.edges.cli.rules.owner import Clear, Find, Which
from berth.edges.cli.session import Session, command
from berth.edges.cli.tables import DASH, record

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ALWAYS_OPEN = [["00:00", "24:00"]]

Intervals = list[list[str]]

Open = Annotated[
    list[str] | None,
    typer.Option("--open", help="The week anew: 'mon-fri 08:00-12:00,13:00-20:00'. Repeat; other days are closed."),
]
On = Annotated[list[str] | None, typer.Option("--on", help="One date: '2027-04-06 10:00-12:00'. Repeat.")]
Closed = Annotated[list[str] | None, typer.Option("--closed", help="A date when it is closed: 2027-04-05. Repeat.")]


def add_hours(group: typer.Typer, collection: str, find: Find) -> None:
    """Give a group the command ``hours`` for the things of one collection of the API."""

    @command(group, "hours")
    def hours(
        session: Session,
        which: Which,
        open_: Open = None,
        on: On = None,
        closed: Closed = None,
        clear: Clear = False,
    ) -> None:
        """Show or set when it is open, in its own time zone."""
        path = f"{collection}/{find(session.server, which)['id']}/opening-hours"
        if clear:
            session.server.delete(path)
        elif open_ or on or closed:
            session.server.put(path, new_hours(session.server.get(path).json(), open_, on, closed))
        session.show(session.server.get(path), shown_hours)


def new_hours(
    answer: Mapping[str, Any], open_: list[str] | None, on: list[str] | None, closed: list[str] | None
) -> dict[str, Any]:
    """Answer the opening hours to set: the present ones (or always open) with the changes made to them."""
    present = answer["own"] or answer["effective"] or {"weekly": dict.fromkeys(DAYS, ALWAYS_OPEN), "exceptions": {}}
    weekly = present["weekly"] if not open_ else _week(open_)
    exceptions = {**present["exceptions"], **{day: [] for day in closed or ()}}
    for text in on or ():
        day, _, intervals = text.strip().partition(" ")
        exceptions[day] = _intervals(intervals)
    return {"weekly": weekly, "exceptions": exceptions}


def _week(texts: list[str]) -> dict[str, Intervals]:
    week: dict[str, Intervals] = {day: [] for day in DAYS}
    for text in texts:
        days, _, intervals = text.strip().partition(" ")
        for day in _days(days):
            week[day] = week[day] + _intervals(intervals)
    return week


def _days(text: str) -> list[str]:
    """Answer the days of ``mon-fri``, ``sat,sun``, ``monday`` or ``daily``."""
    if text.lower() in ("daily", "all"):
        return list(DAYS)
    found: list[str] = []
    for part in text.lower().split(","):
        first, _, last = part.partition("-")
        at = [_day(first), _day(last or first)]
        found += DAYS[at[0] : at[1] + 1] if at[0] <= at[1] else (*DAYS[at[0] :], *DAYS[: at[1] + 1])
    return found


def _day(text: str) -> int:
    named = [number for number, day in enumerate(DAYS) if len(text) >= 3 and day.startswith(text)]
    if not named:
        raise Misused(f"{text!r} is not a day; write mon, tue, wed, thu, fri, sat or sun.")
    return named[0]


def _intervals(text: str) -> Intervals:
    if text.strip().lower() == "closed":
        return []
    found = [part.strip().split("-") for part in text.split(",") if part.strip()]
    if not found or any(len(one) != 2 for one in found):
        raise Misused(f"{text!r} is not a list of hours; write 08:00-12:00,13:00-20:00 or closed.")
    return [[one.strip() for one in pair] for pair in found]


def shown_hours(answer: Mapping[str, Any]) -> RenderableType:
    """Answer the hours that hold, and where they come from."""
    effective = answer["effective"]
    if effective is None:
        return Text("Open at all hours.")
    source = "Set here." if answer["own"] else "Inherited from the site."
    week = [(day, _shown(effective["weekly"].get(day, []))) for day in DAYS]
    dates = [(day, _shown(intervals)) for day, intervals in sorted(effective["exceptions"].items())]
    return Group(record([*week, *dates]), Text(source, style="dim"))


def _shown(intervals: Intervals) -> str:
    return ", ".join(f"{start}{DASH}{end}" for start, end in intervals) or "closed"
