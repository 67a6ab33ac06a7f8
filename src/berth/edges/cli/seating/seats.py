"""``berth seats``: seeing which seats are free, and holding some while one decides."""

from typing import Annotated, Any

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.failure import Misused, NotFound
from berth.edges.cli.seating.amounts import parse_areas
from berth.edges.cli.seating.performances import Which
from berth.edges.cli.seating.picture import picture
from berth.edges.cli.seating.telling import of_hold, of_seats, ways_out
from berth.edges.cli.session import Session, Zone, command
from berth.edges.cli.tables import record, table
from berth.edges.cli.waiting.holds import lasts
from berth.kit.money import written

seats = typer.Typer(name="seats", no_args_is_help=True, help="See which seats are free, and hold some.")

Id = Annotated[int, typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="The number in berth seats list.")]
FORM = "Such as: berth seats hold Aida Stalls/A/1 Stalls/A/2, or --best 2, or --area floor=2"


@command(seats, "show")
def show(
    session: Session,
    which: Which,
    section: Annotated[str | None, typer.Option(help="Only this one, by its key or name.")] = None,
) -> None:
    """Show how the seats of a performance stand, a sign for each.

    A seat is named SECTION/ROW/SEAT, such as Stalls/A/12; before and behind each row are its outermost seats.
    """
    path = f"performances/{names.performance(session.server, which)['id']}"
    answer = session.server.get(f"{path}/seats")
    if session.as_json:
        session.show(answer, str)
        return
    seat_map = session.server.get(f"{path}/map").json()
    known = [one["key"] for one in seat_map["sections"]]
    if section and not any(section in (one["key"], one["name"]) for one in seat_map["sections"]):
        raise NotFound(f"There is no section {section!r}.", f"There are: {', '.join(known)}")
    session.show(answer, lambda it: picture(seat_map, it, section))


@command(seats, "hold")
def hold(
    session: Session,
    which: Which,
    wanted: Annotated[list[str] | None, typer.Argument(metavar="SEAT", help="Such as Stalls/A/12.")] = None,
    best: Annotated[int | None, typer.Option(min=1, max=1000, help="So many beside each other, the best free.")] = None,
    category: Annotated[str | None, typer.Option(help="Of the best: of this category.")] = None,
    section: Annotated[str | None, typer.Option(help="Of the best: in this section.")] = None,
    accessible: Annotated[bool, typer.Option("--accessible", help="Of the best: places for wheelchairs.")] = False,
    area: Annotated[list[str] | None, typer.Option(metavar="AREA=PEOPLE", help="Such as floor=2. Repeat.")] = None,
    tz: Zone = None,
) -> None:
    """Hold seats: all that you name, or none; nobody else can take them until the hold runs out."""
    body: dict[str, Any] = {"areas": parse_areas(area or ())}
    if not (wanted or best or area) or (wanted and best):
        raise Misused("Name seats, or how many of the best, or people in an area.", FORM)
    if (category or section or accessible) and not best:
        raise Misused("--category, --section and --accessible go with --best.", FORM)
    if best:
        body["best"] = {"count": best, "category": category, "section": section, "accessible": accessible}
    else:
        body["seats"] = list(dict.fromkeys(wanted or ()))
    found = names.performance(session.server, which)
    body["performance_id"] = found["id"]
    with ways_out(of_seats(found, best or len(wanted or ()))):
        answer = session.server.post("seat-holds", body, params={"tz": tz})
    session.show(answer, _hold)


@command(seats, "list")
def list_holds(
    session: Session,
    performance: Annotated[str | None, typer.Option(help="Of this one: id or exact name.")] = None,
    tz: Zone = None,
) -> None:
    """List the seats that you hold, and for how long."""
    found = names.performance(session.server, performance) if performance else None
    answer = session.server.get("seat-holds", performance_id=found and found["id"], tz=tz)
    session.show(answer, _table)


@command(seats, "extend")
def extend(session: Session, id: Id, tz: Zone = None) -> None:
    """Keep a hold for as long again, counted from now; once."""
    with ways_out(of_hold(id)):
        answer = session.server.post(f"seat-holds/{id}/extend", params={"tz": tz})
    session.show(answer, _hold)


@command(seats, "release")
def release(session: Session, id: Id) -> None:
    """Give a hold back; its seats are free at once."""
    with ways_out():
        session.server.delete(f"seat-holds/{id}")
    session.say("The hold is given back.")


def _hold(one: Any) -> RenderableType:
    return record(
        [
            ("hold", one["id"]),
            ("performance", one["performance_id"]),
            *((each["name"], written(each["price_minor"], one["currency"])) for each in one["seats"]),
            *(
                (f"area {key}", "1 person" if people == 1 else f"{people} people")
                for key, people in one["areas"].items()
            ),
            ("in all", written(one["amount_minor"], one["currency"])),
            ("lasts", lasts(one)),
            ("buy it", f"berth orders buy {one['id']}"),
        ]
    )


def _table(page: Any) -> RenderableType:
    return table(
        ("id", "performance", "what", "in all", "lasts"),
        [
            (
                one["id"],
                one["performance_id"],
                what(one),
                written(one["amount_minor"], one["currency"]),
                lasts(one),
            )
            for one in page["items"]
        ],
        none="You hold no seats.",
        right=("id", "performance"),
        whole=("id", "in all", "lasts"),
    )


def what(one: Any) -> str:
    """Answer the seats and the people in areas of a hold or an order, in a few words."""
    return ", ".join([*(each["id"] for each in one["seats"]), *(f"{n} in {key}" for key, n in one["areas"].items())])
