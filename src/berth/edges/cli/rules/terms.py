"""``berth sites terms``: the named stretches of days of a site."""

from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.client import Server
from berth.edges.cli.failure import Misused
from berth.edges.cli.names import Thing
from berth.edges.cli.session import Session, command
from berth.edges.cli.tables import record, table

terms = typer.Typer(name="terms", no_args_is_help=True, help="Named stretches of days, such as academic terms.")

Site = Annotated[str, typer.Argument(metavar="SITE", help="Id, exact name, or path such as Campus/Main.")]
Which = Annotated[str, typer.Argument(metavar="TERM", help="Id or exact name.")]
Day = Annotated[str, typer.Argument(metavar="DAY", help="2027-03-01")]


@command(terms, "list")
def list_terms(session: Session, site: Site) -> None:
    """List the terms that hold at a site, its own and those of the sites above it."""
    session.show(session.server.get(_path(session.server, site)), _table)


@command(terms, "add")
def add(
    session: Session,
    site: Site,
    name: Annotated[str, typer.Argument(help="A name that the site has once.")],
    first_day: Day,
    last_day: Annotated[str, typer.Argument(metavar="DAY", help="2027-06-30; it belongs to the term.")],
) -> None:
    """Add a term to a site; it may not overlap another of the same site."""
    body = {"name": name, "first_day": first_day, "last_day": last_day}
    session.show(session.server.post(_path(session.server, site), body), _one)


@command(terms, "edit")
def edit(
    session: Session,
    site: Site,
    which: Which,
    name: Annotated[str | None, typer.Option()] = None,
    first_day: Annotated[str | None, typer.Option(metavar="DAY")] = None,
    last_day: Annotated[str | None, typer.Option(metavar="DAY")] = None,
) -> None:
    """Give a term of a site another name or other days."""
    given = {"name": name, "first_day": first_day, "last_day": last_day}
    changes = {member: value for member, value in given.items() if value is not None}
    if not changes:
        raise Misused("There is nothing to change.", "Say what: --name, --first-day or --last-day")
    path = _path(session.server, site)
    term = _own_term(session.server, path, which)
    kept = {member: term[member] for member in given}
    session.show(session.server.put(f"{path}/{term['id']}", {**kept, **changes}), _one)


@command(terms, "remove")
def remove(session: Session, site: Site, which: Which) -> None:
    """Remove a term of a site."""
    path = _path(session.server, site)
    term = _own_term(session.server, path, which)
    session.server.delete(f"{path}/{term['id']}")
    session.say(f"The term {term['name']} is removed.")


def _path(server: Server, site: str) -> str:
    return f"sites/{names.site(server, site)['id']}/terms"


def _own_term(server: Server, path: str, word: str) -> Thing:
    """Answer the term of the site itself that the word means; those of sites above are changed there."""
    by_id, name = names.split(word)
    own = [one for one in server.get(path).json()["items"] if not one["inherited"]]
    thing = next((one for one in own if str(one["id"]) == by_id), None)
    named = [one for one in own if one["name"] == name]
    return names.chosen("term", word, thing, named, f"berth sites terms list {path.split('/')[1]}")


def _table(page: Any) -> RenderableType:
    return table(
        ("id", "name", "first day", "last day", "inherited"),
        [(one["id"], one["name"], one["first_day"], one["last_day"], one["inherited"]) for one in page["items"]],
        none="No terms hold at this site.",
        right=("id",),
    )


def _one(term: Any) -> RenderableType:
    return record(
        [
            ("term", f"{term['name']} (id {term['id']})"),
            ("first day", term["first_day"]),
            ("last day", term["last_day"]),
        ]
    )
