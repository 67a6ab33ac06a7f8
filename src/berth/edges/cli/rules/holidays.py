"""``berth sites holidays``: the days of a site on which nothing recurs."""

from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.client import Server
from berth.edges.cli.failure import Misused
from berth.edges.cli.names import Thing
from berth.edges.cli.session import Session, command
from berth.edges.cli.tables import record, table

holidays = typer.Typer(name="holidays", no_args_is_help=True, help="Days on which nothing recurs.")

Site = Annotated[str, typer.Argument(metavar="SITE", help="Id, exact name, or path such as Campus/Main.")]
Which = Annotated[str, typer.Argument(metavar="HOLIDAY", help="Id or exact name.")]
Day = Annotated[str, typer.Argument(metavar="DAY", help="2027-03-01")]


@command(holidays, "list")
def list_holidays(session: Session, site: Site) -> None:
    """List the holidays that hold at a site, its own and those of the sites above it."""
    session.show(session.server.get(_path(session.server, site)), _table)


@command(holidays, "add")
def add(
    session: Session,
    site: Site,
    name: Annotated[str, typer.Argument(help="Such as Labour Day.")],
    first_day: Day,
    last_day: Annotated[str | None, typer.Argument(metavar="[DAY]", help="The last day, if it has several.")] = None,
) -> None:
    """Add a holiday to a site, of one day or up to a last one; series made from now on pass over it."""
    body = {"name": name, "first_day": first_day, "last_day": last_day or first_day}
    session.show(session.server.post(_path(session.server, site), body), _one)


@command(holidays, "edit")
def edit(
    session: Session,
    site: Site,
    which: Which,
    name: Annotated[str | None, typer.Option()] = None,
    first_day: Annotated[str | None, typer.Option(metavar="DAY")] = None,
    last_day: Annotated[str | None, typer.Option(metavar="DAY")] = None,
) -> None:
    """Give a holiday of a site another name or other days."""
    given = {"name": name, "first_day": first_day, "last_day": last_day}
    changes = {member: value for member, value in given.items() if value is not None}
    if not changes:
        raise Misused("There is nothing to change.", "Say what: --name, --first-day or --last-day")
    path = _path(session.server, site)
    holiday = _own_holiday(session.server, path, which)
    kept = {member: holiday[member] for member in given}
    session.show(session.server.put(f"{path}/{holiday['id']}", {**kept, **changes}), _one)


@command(holidays, "remove")
def remove(session: Session, site: Site, which: Which) -> None:
    """Remove a holiday of a site."""
    path = _path(session.server, site)
    holiday = _own_holiday(session.server, path, which)
    session.server.delete(f"{path}/{holiday['id']}")
    session.say(f"The holiday {holiday['name']} is removed.")


def _path(server: Server, site: str) -> str:
    return f"sites/{names.site(server, site)['id']}/holidays"


def _own_holiday(server: Server, path: str, word: str) -> Thing:
    """Answer the holiday of the site itself that the word means; those of sites above are changed there."""
    by_id, name = names.split(word)
    own = [one for one in server.get(path).json()["items"] if not one["inherited"]]
    thing = next((one for one in own if str(one["id"]) == by_id), None)
    named = [one for one in own if one["name"] == name]
    return names.chosen("holiday", word, thing, named, f"berth sites holidays list {path.split('/')[1]}")


def _table(page: Any) -> RenderableType:
    return table(
        ("id", "name", "first day", "last day", "inherited"),
        [(one["id"], one["name"], one["first_day"], one["last_day"], one["inherited"]) for one in page["items"]],
        none="No holidays hold at this site.",
        right=("id",),
    )


def _one(holiday: Any) -> RenderableType:
    return record(
        [
            ("holiday", f"{holiday['name']} (id {holiday['id']})"),
            ("first day", holiday["first_day"]),
            ("last day", holiday["last_day"]),
        ]
    )
