"""``berth calendar``: calendars from outside, when they say one is busy, and one reservation for other programs."""

import time
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.calendar.feeds import Id
from berth.edges.cli.failure import Failure, Misused
from berth.edges.cli.session import Cursor, Everything, Limit, Session, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import instant_of, show_duration, show_item_range, show_moment

calendar = typer.Typer(name="calendar", no_args_is_help=True, help="Calendars for and from other programs.")

WAIT_SECONDS_MAX = 60.0
LOOK_AGAIN_SECONDS = 0.3


@command(calendar, "subscribe")
def subscribe(
    session: Session,
    name: Annotated[str, typer.Argument(help="What to call it; everybody reads it where it closes a resource.")],
    source: Annotated[str, typer.Argument(help="The address of the calendar (https://…), or a file.")],
    resource: Annotated[str | None, typer.Option(help="For a resource (administrators): id or exact name.")] = None,
) -> None:
    """Follow a calendar from outside: for yourself, or for a resource, which is closed when it says busy."""
    kind, id_ = "person", int(session.server.get("users/me").json()["id"])
    if resource:
        kind, id_ = "resource", int(names.resource(session.server, resource)["id"])
    body = {"kind": kind, "id": id_, "name": name, **_of(source)}
    made = session.server.post("calendars/subscriptions", body).json()
    session.show(_tried(session, made["id"], None), lambda one: _one(session, one))


def _of(source: str) -> dict[str, str]:
    """Answer where the calendar is, as the API takes it: an address, or the text of a file."""
    return {"url": source} if "://" in source else {"file": _read(Path(source))}


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Misused(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Misused(f"{file} is not in UTF-8.", "Have the calendar exported in UTF-8") from error


@command(calendar, "list")
def list_subscriptions(
    session: Session,
    resource: Annotated[str | None, typer.Option(help="Of this resource: id or exact name.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List the calendars that you follow, and as an administrator those of resources."""
    id_ = names.resource(session.server, resource)["id"] if resource else None
    page = session.server.page(
        "calendars/subscriptions", everything=everything, limit=limit, cursor=cursor, resource_id=id_
    )

    def rows(it: Any) -> RenderableType:
        return table(
            ("id", "of", "name", "heard", "error"),
            [
                (one["id"], f"{one['kind']} {one['subject_id']}", one["name"], _heard(one), one["error"])
                for one in it["items"]
            ],
            none="No calendar is followed.",
            more=more_pages(it),
            right=("id",),
        )

    session.show(page, rows)


@command(calendar, "refresh")
def refresh(session: Session, id: Id) -> None:
    """Have a calendar fetched now, and show what came of it."""
    before = session.server.get(f"calendars/subscriptions/{id}").json()["tried_at"]
    session.server.post(f"calendars/subscriptions/{id}/refresh")
    session.show(_tried(session, id, before), lambda one: _one(session, one))


@command(calendar, "remove")
def remove(session: Session, id: Id) -> None:
    """Follow a calendar no more; what it closed is open again."""
    session.server.delete(f"calendars/subscriptions/{id}")
    session.say("The calendar is not followed any more.")


@command(calendar, "conflicts")
def conflicts(session: Session, id: Id) -> None:
    """List the reservations that stand where a calendar says that its resource is busy (administrators)."""
    answer = session.server.get(f"calendars/subscriptions/{id}/conflicts")
    where = names.own_zone(session.server)
    session.show(
        answer,
        lambda it: table(
            ("reservation", "when", "title", "busy from"),
            [
                (
                    one["reservation_id"],
                    show_item_range(one, where),
                    one["title"],
                    show_moment(instant_of(one["busy_start"]), where),
                )
                for one in it["items"]
            ],
            none="No reservation stands in the way.",
            right=("reservation",),
        ),
    )


@command(calendar, "export")
def export(
    session: Session,
    id: Id,
    into: Annotated[Path | None, typer.Option("--into", help="A file; else it is printed.")] = None,
) -> None:
    """Write a reservation as a calendar that other programs open."""
    answer = session.server.get(f"reservations/{id}/calendar.ics")
    if into is None:
        session.out.file.write(answer.text)
        return
    try:
        into.write_bytes(answer.content)
    except OSError as error:
        raise Failure(f"{into} cannot be written: {error.strerror}.") from error
    session.say(f"{into} is written.")


@command(calendar, "busy")
def busy(session: Session) -> None:
    """Show when you are busy in the coming week, by the calendars that you follow."""
    answer = session.server.get("calendars/busy")
    where = names.own_zone(session.server)
    session.show(
        answer,
        lambda it: table(
            ("from", "until", "what", "calendar"),
            [
                (
                    show_moment(instant_of(one["start"]), where),
                    show_moment(instant_of(one["end"]), where),
                    one["title"],
                    one["subscription_id"],
                )
                for one in it["items"]
            ],
            none="You are not busy, as far as the calendars say that you follow.",
            right=("calendar",),
        ),
    )


def _tried(session: Session, id_: int, before: str | None) -> dict[str, Any]:
    """Wait until a calendar was tried, and answer how that went; after a while as it is then."""
    give_up_at = time.monotonic() + WAIT_SECONDS_MAX
    while True:
        found: dict[str, Any] = session.server.get(f"calendars/subscriptions/{id_}").json()
        if found["tried_at"] not in (None, before) or time.monotonic() > give_up_at:
            return found
        time.sleep(LOOK_AGAIN_SECONDS)


def _one(session: Session, one: Any) -> RenderableType:
    where = names.own_zone(session.server)
    tried = show_moment(instant_of(one["tried_at"]), where) if one["tried_at"] else "not yet"
    return record(
        [
            ("calendar", one["id"]),
            ("of", f"{one['kind']} {one['subject_id']}"),
            ("name", one["name"]),
            ("address", one["url"] or "a file"),
            ("tried", tried),
            ("heard", _heard(one)),
            ("error", one["error"]),
        ]
    )


def _heard(one: Any) -> str | None:
    lag = one["lag_seconds"]
    return None if lag is None else f"{show_duration(timedelta(seconds=lag))} ago" if lag >= 60 else "just now"
