"""``berth sites terms`` and ``berth sites holidays``: the named days of a site."""

from dataclasses import dataclass
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
holidays = typer.Typer(name="holidays", no_args_is_help=True, help="Days on which nothing recurs.")

Site = Annotated[str, typer.Argument(metavar="SITE", help="Id, exact name, or path such as Campus/Main.")]
Term = Annotated[str, typer.Argument(metavar="TERM", help="Id or exact name.")]
Holiday = Annotated[str, typer.Argument(metavar="HOLIDAY", help="Id or exact name.")]
Day = Annotated[str, typer.Argument(metavar="DAY", help="2027-03-01")]
OtherName = Annotated[str | None, typer.Option()]
OtherDay = Annotated[str | None, typer.Option(metavar="DAY")]


@dataclass(frozen=True)
class Kind:
    """Terms or holidays: what one and many are called, here and in the paths of the API; what is done with them."""

    one: str
    many: str

    def list(self, session: Session, site: str) -> None:
        """Show those that hold at the site."""
        session.show(session.server.get(self._path(session.server, site)), self._table)

    def add(self, session: Session, site: str, name: str, first_day: str, last_day: str) -> None:
        """Add one to the site."""
        body = {"name": name, "first_day": first_day, "last_day": last_day}
        session.show(session.server.post(self._path(session.server, site), body), self._record)

    def edit(self, session: Session, site: str, which: str, **given: str | None) -> None:
        """Write the members that are given; the others stay."""
        changes = {member: value for member, value in given.items() if value is not None}
        if not changes:
            raise Misused("There is nothing to change.", "Say what: --name, --first-day or --last-day")
        path = self._path(session.server, site)
        own = self._own(session.server, path, which)
        kept = {member: own[member] for member in given}
        session.show(session.server.put(f"{path}/{own['id']}", {**kept, **changes}), self._record)

    def remove(self, session: Session, site: str, which: str) -> None:
        """Remove one of the site."""
        path = self._path(session.server, site)
        own = self._own(session.server, path, which)
        session.server.delete(f"{path}/{own['id']}")
        session.say(f"The {self.one} {own['name']} is removed.")

    def _path(self, server: Server, site: str) -> str:
        return f"sites/{names.site(server, site)['id']}/{self.many}"

    def _own(self, server: Server, path: str, word: str) -> Thing:
        """Answer the one of the site itself that the word means; those of sites above are changed there."""
        by_id, name = names.split(word)
        own = [one for one in server.get(path).json()["items"] if not one["inherited"]]
        thing = next((one for one in own if str(one["id"]) == by_id), None)
        named = [one for one in own if one["name"] == name]
        return names.chosen(self.one, word, thing, named, f"berth sites {self.many} list {path.split('/')[1]}")

    def _table(self, page: Any) -> RenderableType:
        return table(
            ("id", "name", "first day", "last day", "inherited"),
            [(one["id"], one["name"], one["first_day"], one["last_day"], one["inherited"]) for one in page["items"]],
            none=f"No {self.many} hold at this site.",
            right=("id",),
        )

    def _record(self, days: Any) -> RenderableType:
        return record(
            [
                (self.one, f"{days['name']} (id {days['id']})"),
                ("first day", days["first_day"]),
                ("last day", days["last_day"]),
            ]
        )


TERMS = Kind("term", "terms")
HOLIDAYS = Kind("holiday", "holidays")


@command(terms, "list")
def list_terms(session: Session, site: Site) -> None:
    """List the terms that hold at a site, its own and those of the sites above it."""
    TERMS.list(session, site)


@command(terms, "add")
def add_term(
    session: Session,
    site: Site,
    name: Annotated[str, typer.Argument(help="A name that the site has once.")],
    first_day: Day,
    last_day: Annotated[str, typer.Argument(metavar="DAY", help="2027-06-30; it belongs to the term.")],
) -> None:
    """Add a term to a site; it may not overlap another of the same site."""
    TERMS.add(session, site, name, first_day, last_day)


@command(terms, "edit")
def edit_term(
    session: Session,
    site: Site,
    which: Term,
    name: OtherName = None,
    first_day: OtherDay = None,
    last_day: OtherDay = None,
) -> None:
    """Give a term of a site another name or other days."""
    TERMS.edit(session, site, which, name=name, first_day=first_day, last_day=last_day)


@command(terms, "remove")
def remove_term(session: Session, site: Site, which: Term) -> None:
    """Remove a term of a site."""
    TERMS.remove(session, site, which)


@command(holidays, "list")
def list_holidays(session: Session, site: Site) -> None:
    """List the holidays that hold at a site, its own and those of the sites above it."""
    HOLIDAYS.list(session, site)


@command(holidays, "add")
def add_holiday(
    session: Session,
    site: Site,
    name: Annotated[str, typer.Argument(help="Such as Labour Day.")],
    first_day: Day,
    last_day: Annotated[str | None, typer.Argument(metavar="[DAY]", help="The last day, if it has several.")] = None,
) -> None:
    """Add a holiday to a site, of one day or up to a last one; series made from now on pass over it."""
    HOLIDAYS.add(session, site, name, first_day, last_day or first_day)


@command(holidays, "edit")
def edit_holiday(
    session: Session,
    site: Site,
    which: Holiday,
    name: OtherName = None,
    first_day: OtherDay = None,
    last_day: OtherDay = None,
) -> None:
    """Give a holiday of a site another name or other days."""
    HOLIDAYS.edit(session, site, which, name=name, first_day=first_day, last_day=last_day)


@command(holidays, "remove")
def remove_holiday(session: Session, site: Site, which: Holiday) -> None:
    """Remove a holiday of a site."""
    HOLIDAYS.remove(session, site, which)
