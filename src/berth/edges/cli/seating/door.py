"""``berth performances doors``, ``admit`` and ``tickets``: the door, with a network and without."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.failure import Misused, NotFound
from berth.edges.cli.names import Thing
from berth.edges.cli.seating.performances import Which
from berth.edges.cli.seating.telling import of_door, ways_out
from berth.edges.cli.seating.writing import write
from berth.edges.cli.session import Session, Zone
from berth.edges.cli.tables import record, table
from berth.edges.cli.times import instant_of, parse_moment, show_moment, zone

SCANS_AT_ONCE = 2000
CODE_MAX = 100
SCANS_FORM = "A header code,at and lines such as K7MWPZ3R9TQXVB2C,2027-03-06T20:14:05"
VERDICTS = {
    "admitted_already": "somebody has come in by it",
    "void": "its order was cancelled",
    "other_performance": "for another performance",
    "unknown": "no ticket has this code",
}


def doors(session: Session, which: Which) -> None:
    """Show how many have come in (administrators)."""
    found = names.performance(session.server, which)
    answer = session.server.get(f"performances/{found['id']}/admissions")
    session.show(answer, _counted)


def admit(
    session: Session,
    which: Which,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="As it is printed on the ticket.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="CSV of what was scanned offline: code,at.")] = None,
    tz: Zone = None,
) -> None:
    """Let somebody in by a ticket, or bring in what a door scanned without a network (administrators).

    A local time in the file is one of the performance's zone. The same file again changes nothing.
    """
    if (code is None) == (file is None):
        raise Misused("Name a code or a --file, one of them.", "Such as: berth performances admit 1 K7MWPZ3R9TQXVB2C")
    found = names.performance(session.server, which)
    where = zone(tz or found["timezone"])
    if file is not None:
        _bring(session, found, read_scans(file, where, session), where, tz)
        return
    with ways_out(of_door(found)):
        path = f"performances/{found['id']}/admissions"
        answer = session.server.post(path, {"code": code}, params={"tz": tz})
    session.show(answer, _admitted)


def tickets(
    session: Session,
    which: Which,
    into: Annotated[Path | None, typer.Option("--into", help="The file to write; else it is printed.")] = None,
    tz: Zone = None,
) -> None:
    """List all tickets as CSV, for a door that will be without a network (administrators)."""
    found = names.performance(session.server, which)
    every = session.server.every(f"performances/{found['id']}/admissions/tickets", tz=tz)
    if session.as_json:
        session.show({"items": every, "next_cursor": None}, _counted)
        return
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("code", "seat", "admitted_at"))
    lines.writerows((one["code"], one["seat"], one["admitted_at"]) for one in every)
    if into is None:
        print(text.getvalue(), end="")
        return
    write(into, text.getvalue().encode())
    session.say(f"{into} has {len(every):,} tickets.")


def read_scans(file: Path, where: ZoneInfo, session: Session) -> list[dict[str, str]]:
    """Answer the scans of a file by time, each code as the API keeps it."""
    try:
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    except OSError as error:
        raise NotFound(f"{file} cannot be read: {error.strerror}.", SCANS_FORM) from error
    except (ValueError, csv.Error) as error:
        raise Misused(f"{file} is no CSV in UTF-8: {error}", SCANS_FORM) from error
    scans = []
    for number, row in enumerate(rows, start=2):
        code = (row.get("code") or "").replace(" ", "").upper()
        at = (row.get("at") or "").strip()
        if not code or not at or len(code) > CODE_MAX:
            raise Misused(f"{file}, line {number}: the code or the time is missing, or no such thing.", SCANS_FORM)
        try:
            moment = parse_moment(at, where, session.now)
        except Misused as error:
            raise Misused(f"{file}, line {number}: {error.sentence}", SCANS_FORM) from error
        if moment.instant > session.now + timedelta(minutes=1):
            session.note(f"{file}, line {number}: {at} lies ahead; it counts as now.")
        scans.append((moment.instant, {"code": code, "at": moment.wire}))
    return [scan for _, scan in sorted(scans, key=lambda one: one[0])]


def _bring(session: Session, performance: Thing, scans: Sequence[Any], where: ZoneInfo, tz: str | None) -> None:
    """Send the scans, so many at a time, and show what became of them as if it were one answer."""
    path = f"performances/{performance['id']}/admissions/brought"
    judged: list[Any] = []
    answer: dict[str, Any] = {}
    for part in _parts(scans):
        answer = session.server.post(path, {"scans": part}, params={"tz": tz}, again=True).json()
        judged += answer["items"]
    session.show({**answer, "items": judged}, lambda it: _refused(it, where))
    let_in = sum(one["verdict"] == "admitted" for one in judged)
    counts = f"{answer['admitted']:,} of {answer['tickets']:,} tickets are in."
    session.say(f"{let_in:,} of {len(judged):,} scans let somebody in; {counts}")


def _parts(scans: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, max(1, len(scans)), SCANS_AT_ONCE):
        yield scans[first : first + SCANS_AT_ONCE]


def _refused(answer: Any, where: ZoneInfo) -> RenderableType:
    """Answer the scans that let nobody in."""
    return table(
        ("scanned", "code", "seat", "why not"),
        [
            (
                show_moment(instant_of(one["at"]), where),
                one["code"],
                one["seat"],
                VERDICTS.get(one["verdict"], one["verdict"]),
            )
            for one in answer["items"]
            if one["verdict"] != "admitted"
        ],
        none="No scan was refused.",
        whole=("code",),
    )


def _admitted(one: Any) -> RenderableType:
    return record([("let in", one["seat"]), ("so far", f"{one['admitted']} of {one['tickets']}")])


def _counted(one: Any) -> RenderableType:
    return record([("have come in", one["admitted"]), ("tickets", one["tickets"])])
