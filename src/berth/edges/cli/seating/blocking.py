"""``berth performances map``, ``block`` and ``unblock``: the seats that a performance is sold by."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from berth.edges.cli import names
from berth.edges.cli.seating.performances import Which
from berth.edges.cli.seating.telling import of_seats, ways_out
from berth.edges.cli.seating.writing import write
from berth.edges.cli.session import Session

Seats = Annotated[list[str], typer.Argument(metavar="SEAT", help="Such as Stalls/A/12.")]


def show_map(
    session: Session,
    which: Which,
    into: Annotated[Path | None, typer.Option("--into", help="The file to write; else it is printed.")] = None,
) -> None:
    """Print the seat map that a performance is sold by, as JSON; later maps of the venue do not change it."""
    found = names.performance(session.server, which)
    content = session.server.get(f"performances/{found['id']}/map").json()
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    if into is None:
        print(text, end="")
        return
    write(into, text.encode())
    session.say(f"The map is in {into}.")


def block(session: Session, which: Which, seats: Seats) -> None:
    """Take free seats out of the sale (administrators); what is held or sold stays as it is."""
    _set(session, which, seats, blocked=True)


def unblock(session: Session, which: Which, seats: Seats) -> None:
    """Put blocked seats back into the sale (administrators)."""
    _set(session, which, seats, blocked=False)


def _set(session: Session, which: str, seats: list[str], *, blocked: bool) -> None:
    found = names.performance(session.server, which)
    wanted = list(dict.fromkeys(seats))
    with ways_out(of_seats(found, len(wanted))):
        body = {"seats": wanted, "blocked": blocked}
        answer = session.server.post(f"performances/{found['id']}/blocked", body, again=True)
    session.show(answer, _changed)
    done = answer.json()["seats"]
    rest = [one for one in wanted if one not in done]
    if rest:
        why = "blocked already, held or sold" if blocked else "not blocked"
        session.note(f"{', '.join(rest)}: {why}, and as before. See: berth seats show {found['id']}")


def _changed(answer: Any) -> RenderableType:
    word = "blocked" if answer["blocked"] else "in the sale"
    return Text(f"{', '.join(answer['seats'])}: {word} now." if answer["seats"] else "No seat was changed.")
