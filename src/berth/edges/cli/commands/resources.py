"""``berth resources``: what can be reserved."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from berth.edges.cli import filters, names
from berth.edges.cli.failure import Misused
from berth.edges.cli.rules.hours import add_hours
from berth.edges.cli.rules.policy import add_policy
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, plain, record, table
from berth.edges.cli.times import parse_moment, zone

resources = typer.Typer(name="resources", no_args_is_help=True, help="What can be reserved.")

Which = Annotated[str, typer.Argument(metavar="RESOURCE", help="Id or exact name.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="A tag. Repeat.")]
Attributes = Annotated[
    list[str] | None, typer.Option("--attribute", help="name=value, the value as JSON or text. Repeat.")
]


def resource(one: Any) -> Any:
    """Answer a resource, a line for each member."""
    attributes = ", ".join(f"{name}={value}" for name, value in (one.get("attributes") or {}).items())
    return record(
        [
            ("resource", f"{one['name']} (id {one['id']})"),
            ("kind", one["kind"]),
            ("site", " / ".join(one.get("site_path") or ())),
            ("capacity", one["capacity"]),
            ("time zone", one["timezone"]),
            ("tags", one["tags"]),
            ("description", one.get("description")),
            ("attributes", attributes),
            ("retired", one["retired"]),
        ]
    )


def resources_table(page: Any) -> Any:
    """Answer a page of resources."""
    return table(
        ("id", "name", "kind", "site", "capacity", "time zone", "tags"),
        [
            (
                one["id"],
                f"{one['name']} (retired)" if one["retired"] else one["name"],
                one["kind"],
                " / ".join(one.get("site_path") or ()),
                one["capacity"],
                one["timezone"],
                one["tags"],
            )
            for one in page["items"]
        ],
        none="No resource fits.",
        more=more_pages(page),
        right=("id", "capacity"),
        whole=("id", "time zone"),
    )


@command(resources, "list")
def list_resources(
    session: Session,
    text: filters.Text = None,
    kind: filters.Kind = None,
    tag: filters.Tags = None,
    site: filters.Site = None,
    capacity: filters.Capacity = None,
    retired: Annotated[bool, typer.Option("--retired", help="Those out of service.", show_default=False)] = False,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List resources."""
    query = filters.wanted(session.server, text, kind, tag, site, capacity)
    state = "true" if retired else None
    page = session.server.page("resources", everything=everything, limit=limit, cursor=cursor, retired=state, **query)
    session.show(page, resources_table)


@command(resources, "search")
def search(
    session: Session,
    words: Annotated[str | None, typer.Argument(metavar="[TEXT]")] = None,
    kind: filters.Kind = None,
    tag: filters.Tags = None,
    site: filters.Site = None,
    capacity: filters.Capacity = None,
    start: Annotated[str | None, typer.Option("--from", help="Free from this time …")] = None,
    end: Annotated[str | None, typer.Option("--until", help="… until this time.")] = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """Search resources, also for those that are free at a time."""
    if (start is None) != (end is None):
        raise Misused("To search for what is free, give both --from and --until.")
    query = filters.wanted(session.server, words, kind, tag, site, capacity)
    if start and end:
        where = zone(tz) if tz else names.zone_of_search(session.server, query, start, end)
        moments = [parse_moment(text, where, session.now) for text in (start, end)]
        for moment in moments:
            session.note(moment.note)
        query |= {"available_from": moments[0].wire, "available_until": moments[1].wire}
    page = session.server.page("resources/search", everything=everything, limit=limit, cursor=cursor, **query)
    session.show(page, resources_table)


@command(resources, "show")
def show(session: Session, which: Which) -> None:
    """Show a resource."""
    found = names.resource(session.server, which)
    session.show(session.server.get(f"resources/{found['id']}"), resource)


@command(resources, "create")
def create(
    session: Session,
    name: Annotated[str, typer.Argument()],
    kind: Annotated[str, typer.Option(help="Such as room, desk, projector.")],
    timezone: Annotated[str | None, typer.Option(help="Such as Europe/Rome; else that of its site.")] = None,
    site: Annotated[str | None, typer.Option(help="Id, name or path of its site.")] = None,
    capacity: Annotated[int | None, typer.Option(min=1, help="Seats.")] = None,
    tag: Tags = None,
    description: Annotated[str | None, typer.Option()] = None,
    attribute: Attributes = None,
) -> None:
    """Create a resource: open at all hours, without limits, until you set them."""
    members = _members(session, kind, timezone, site, capacity, tag, description, attribute)
    session.show(session.server.post("resources", {"name": name, **members}), resource)


@command(resources, "edit")
def edit(
    session: Session,
    which: Which,
    name: Annotated[str | None, typer.Option()] = None,
    kind: Annotated[str | None, typer.Option()] = None,
    timezone: Annotated[str | None, typer.Option(help="Such as Europe/Rome.")] = None,
    site: Annotated[str | None, typer.Option(help="Id, name or path of its site.")] = None,
    capacity: Annotated[int | None, typer.Option(min=1, help="Seats.")] = None,
    tag: Tags = None,
    description: Annotated[str | None, typer.Option()] = None,
    attribute: Attributes = None,
) -> None:
    """Change a resource; what is not named stays, and tags given replace all its tags."""
    members = _members(session, kind, timezone, site, capacity, tag, description, attribute)
    changes = {**({"name": name} if name else {}), **members}
    if not changes:
        raise Misused("There is nothing to change.", "Say what: --name, --kind, --site, --capacity, --tag …")
    found = names.resource(session.server, which)
    if "attributes" in changes:
        changes["attributes"] = {**(found.get("attributes") or {}), **changes["attributes"]}
    session.show(session.server.patch(f"resources/{found['id']}", changes), resource)


@command(resources, "retire")
def retire(session: Session, which: Which) -> None:
    """Take a resource out of service; its history stays."""
    found = names.resource(session.server, which)
    answer = session.server.post(f"resources/{found['id']}/retire")
    session.show(answer, lambda one: Text(f"{plain(one['name'])} is retired."))


@command(resources, "restore")
def restore(session: Session, which: Which) -> None:
    """Take a retired resource into service again."""
    found = names.resource(session.server, which, retired=True)
    answer = session.server.post(f"resources/{found['id']}/restore")
    session.show(answer, lambda one: Text(f"{plain(one['name'])} can be reserved again."))


@command(resources, "export")
def export(
    session: Session,
    file: Annotated[Path | None, typer.Argument(help="Where to write it; else to the standard output.")] = None,
) -> None:
    """Write all resources as CSV, in the form that ``berth import`` reads."""
    text = session.server.get("resources/export").text
    if file is None:
        print(text, end="")
        return
    try:
        file.write_text(text, newline="")
    except OSError as error:
        raise Misused(f"{file} cannot be written: {error.strerror}.") from error
    session.say(f"{max(0, len(text.splitlines()) - 1)} resources are in {file}.")


add_hours(resources, "resources", names.resource)
add_policy(resources, "resources", names.resource)


def _members(
    session: Session,
    kind: str | None,
    timezone: str | None,
    site: str | None,
    capacity: int | None,
    tags: list[str] | None,
    description: str | None,
    attributes: list[str] | None,
) -> dict[str, Any]:
    members = {
        "kind": kind,
        "timezone": timezone,
        "site_id": names.site(session.server, site)["id"] if site else None,
        "capacity": capacity,
        "tags": [one for one in tags if one] if tags is not None else None,
        "description": description,
        "attributes": dict(_attribute(one) for one in attributes) if attributes else None,
    }
    return {key: value for key, value in members.items() if value is not None}


def _attribute(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Misused(f"{text!r} is not an attribute; write name=value.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
