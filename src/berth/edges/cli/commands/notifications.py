"""``berth notifications``: what happened to your reservations and orders, and what you want to be told of."""

from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text

from berth.edges.cli.failure import Misused
from berth.edges.cli.names import own_zone
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, table
from berth.edges.cli.times import instant_of, show_moment, zone

notifications = typer.Typer(
    name="notifications", no_args_is_help=True, help="What happened to your reservations and orders."
)

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1)]
Kind = Annotated[
    str | None, typer.Option("--kind", help="Such as reservation_cancelled; `preferences` names them all.")
]
SWITCH = "KIND[:self|:other][:in_app|:email]"
WORDS = {True: "self", False: "other"}
"""Who did it, as people type it."""


@command(notifications, "list")
def list_notifications(
    session: Session,
    unread: Annotated[bool | None, typer.Option("--unread/--read", show_default=False)] = None,
    kind: Kind = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List your notifications, the newest first."""
    state = None if unread is None else str(unread).lower()
    page = session.server.page(
        "notifications", everything=everything, limit=limit, cursor=cursor, unread=state, kind=kind, tz=tz
    )
    session.show(page, lambda it: _table(session, it, tz))


def _table(session: Session, page: Any, tz: str | None) -> RenderableType:
    where = zone(tz) if tz else own_zone(session.server)
    return table(
        ("id", f"when ({where.key})", "what", "read"),
        [
            (
                one["id"],
                show_moment(instant_of(one["created_at"]), where).removesuffix(f" {where.key}"),
                one["body"],
                one["read_at"] is not None,
            )
            for one in page["items"]
        ],
        none="There is no notification.",
        more=more_pages(page),
        right=("id",),
        whole=("id", "read"),
    )


@command(notifications, "unread")
def unread(session: Session) -> None:
    """Count the notifications that you have not read."""
    session.show(session.server.get("notifications/unread-count"), lambda it: f"{it['unread']} unread")


@command(notifications, "read")
def read(session: Session, id: Id, tz: Zone = None) -> None:
    """Show a notification and mark it as read."""
    answer = session.server.post(f"notifications/{id}/read", params={"tz": tz})
    session.show(answer, lambda it: _table(session, {"items": [it]}, tz))


@command(notifications, "read-all")
def read_all(
    session: Session,
    until: Annotated[int | None, typer.Option("--until", min=1, max=2**63 - 1, help="The newest id to mark.")] = None,
) -> None:
    """Mark all your notifications as read."""
    answer = session.server.post("notifications/read-all", {"until_id": until} if until else {})
    session.show(answer, lambda it: f"{it['read']} marked as read")


@command(notifications, "preferences")
def preferences(
    session: Session,
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar=SWITCH, help="Tell me. Repeat. What is not said is meant both ways."),
    ] = None,
    off: Annotated[list[str] | None, typer.Option("--off", metavar=SWITCH, help="Do not tell me. Repeat.")] = None,
    remind: Annotated[
        str | None, typer.Option("--remind", metavar="HOURS", help="Hours before the start, 1 to 168, or off.")
    ] = None,
    default: Annotated[bool, typer.Option("--default", help="Begin with the defaults.", show_default=False)] = False,
) -> None:
    """Show what you are told of, or change it; :self is what you do yourself, :other what others do."""
    path = "notifications/preferences"
    answer = session.server.put(path, {"items": []}) if default else session.server.get(path)
    if on or off or remind:
        chosen = answer.json()
        items = chosen["items"]
        for words, enabled in ((on or [], True), (off or [], False)):
            for word in words:
                _turn(items, word, enabled=enabled)
        hours = _hours(remind) if remind else chosen["reminder_hours"]
        answer = session.server.put(path, {"items": items, "reminder_hours": hours})
    session.show(answer, _switches)


def _turn(items: list[dict[str, Any]], word: str, *, enabled: bool) -> None:
    """Turn the switches that the word means; refuse a word that means none."""
    kind, *rest = word.split(":")
    meant = [one for one in items if one["kind"] == kind and {*rest} <= {WORDS[one["by_self"]], one["channel"]}]
    if not meant:
        known = ", ".join(f"{one['kind']}:{WORDS[one['by_self']]}:{one['channel']}" for one in items)
        raise Misused(f"There is nothing called {word!r}.", f"There are: {known}")
    for one in meant:
        one["enabled"] = enabled


def _hours(word: str) -> int | None:
    """Answer the hours that the word means, none for ``off``."""
    if word == "off":
        return None
    if not word.isdecimal():
        raise Misused(f"{word!r} is no number of hours.", "Such as --remind 24, or --remind off")
    return int(word)


def _switches(answer: Any) -> RenderableType:
    hours = answer["reminder_hours"]
    reminder = "off" if hours is None else f"{hours} h before the start"
    switches = table(
        ("kind", "done by", "channel", "on"),
        [(one["kind"], WORDS[one["by_self"]], one["channel"], one["enabled"]) for one in answer["items"]],
        none="There is nothing to choose.",
    )
    return Group(switches, Text(f"\nreminder: {reminder}"))
