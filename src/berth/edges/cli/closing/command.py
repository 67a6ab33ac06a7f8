"""``berth resources close``: this room closes on that day."""

from datetime import date, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from berth.edges.cli import names
from berth.edges.cli.closing.telling import closing, done
from berth.edges.cli.failure import Misused, Refused
from berth.edges.cli.session import Session
from berth.edges.cli.times import CLOCK, parse_moment, zone

FORM = 'berth resources close "Room 12" 2027-03-02 --reason "Painting"'
DAYS_AHEAD = {"today": 0, "tomorrow": 1}


def close(
    session: Session,
    which: Annotated[str, typer.Argument(metavar="RESOURCE", help="Id or exact name.")],
    day: Annotated[str, typer.Argument(metavar="DAY", help="Such as 2027-03-02, today or tomorrow.")],
    reason: Annotated[str, typer.Option(help="Why; everybody may read it.")],
    start: Annotated[str | None, typer.Option("--from", help="Not before this time: 12:00, or with its day.")] = None,
    end: Annotated[str | None, typer.Option("--until", help="Until this time: 18:00, or with its day.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be done.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")] = False,
) -> None:
    """Close a resource for a day: what is in it is moved to something like it or, where nothing is free, cancelled.

    Everything is shown before it is done, and done all at once or not at all (administrators).
    """
    if session.as_json and not (dry_run or yes):
        raise Misused("With --json nobody is asked.", "Say --dry-run to look, or --yes to do it.")
    found = names.resource(session.server, which)
    where = zone(found["timezone"])
    time = _time(session, day, start, end, where)
    path = f"resources/{found['id']}/closing"
    shown = session.server.post(f"{path}/preview", time).json()
    if dry_run or not session.as_json:
        session.show(shown, closing)
    if dry_run:
        return
    if not yes:
        _ask(shown)
    try:
        answer = session.server.post(path, time | {"reason": reason, "digest": shown["digest"]}, again=True)
    except Refused as refused:
        raise _changed(session, refused) from refused
    if session.as_json:
        session.show(answer, closing)
    session.say(done(answer.json()))


def _time(session: Session, day: str, start: str | None, end: str | None, where: ZoneInfo) -> dict[str, str]:
    named = _day(session, day, where)
    if start is None and end is None:
        return {"day": named}
    moments = {
        name: parse_moment(_of_day(named, text or clock), where, session.now)
        for name, text, clock in (("start", start, "00:00"), ("end", end, "24:00"))
    }
    for moment in moments.values():
        session.note(moment.note)
    if moments["start"].instant >= moments["end"].instant:
        raise Misused("The end must lie after the start.")
    return {name: moment.wire for name, moment in moments.items()}


def _day(session: Session, word: str, where: ZoneInfo) -> str:
    ahead = DAYS_AHEAD.get(word.lower())
    if ahead is not None:
        return (session.now.astimezone(where).date() + timedelta(days=ahead)).isoformat()
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError as error:
        raise Misused(f"{word!r} is not a day; write one such as 2027-03-02.", f"Write {FORM}") from error


def _of_day(day: str, text: str) -> str:
    clock = CLOCK.fullmatch(text.strip())
    return f"{day}T{int(clock[1]):02}:{clock[2]}" if clock else text


def _ask(shown: dict[str, Any]) -> None:
    counts = shown["counts"]
    question = f"Close it, move {counts['move']} and cancel {counts['cancel']}?"
    try:
        said = typer.confirm(question, err=True)
    except typer.Abort as nobody:
        raise Misused("Nobody said yes, so nothing was done.", "To do it without being asked: --yes") from nobody
    if not said:
        raise Misused("Nothing was done.")


def _changed(session: Session, refused: Refused) -> Refused:
    preview = refused.problem.get("preview")
    if preview and not session.as_json:
        session.err.print(closing(preview), crop=False)
        refused.hints.append("Above it is as it is now. Run the command again to confirm that.")
    return refused
