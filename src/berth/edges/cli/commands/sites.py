"""``berth sites`` and ``berth tags``: how resources are put in order."""

from typing import Annotated, Any

import typer
from rich.text import Text
from rich.tree import Tree

from berth.edges.cli import names
from berth.edges.cli.failure import Misused
from berth.edges.cli.rules.days import holidays, terms
from berth.edges.cli.rules.hours import add_hours
from berth.edges.cli.rules.policy import add_policy
from berth.edges.cli.session import Session, command
from berth.edges.cli.tables import plain, record, table

sites = typer.Typer(name="sites", no_args_is_help=True, help="Campuses, buildings and floors, as a tree.")
tags = typer.Typer(name="tags", no_args_is_help=True, help="Words that resources carry.")

Which = Annotated[str, typer.Argument(metavar="SITE", help="Id, exact name, or path such as Campus/Main.")]
Parent = Annotated[str | None, typer.Option(help="The site that it is part of.")]
Kind = Annotated[str | None, typer.Option(help="campus, building, floor or other.")]
Timezone = Annotated[str | None, typer.Option(help="Zone of the resources there, such as Europe/Rome.")]


def site(one: Any) -> Any:
    """Answer a site, a line for each member."""
    path = one.get("path")
    return record(
        [
            ("site", f"{one['name']} (id {one['id']})"),
            ("kind", one.get("kind")),
            ("path", " / ".join(path) if isinstance(path, list) else path),
            ("time zone", one.get("timezone")),
        ]
    )


def _tree(page: Any) -> Any:
    if not page["items"]:
        return Text("There are no sites yet.")
    root = Tree("", hide_root=True, guide_style="dim")
    branches: dict[int | None, Tree] = {}
    for one in page["items"]:
        label = Text.assemble(
            plain(one["name"]), (f"  {plain(one.get('kind'))} · id {one['id']}", "dim"), overflow="fold"
        )
        branches[one["id"]] = branches.get(one.get("parent_id"), root).add(label)
    return root


@command(sites, "list")
def list_sites(session: Session) -> None:
    """Show all sites as a tree."""
    session.show(session.server.get("sites"), _tree)


@command(sites, "show")
def show(session: Session, which: Which) -> None:
    """Show a site."""
    session.show(session.server.get(f"sites/{names.site(session.server, which)['id']}"), site)


@command(sites, "create")
def create(
    session: Session,
    name: Annotated[str, typer.Argument()],
    parent: Parent = None,
    kind: Kind = None,
    timezone: Timezone = None,
) -> None:
    """Create a site."""
    body = {"name": name, **_members(session, parent, kind, timezone)}
    session.show(session.server.post("sites", body), site)


@command(sites, "edit")
def edit(
    session: Session,
    which: Which,
    name: Annotated[str | None, typer.Option()] = None,
    parent: Parent = None,
    kind: Kind = None,
    timezone: Timezone = None,
) -> None:
    """Rename a site, move it below another, or change its kind or zone."""
    changes = {**({"name": name} if name else {}), **_members(session, parent, kind, timezone)}
    if not changes:
        raise Misused("There is nothing to change.", "Say what: --name, --parent, --kind or --timezone")
    session.show(session.server.patch(f"sites/{names.site(session.server, which)['id']}", changes), site)


@command(sites, "delete")
def delete(session: Session, which: Which) -> None:
    """Delete a site that nothing is in."""
    found = names.site(session.server, which)
    session.server.delete(f"sites/{found['id']}")
    session.say(f"The site {found['name']} is deleted.")


def _members(session: Session, parent: str | None, kind: str | None, timezone: str | None) -> dict[str, Any]:
    members: dict[str, Any] = {"kind": kind, "timezone": timezone}
    if parent:
        members["parent_id"] = names.site(session.server, parent)["id"]
    return {key: value for key, value in members.items() if value is not None}


add_hours(sites, "sites", names.site)
add_policy(sites, "sites", names.site)
sites.add_typer(terms)
sites.add_typer(holidays)


@command(tags, "list")
def list_tags(session: Session) -> None:
    """List the tags in use, with how many resources carry each."""
    session.show(
        session.server.get("tags"),
        lambda page: table(
            ("tag", "resources"),
            [(one["tag"], one["resources"]) for one in page["items"]],
            none="No resource carries a tag.",
            right=("resources",),
        ),
    )


@command(tags, "rename")
def rename(session: Session, tag: Annotated[str, typer.Argument()], name: Annotated[str, typer.Argument()]) -> None:
    """Rename a tag everywhere; if the new name is in use already, the two become one."""
    answer = session.server.patch(f"tags/{names.path_part(tag)}", {"name": name})
    session.show(answer, lambda _: Text(f"The tag {plain(tag)} is now {plain(name)}."))


@command(tags, "delete")
def delete_tag(session: Session, tag: Annotated[str, typer.Argument()]) -> None:
    """Take a tag off every resource."""
    answer = session.server.delete(f"tags/{names.path_part(tag)}")
    session.show(answer, lambda _: Text(f"The tag {plain(tag)} is gone."))
