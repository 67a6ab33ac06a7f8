"""What to look for among resources: the same options wherever resources are searched."""

from typing import Annotated, Any

import typer

from berth.edges.cli import names
from berth.edges.cli.client import Server

Text = Annotated[str | None, typer.Option("--text", help="Words in name, description, kind, tags or site.")]
Kind = Annotated[str | None, typer.Option("--kind", help="Such as room.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="A tag it must carry. Repeat.")]
Site = Annotated[str | None, typer.Option("--site", help="Id, name or path; the sites below it count too.")]
Capacity = Annotated[int | None, typer.Option("--capacity", min=1, help="Seats at least.")]


def wanted(
    server: Server, text: str | None, kind: str | None, tags: list[str] | None, site: str | None, capacity: int | None
) -> dict[str, Any]:
    """Answer the members of a search, as the API names them; only those that were given."""
    members = {
        "text": text,
        "kind": kind,
        "tags": tags or None,
        "site_id": names.site(server, site)["id"] if site else None,
        "capacity_min": capacity,
    }
    return {key: value for key, value in members.items() if value is not None}
