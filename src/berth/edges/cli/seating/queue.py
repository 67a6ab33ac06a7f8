"""``berth performances queue``: the waiting room of a performance, from a terminal."""

import time
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.failure import Misused
from berth.edges.cli.seating.performances import Which
from berth.edges.cli.seating.telling import of_queue, ways_out
from berth.edges.cli.session import Session, Zone
from berth.edges.cli.tables import record
from berth.edges.cli.times import instant_of, show_moment, zone

STATES = {
    "open": "open: there is no waiting room",
    "outside": "outside: not in the queue",
    "waiting": "waiting",
    "admitted": "admitted: it is your turn",
}


def queue(
    session: Session,
    which: Which,
    wait: Annotated[bool, typer.Option("--wait", help="Stay in the queue until you are admitted.")] = False,
    leave: Annotated[bool, typer.Option("--leave", help="Leave the queue, or make room for the next.")] = False,
    tz: Zone = None,
) -> None:
    """Join the queue of a performance, or say that you are still there, and see how you stand.

    Who has not asked for a minute may lose the place: ask again in time, or have --wait do it.
    """
    if wait and leave:
        raise Misused("--wait and --leave exclude each other.", "Such as: berth performances queue Aida --wait")
    server, found = session.server, names.performance(session.server, which)
    path, where = f"performances/{found['id']}/queue", zone(tz or found["timezone"])
    if leave:
        server.delete(path)
        session.say("You are in its queue no more. What you hold stays yours.")
        return
    with ways_out(of_queue(found)):
        answer = server.post(path, params={"tz": tz}, again=True)
        told = None
        while wait and answer.json()["state"] == "waiting":
            one = answer.json()
            if one["position"] != told:
                told = one["position"]
                session.say(_position(one))
            time.sleep(one["ask_again_seconds"])
            answer = server.post(path, params={"tz": tz}, again=True)
    session.show(answer, lambda one: _standing(found["id"], one, where))


def _standing(id_: int, one: Any, where: ZoneInfo) -> RenderableType:
    lines: list[tuple[str, Any]] = [("performance", id_), ("you are", STATES[one["state"]])]
    if one["state"] == "waiting":
        lines += [("position", one["position"]), ("ahead", _people(one["ahead"])), ("your turn", _estimated(one))]
        lines += [("stay in it", f"berth performances queue {id_} --wait")]
    elif one["state"] != "outside":
        if one["admitted_until"]:
            lines += [("until", show_moment(instant_of(one["admitted_until"]), where))]
        lines += [("choose seats", f"berth seats show {id_}")]
    return record(lines)


def _position(one: Any) -> str:
    return f"You are number {one['position']}, with {_people(one['ahead'])} ahead of you; your turn: {_estimated(one)}."


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _estimated(one: Any) -> str:
    """Answer when it is one's turn, in words."""
    seconds = one["estimate_seconds"]
    return "not known yet" if seconds is None else f"in about {max(1, -(-seconds // 60))} min"
