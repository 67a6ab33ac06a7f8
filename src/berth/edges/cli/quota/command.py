"""``berth quota``: what is left to you, and for administrators who may reserve how much."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from berth.edges.cli import names
from berth.edges.cli.failure import Misused
from berth.edges.cli.quota.allowance import changed, named
from berth.edges.cli.quota.showing import shown_allowance, shown_grant, shown_list, shown_standing, shown_usage
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.times import parse_minutes, parse_moment, zone

quota = typer.Typer(name="quota", no_args_is_help=True, help="What may be reserved in a day, week, month or term.")

Which = Annotated[str, typer.Argument(metavar="NAME", help="Id or exact name.")]
At = Annotated[str | None, typer.Option("--at", help="The period of this time; else the present one.")]


class Per(StrEnum):
    """The periods."""

    day = "day"
    week = "week"
    month = "month"
    term = "term"


class Role(StrEnum):
    """The roles."""

    guest = "guest"
    user = "user"
    admin = "admin"


@command(quota, "my")
def my(session: Session, at: At = None, tz: Zone = None) -> None:
    """Show what is left to you, and when it renews."""
    answer = session.server.get("quotas/my", at=_moment(session, at, tz), tz=tz)
    session.show(answer, lambda it: shown_standing(it, tz))


@command(quota, "list")
def list_allowances(
    session: Session,
    removed: Annotated[bool, typer.Option("--removed", help="Those that were removed.")] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List allowances by name (administrators)."""
    server = session.server
    page = server.page("quotas", everything=everything, limit=limit, cursor=cursor, removed="true" if removed else None)
    session.show(page, lambda it: shown_list(it, server))


@command(quota, "set")
def set_allowance(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of a new allowance, or of one to change.")],
    minutes: Annotated[str | None, typer.Option(help="How long together: minutes, or such as 3h.")] = None,
    count: Annotated[int | None, typer.Option(min=0, help="How many reservations.")] = None,
    per: Annotated[Per | None, typer.Option(help="A week begins on Monday.")] = None,
    kind: Annotated[str | None, typer.Option(help="Of resources of this kind.")] = None,
    tag: Annotated[str | None, typer.Option(help="Of resources with this tag.")] = None,
    site: Annotated[str | None, typer.Option(help="Of resources at this site and below it.")] = None,
    role: Annotated[Role | None, typer.Option(help="For a role.")] = None,
    person: Annotated[str | None, typer.Option(help="For one person: id, user name or e-mail.")] = None,
    shared: Annotated[bool | None, typer.Option("--shared/--each", help="One for all together, or one each.")] = None,
    unset: Annotated[list[str] | None, typer.Option(help="Drop kind, tag, site, role or person. Repeat.")] = None,
) -> None:
    """Set an allowance, or change the members named of one that there is (administrators).

    For example: berth quota set studio --minutes 180 --per week --kind studio
    """
    if minutes is not None and count is not None:
        raise Misused("An allowance counts either minutes or reservations: give --minutes or --count.")
    given: dict[str, Any] = {
        "unit": "minutes" if minutes is not None else "count" if count is not None else None,
        "amount": parse_minutes(minutes) if minutes is not None else count,
        "per": per and per.value,
        "kind": kind,
        "tag": tag,
        "site_id": names.site(session.server, site)["id"] if site else None,
        "role": role and role.value,
        "person_id": names.user(session.server, person)["id"] if person else None,
        "shared": shared,
    }
    answer = changed(session.server, name, given, unset or [])
    session.note(answer.json()["note"])
    session.show(answer, lambda it: shown_allowance(it, session.server))


@command(quota, "show")
def show(session: Session, which: Which) -> None:
    """Show an allowance (administrators)."""
    found = named(session.server, which)
    session.show(dict(found), lambda it: shown_allowance(it, session.server))


@command(quota, "remove")
def remove(session: Session, which: Which) -> None:
    """Remove an allowance: it counts nothing any more (administrators)."""
    found = named(session.server, which)
    session.server.delete(f"quotas/{found['id']}")
    session.say(f"The allowance {found['name']} is removed; berth quota usage id:{found['id']} shows what it counted.")


@command(quota, "grant")
def grant(
    session: Session,
    which: Which,
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help="Minutes, such as 60 or 1h, or reservations.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    person: Annotated[str | None, typer.Option(help="To whom; left out if the allowance is shared.")] = None,
    take: Annotated[bool, typer.Option("--take", help="Take it away in place of giving it.")] = False,
    at: At = None,
    tz: Zone = None,
) -> None:
    """Grant somebody more for one period (administrators)."""
    found = named(session.server, which)
    if found["unit"] == "minutes":
        number = parse_minutes(amount)
    elif amount.isascii() and amount.isdigit() and len(amount) < 9:
        number = int(amount)
    else:
        raise Misused(f"{found['name']} counts reservations, and {amount!r} is not a number of them.")
    body = {
        "person_id": names.user(session.server, person)["id"] if person else None,
        "amount": -number if take else number,
        "at": _moment(session, at, tz),
        "reason": reason,
    }
    answer = session.server.post(f"quotas/{found['id']}/grants", body, params={"tz": tz})
    session.show(answer, lambda it: shown_grant(it, found))


@command(quota, "usage")
def usage(
    session: Session,
    which: Which,
    at: At = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """Show who has used how much of an allowance (administrators)."""
    found = named(session.server, which)
    path, asked = f"quotas/{found['id']}/usage", {"at": _moment(session, at, tz), "tz": tz}
    page = session.server.get(path, limit=limit, cursor=cursor, **asked).json()
    if everything:
        page = {**page, "items": session.server.every(path, **asked), "next_cursor": None}
    session.show(page, lambda it: shown_usage(it, found, tz))


def _moment(session: Session, text: str | None, tz: str | None) -> str | None:
    """Answer a time as the API takes it, read in the zone asked for or the person's own."""
    if text is None:
        return None
    moment = parse_moment(text, zone(tz) if tz else names.own_zone(session.server), session.now)
    session.note(moment.note)
    return moment.wire
