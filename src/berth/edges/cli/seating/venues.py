"""``berth venues``: places with seats, and their maps as files."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.failure import Misused, NotFound
from berth.edges.cli.names import Thing
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import instant_of, show_moment, zone

venues = typer.Typer(name="venues", no_args_is_help=True, help="Places with seats, and maps of where they are.")

Which = Annotated[str, typer.Argument(metavar="VENUE", help="Id or exact name.")]
Into = Annotated[Path | None, typer.Option("--into", help="The file to write; else it is printed.")]


class Numbering(StrEnum):
    """How the seats of a row are numbered."""

    from_left = "from_left"
    from_right = "from_right"
    odd_left = "odd_left"


class RowNames(StrEnum):
    """How rows are named."""

    letters = "letters"
    numbers = "numbers"


@command(venues, "list")
def list_venues(session: Session, limit: Limit = 50, cursor: Cursor = None, everything: Everything = False) -> None:
    """List venues by name."""
    page = session.server.page("venues", everything=everything, limit=limit, cursor=cursor)
    session.show(page, _listed)


@command(venues, "add")
def add(
    session: Session,
    name: Annotated[str, typer.Argument(help="What people call it.")],
    resource: Annotated[str, typer.Option(help="The resource that is reserved while it is used: id or exact name.")],
) -> None:
    """Make a venue of a resource (administrators)."""
    found = names.resource(session.server, resource)
    session.show(session.server.post("venues", {"name": name, "resource_id": found["id"]}), _shown)


@command(venues, "show")
def show(session: Session, which: Which, tz: Zone = None) -> None:
    """Show a venue and the versions of its map."""
    venue = names.venue(session.server, which)
    versions = session.server.get(f"venues/{venue['id']}/maps").json()["items"]
    session.show({**venue, "maps": versions}, lambda it: _with_maps(it, tz))


@command(venues, "rename")
def rename(session: Session, which: Which, name: Annotated[str, typer.Argument(help="The new name.")]) -> None:
    """Name a venue (administrators)."""
    session.show(session.server.patch(f"venues/{names.venue(session.server, which)['id']}", {"name": name}), _shown)


@command(venues, "remove")
def remove(session: Session, which: Which) -> None:
    """Remove a venue; its resource stays (administrators)."""
    venue = names.venue(session.server, which)
    session.server.delete(f"venues/{venue['id']}")
    session.say(f"The venue {venue['name']} is removed.")


@command(venues, "map")
def show_map(
    session: Session,
    which: Which,
    version: Annotated[int | None, typer.Option(min=1, help="A version; else the present one.")] = None,
    into: Into = None,
) -> None:
    """Print a venue's seat map as JSON, or write it to a file."""
    venue = names.venue(session.server, which)
    saved = session.server.get(f"venues/{venue['id']}/map", version=version).json()
    _write(session, saved["content"], into)


@command(venues, "set-map")
def set_map(
    session: Session,
    which: Which,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON as `berth venues map` prints it, or an SVG.")],
    scale: Annotated[float, typer.Option(min=0.001, max=10_000, help="SVG: centimetres for each unit.")] = 1.0,
) -> None:
    """Save a file as a venue's seat map (administrators); versions that were saved before stay.

    In an SVG, each circle, ellipse or rectangle is a seat that has data-section, data-row and data-seat, itself or by
    a group around it, or an id such as stalls/A/12.
    """
    venue = names.venue(session.server, which)
    content = _drawing(session, file, scale) if file.suffix.lower() == ".svg" else _read(file)
    answer = session.server.put(f"venues/{venue['id']}/map", content)
    session.show(answer, lambda it: _saved(venue, it))


@command(venues, "generate")
def generate(
    session: Session,
    section: Annotated[str, typer.Argument(help="What the section is called, such as Stalls.")],
    rows: Annotated[int, typer.Option(min=1, max=200)],
    seats: Annotated[int, typer.Option(min=1, max=500, help="How many the first row has.")],
    category: Annotated[str, typer.Option(help="What its seats are priced by.")] = "standard",
    growing: Annotated[int, typer.Option(help="How many more each row has than the one before it.")] = 0,
    numbering: Annotated[Numbering, typer.Option(help="odd_left: 1, 3, 5 … from the middle.")] = Numbering.from_left,
    row_names: Annotated[RowNames, typer.Option()] = RowNames.letters,
    aisle_after: Annotated[list[int] | None, typer.Option(help="Counted from the left. Repeat.")] = None,
    curve: Annotated[int, typer.Option(min=0, max=180, help="Degrees of its first row around the stage.")] = 0,
    x: Annotated[int, typer.Option(help="Where the middle of the first row is, in centimetres.")] = 0,
    y: Annotated[int, typer.Option(help="How far from the stage its first row is, in centimetres.")] = 0,
    into: Into = None,
) -> None:
    """Make a section of so many rows and seats (administrators), as a map or added to that of the file --into.

    For example: berth venues generate Stalls --rows 20 --seats 30 --curve 40 --into hall.json
    """
    pattern = {
        "key": section,
        "name": section,
        "category": category,
        "rows": rows,
        "seats": seats,
        "growing": growing,
        "numbering": numbering,
        "row_names": row_names,
        "aisles_after": aisle_after or [],
        "curve_degrees": curve,
        "x": x,
        "y": y,
    }
    made = session.server.post("seat-maps/sections", pattern).json()
    content = _read(into) if into and into.exists() else {"categories": [], "sections": [], "areas": []}
    if any(one["key"] == section for one in content["sections"]):
        raise Misused(f"{into} has a section {section} already; give this one another name.")
    if all(one["key"] != category for one in content["categories"]):
        content["categories"].append({"key": category, "name": category})
    content["sections"].append(made)
    _write(session, content, into)


def _read(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text())
    except FileNotFoundError as error:
        raise NotFound(
            f"There is no file {file}.", "Such as: berth venues generate Stalls --rows 9 --seats 9"
        ) from error
    except (OSError, ValueError) as error:
        raise Misused(f"{file} is no seat map: {error}", "Look at one: berth venues map VENUE") from error
    if not isinstance(content, dict) or not {"categories", "sections", "areas"} <= content.keys():
        raise Misused(
            f"{file} is no seat map: it needs categories, sections and areas.", "Look at one: berth venues map VENUE"
        )
    return content


def _drawing(session: Session, file: Path, scale: float) -> Any:
    try:
        drawn = file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file} cannot be read: {error.strerror}.", "Name an SVG, or a JSON of a seat map.") from error
    return session.server.post(
        "seat-maps/from-svg",
        content=drawn,
        headers={"Content-Type": "image/svg+xml"},
        params={"centimetres_per_unit": scale},
    ).json()


def _write(session: Session, content: Mapping[str, Any], into: Path | None) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    if into is None:
        print(text)
        return
    into.write_text(text + "\n")
    seats = sum(len(row["seats"]) for section in content["sections"] for row in section["rows"])
    session.say(f"{into} has {seats:,} seats. Save it: berth venues set-map VENUE {into}")


def _listed(page: Any) -> RenderableType:
    return table(
        ("id", "name", "resource", "map version"),
        [(one["id"], one["name"], one["resource_id"], one["map_version"] or None) for one in page["items"]],
        none="There is no venue yet; add one: berth venues add NAME --resource RESOURCE",
        more=more_pages(page),
        right=("id", "resource", "map version"),
    )


def _shown(venue: Any) -> RenderableType:
    return record(
        (
            ("venue", venue["id"]),
            ("name", venue["name"]),
            ("resource", venue["resource_id"]),
            ("map version", venue["map_version"] or None),
        )
    )


def _with_maps(venue: Any, tz: str | None) -> RenderableType:
    where = zone(tz or "UTC")
    return table(
        ("map of " + venue["name"], "saved", "seats", "people"),
        [
            (
                one["version"],
                show_moment(instant_of(one["saved_at"]), where),
                one["seat_count"],
                one["capacity"],
            )
            for one in venue["maps"]
        ],
        none=f"{venue['name']} has no seat map yet; save one: berth venues set-map {venue['id']} FILE",
        right=("seats", "people"),
    )


def _saved(venue: Thing, saved: Any) -> RenderableType:
    return record(
        (
            ("venue", venue["name"]),
            ("map version", saved["version"]),
            ("seats", saved["seat_count"]),
            ("people", saved["capacity"]),
        )
    )
