"""``berth reservations check-in``, ``check-out``, ``extend`` and ``qr``."""

from pathlib import Path
from typing import Annotated

import typer

from berth.edges.cli import names
from berth.edges.cli.commands.reservations import Id, reservation
from berth.edges.cli.commands.reserving import WAIT, with_alternatives
from berth.edges.cli.commands.slot import End, period
from berth.edges.cli.failure import Misused, Refused
from berth.edges.cli.session import Session, Zone
from berth.edges.cli.times import instant_of, parse_duration


def check_in(
    session: Session, id: Id, code: Annotated[str | None, typer.Option(help="The code, if it is not yours.")] = None
) -> None:
    """Begin to use what is reserved."""
    answer = session.server.post(f"reservations/{id}/check-in", {"code": code} if code else {})
    session.show(answer, lambda one: reservation(one, names.Zones(session.server, None)))


def check_out(session: Session, id: Id) -> None:
    """End the use; the rest of the slot is free again."""
    answer = session.server.post(f"reservations/{id}/check-out")
    session.show(answer, lambda one: reservation(one, names.Zones(session.server, None)))


def extend(
    session: Session,
    id: Id,
    duration: Annotated[str | None, typer.Argument(metavar="[DURATION]", help="How much longer: 30m, 1h.")] = None,
    end: End = None,
    tz: Zone = None,
) -> None:
    """Go on for longer, if what follows is free; also while it is in use."""
    if (duration is None) == (end is None):
        raise Misused("Say how much longer, or until when.", "Write berth reservations extend 17 30m")
    before = session.server.get(f"reservations/{id}")
    old = before.json()
    zones = names.Zones(session.server, tz)
    if end is None:
        wire = (instant_of(old["end"]) + parse_duration(duration or "")).isoformat()
    else:
        _, last = period(session, old["start"], None, end, zones.of([one["id"] for one in old["resources"]]))
        wire = last.wire
    try:
        answer = session.server.post(
            f"reservations/{id}/extend", {"end": wire}, headers={"If-Match": before.headers.get("ETag", "*"), **WAIT}
        )
    except Refused as refused:
        raise with_alternatives(refused, zones, lambda _: f"berth reservations show {id}") from refused
    session.show(answer, lambda one: reservation(one, zones))


def qr(
    session: Session, id: Id, file: Annotated[Path, typer.Argument(help="Where to write the picture, such as in.svg.")]
) -> None:
    """Write the QR code that opens check-in, as SVG; it holds the access code, so it is the owner's alone."""
    answer = session.server.get(f"reservations/{id}/check-in.svg")
    file.write_bytes(answer.content)
    session.say(f"Written to {file}.")
