"""``berth audit``: who did what, for administrators."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.failure import ExitCode, Misused
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import instant_of, parse_moment, zone

audit = typer.Typer(name="audit", no_args_is_help=True, help="The record of who did what (administrators).")

Actor = Annotated[str | None, typer.Option("--actor", help="Who did it: id, user name or e-mail.")]
Subject = Annotated[str | None, typer.Option("--subject", help="Such as reservation/42.")]
Kind = Annotated[str | None, typer.Option("--kind", help="Kind of the subject, such as reservation.")]
Type = Annotated[str | None, typer.Option("--type", help="Such as berth.booking.reservation_created.v1.")]
From = Annotated[str | None, typer.Option("--from", help="What happened at this time or later.")]
Until = Annotated[str | None, typer.Option("--until", help="What happened before this time.")]
Text = Annotated[str | None, typer.Option("--text", help="Part of what the event says.")]


class Format(StrEnum):
    """How a file is written."""

    csv = "csv"
    json = "json"


@command(audit, "list")
def list_entries(
    session: Session,
    actor: Actor = None,
    subject: Subject = None,
    kind: Kind = None,
    type: Type = None,
    start: From = None,
    end: Until = None,
    text: Text = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List who did what, newest first."""
    query = _query(session, actor, subject, kind, type, start, end, text, tz)
    page = session.server.page("audit", everything=everything, limit=limit, cursor=cursor, tz=tz, **query)
    session.show(page, _table)


@command(audit, "export")
def export(
    session: Session,
    file: Annotated[Path | None, typer.Argument(help="Where to write it; else to the standard output.")] = None,
    format: Annotated[Format, typer.Option("--format", help="JSON can be verified elsewhere.")] = Format.csv,
    actor: Actor = None,
    subject: Subject = None,
    kind: Kind = None,
    type: Type = None,
    start: From = None,
    end: Until = None,
    text: Text = None,
    tz: Zone = None,
) -> None:
    """Write all entries that fit into a file, oldest first."""
    query = _query(session, actor, subject, kind, type, start, end, text, tz)
    parts = session.server.download("audit/export", format=format.value, **query)
    if file is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    try:
        with file.open("wb") as out:
            for part in parts:
                out.write(part)
    except OSError as error:
        raise Misused(f"{file} cannot be written: {error.strerror}.") from error
    session.say(f"The record is in {file}.")


@command(audit, "verify")
def verify(
    session: Session,
    head: Annotated[str | None, typer.Option(help="SEQUENCE:HASH that was the head at an earlier time.")] = None,
) -> None:
    """Compute the chain of hashes anew; exit code 1 if an entry was changed, removed or put in."""
    answer = session.server.send("GET", "audit/verify", params={"head": head}, timeout=None)
    session.show(answer, _verdict)
    if not answer.json()["ok"]:
        raise typer.Exit(ExitCode.REFUSED)


def _query(
    session: Session,
    actor: str | None,
    subject: str | None,
    kind: str | None,
    type_: str | None,
    start: str | None,
    end: str | None,
    text: str | None,
    tz: str | None,
) -> dict[str, Any]:
    """Answer the filters as the API names them."""
    query = {
        "actor_id": names.user(session.server, actor)["id"] if actor else None,
        "subject": subject,
        "kind": kind,
        "type": type_,
        "text": text,
    }
    for name, words in (("from", start), ("until", end)):
        if words:
            moment = parse_moment(words, zone(tz) if tz else names.own_zone(session.server), session.now)
            session.note(moment.note)
            query[name] = moment.wire
    return query


def _table(page: Any) -> RenderableType:
    return table(
        ("nr", "when", "who", "what", "subject", "from"),
        [
            (
                one["sequence"],
                f"{instant_of(one['occurred_at']):%Y-%m-%d %H:%M:%S%z}",
                _who(one["actor"]),
                _what(one),
                one["subject"],
                one["address"],
            )
            for one in page["items"]
        ],
        none="Nothing of this kind was recorded.",
        more=more_pages(page),
        right=("nr",),
        whole=("when",),
    )


def _who(actor: Any) -> str:
    return "the system" if actor is None else actor["username"] or f"id {actor['id']}"


def _what(one: Any) -> str:
    """Answer the last words of the type, and what changed."""
    name = one["type"].split(".")[-2].replace("_", " ") if one["type"].count(".") > 1 else one["type"]
    before, after = one["before"] or {}, one["after"] or {}
    members = dict.fromkeys([*before, *after])
    changed = [f"{member}: {_short(before.get(member))} → {_short(after.get(member))}" for member in members]
    return "\n".join([name, *changed])


def _short(value: Any) -> str:
    return "none" if value is None else str(value)


def _verdict(verdict: Any) -> RenderableType:
    head, broken, checkpoint = verdict["head"], verdict["broken"], verdict["checkpoint"]
    pairs: list[tuple[str, object]] = [
        ("record", "BROKEN" if broken else "whole"),
        ("entries", f"{verdict['entries']} that fit"),
        ("head", f"{head['sequence']}:{head['hash']}"),
    ]
    if broken:
        pairs.append(("breaks at", f"{broken['sequence']} ({broken['reason']}): {broken['message']}"))
    if checkpoint:
        pairs.append(("removed", f"up to {checkpoint['sequence']}, for their age, at {checkpoint['removed_at']}"))
    if verdict["noted_was_removed"]:
        pairs.append(("noted head", "is older than what is kept, so it says nothing"))
    return record(pairs)
