"""``berth calendar feed``: addresses under which other programs read calendars."""

from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.client import Server
from berth.edges.cli.failure import Misused
from berth.edges.cli.session import Cursor, Everything, Limit, Session, command
from berth.edges.cli.tables import more_pages, table
from berth.edges.cli.times import instant_of, show_moment

feed = typer.Typer(name="feed", no_args_is_help=True, help="Addresses under which calendars are read.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1)]


@command(feed, "create")
def create(
    session: Session,
    resource: Annotated[str | None, typer.Option(help="Of a resource: id or exact name.")] = None,
    site: Annotated[str | None, typer.Option(help="Of all resources of a site: id, exact name or path.")] = None,
    titles: Annotated[
        bool | None, typer.Option("--titles/--busy", help="With titles, or only as busy.", show_default=False)
    ] = None,
) -> None:
    """Make an address under which a calendar is read without signing in; of what you reserved unless said otherwise."""
    kind, id_ = _subject(session.server, resource, site)
    shown = titles if titles is not None else kind == "person"
    answer = session.server.post("calendars/feeds", {"kind": kind, "id": id_, "titles": shown})
    session.show(answer, lambda one: one["url"])
    session.say("Whoever knows this address can read the calendar. It is not shown again.")


def _subject(server: Server, resource: str | None, site: str | None) -> tuple[str, int]:
    if resource and site:
        raise Misused("A feed shows a resource or a site.", "Leave one of --resource and --site out")
    if resource:
        return "resource", int(names.resource(server, resource)["id"])
    if site:
        return "site", int(names.site(server, site)["id"])
    return "person", int(server.get("users/me").json()["id"])


@command(feed, "list")
def list_feeds(session: Session, limit: Limit = 50, cursor: Cursor = None, everything: Everything = False) -> None:
    """List your feeds, without their addresses; administrators see everybody's."""
    page = session.server.page("calendars/feeds", everything=everything, limit=limit, cursor=cursor)
    where = names.own_zone(session.server)

    def rows(it: Any) -> RenderableType:
        return table(
            ("id", "of", "titles", "made by", "last read"),
            [
                (
                    one["id"],
                    f"{one['kind']} {one['subject_id']}",
                    one["titles"],
                    one["created_by"],
                    show_moment(instant_of(one["read_at"]), where) if one["read_at"] else None,
                )
                for one in it["items"]
            ],
            none="There is no feed.",
            more=more_pages(it),
            right=("id", "made by"),
        )

    session.show(page, rows)


@command(feed, "revoke")
def revoke(session: Session, id: Id) -> None:
    """Let nobody read a feed any more."""
    session.server.delete(f"calendars/feeds/{id}")
    session.say("The feed is revoked.")
