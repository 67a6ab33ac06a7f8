"""``berth performances``: what is on in venues, put on, changed and cancelled."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import RenderableType

from berth.edges.cli import names
from berth.edges.cli.commands.slot import End, joined_words, period
from berth.edges.cli.failure import Misused
from berth.edges.cli.names import Thing
from berth.edges.cli.seating.amounts import parse_prices
from berth.edges.cli.seating.telling import of_venue, ways_out
from berth.edges.cli.session import Cursor, Everything, Limit, Session, Zone, command
from berth.edges.cli.tables import more_pages, record, table
from berth.edges.cli.times import instant_of, parse_moment, show_item_range, show_moment, show_ranges, zone
from berth.kit.money import written

performances = typer.Typer(name="performances", no_args_is_help=True, help="What is on in venues, seat by seat.")

Which = Annotated[str, typer.Argument(metavar="PERFORMANCE", help="Id or exact name.")]
Prices = Annotated[
    list[str] | None, typer.Option("--price", metavar="CATEGORY=AMOUNT", help="Such as gold=25.00. Repeat.")
]
SalesFrom = Annotated[str | None, typer.Option(help="When the sale begins.")]
SalesUntil = Annotated[str | None, typer.Option(help="When it ends.")]
PerPerson = Annotated[int | None, typer.Option(min=1, max=1000, help="How many one person may have.")]
HoldMinutes = Annotated[int | None, typer.Option(min=1, max=1440, help="How long seats are held.")]
NoSingles = Annotated[
    bool | None, typer.Option("--no-single-seats/--single-seats", help="Whether a choice may leave one seat alone.")
]
FreeUntil = Annotated[int | None, typer.Option(min=0, max=8760, help="Giving up is free until so long before.")]
Kept = Annotated[int | None, typer.Option(min=0, max=100, help="What is kept of the price later.")]
AdmittedMax = Annotated[
    int | None, typer.Option(min=0, max=1000, help="How many choose seats at once, the others wait; 0: no limit.")
]
Description = Annotated[str | None, typer.Option("--description", "-d")]


@command(performances, "list")
def list_performances(
    session: Session,
    venue: Annotated[str | None, typer.Option(help="Id or exact name.")] = None,
    start: Annotated[
        str | None, typer.Option("--from", help="What is not over then; else what is not over now.")
    ] = None,
    end: Annotated[str | None, typer.Option("--until", help="What begins before this time.")] = None,
    tz: Zone = None,
    limit: Limit = 50,
    cursor: Cursor = None,
    everything: Everything = False,
) -> None:
    """List what is on, by start."""
    server = session.server
    where = zone(tz) if tz else names.own_zone(server) if start or end else zone("UTC")
    query: dict[str, Any] = {"venue_id": names.venue(server, venue)["id"] if venue else None, "tz": tz}
    query["from"] = _moment(session, start or "now", where)
    query["until"] = _moment(session, end, where) if end else None
    page = server.page("performances", everything=everything, limit=limit, cursor=cursor, **query)
    session.show(page, lambda it: _listed(it, tz))


@command(performances, "show")
def show(session: Session, which: Which, tz: Zone = None) -> None:
    """Show a performance, its prices and how its seats stand."""
    found = names.performance(session.server, which)
    answer = session.server.get(f"performances/{found['id']}", tz=tz)
    session.show(answer, lambda one: performance(one, tz))


@command(performances, "add")
def add(
    session: Session,
    name: Annotated[str, typer.Argument(help="What it is called.")],
    words: Annotated[list[str], typer.Argument(metavar="START DURATION", help="When, how long; or --end.")],
    venue: Annotated[str, typer.Option(help="Where: id or exact name.")],
    currency: Annotated[str, typer.Option(help="Three letters, such as EUR.")],
    price: Prices = None,
    end: End = None,
    sales_from: SalesFrom = None,
    sales_until: SalesUntil = None,
    per_person: PerPerson = None,
    hold_minutes: HoldMinutes = None,
    no_single_seats: NoSingles = None,
    free_until_hours: FreeUntil = None,
    kept_percent: Kept = None,
    admitted_max: AdmittedMax = None,
    description: Description = None,
    tz: Zone = None,
) -> None:
    """Put something on in a venue (administrators): a price for each category of its map, and the sale from now on.

    For example: berth performances add Aida 2027-03-06T20:30 3h --venue Teatro --currency EUR --price gold=25.00

    Without --sales-from and --sales-until it is sold from now on, until it starts.
    """
    server, found = session.server, names.venue(session.server, venue)
    where = zone(tz) if tz else names.shared_zone([server.get(f"resources/{found['resource_id']}").json()], server)
    start, duration = _start_and_length(words, has_end=end is not None)
    first, last = period(session, start, duration, end, where)
    body = {
        "venue_id": found["id"],
        "name": name,
        "start": first.wire,
        "end": last.wire,
        "sales_start": _moment(session, sales_from or "now", where),
        "sales_end": _moment(session, sales_until, where) if sales_until else first.wire,
        "currency": currency.upper(),
        "prices": parse_prices(price or (), currency.upper()),
        **_terms(per_person, hold_minutes, no_single_seats, free_until_hours, kept_percent, admitted_max, description),
    }
    with ways_out(of_venue(found, where)):
        answer = server.post("performances", body, params={"tz": tz})
    session.show(answer, lambda one: performance(one, tz))


@command(performances, "change")
def change(
    session: Session,
    which: Which,
    name: Annotated[str | None, typer.Option(help="What it is called.")] = None,
    start: Annotated[str | None, typer.Option(help="It stays as long as it is, unless --end says otherwise.")] = None,
    end: End = None,
    price: Prices = None,
    sales_from: SalesFrom = None,
    sales_until: SalesUntil = None,
    per_person: PerPerson = None,
    hold_minutes: HoldMinutes = None,
    no_single_seats: NoSingles = None,
    free_until_hours: FreeUntil = None,
    kept_percent: Kept = None,
    admitted_max: AdmittedMax = None,
    description: Description = None,
    tz: Zone = None,
) -> None:
    """Change what is named (administrators); what was bought keeps its price and its seats.

    The times of the sale stay as they are unless they are named, too.
    """
    server = session.server
    before = server.get(f"performances/{names.performance(server, which)['id']}")
    old = before.json()
    where = zone(tz or old["timezone"])
    body = _terms(per_person, hold_minutes, no_single_seats, free_until_hours, kept_percent, admitted_max, description)
    if name is not None:
        body["name"] = name
    if start or end:
        body |= _times(session, old, start, end, where)
    if price:
        body["prices"] = old["prices"] | parse_prices(price, old["currency"])
    for member, text in (("sales_start", sales_from), ("sales_end", sales_until)):
        if text:
            body[member] = _moment(session, text, where)
    if not body:
        raise Misused("Say what is to be another.", f"Such as: berth performances change {old['id']} --price gold=30")
    with ways_out(of_venue({"id": old["venue_id"], "resource_id": old["resource_id"]}, where)):
        path, version = f"performances/{old['id']}", {"If-Match": before.headers["ETag"]}
        answer = server.patch(path, body, headers=version, params={"tz": tz})
    session.show(answer, lambda one: performance(one, tz))


@command(performances, "cancel")
def cancel(
    session: Session, which: Which, reason: Annotated[str, typer.Option(help="Why; all buyers read it.")]
) -> None:
    """Cancel a performance: its venue is free, and all that was paid is returned whole (administrators)."""
    found = names.performance(session.server, which)
    answer = session.server.post(f"performances/{found['id']}/cancel", {"reason": reason}, again=True)
    session.show(answer, lambda one: performance(one, None))


def _start_and_length(words: list[str], *, has_end: bool) -> tuple[str, str | None]:
    joined = joined_words(words)
    if len(joined) != (1 if has_end else 2):
        raise Misused(
            "Say when it starts and how long it is, or --end.",
            "Such as: berth performances add Aida 2027-03-06T20:30 3h --venue Teatro --currency EUR --price gold=25.00",
        )
    return joined[0], None if has_end else joined[1]


def _times(session: Session, old: Thing, start: str | None, end: str | None, where: ZoneInfo) -> dict[str, Any]:
    """Answer start and end anew; without a new end it stays as long as it was."""
    length = instant_of(old["end"]) - instant_of(old["start"])
    first, last = period(session, start or old["start"], None, end, where, length)
    return {"start": first.wire, "end": last.wire}


def _terms(
    per_person: int | None,
    hold_minutes: int | None,
    no_single_seats: bool | None,
    free_until_hours: int | None,
    kept_percent: int | None,
    admitted_max: int | None,
    description: str | None,
) -> dict[str, Any]:
    """Answer what is said of the sale, as the API names it; only what was given."""
    given = {
        "seats_per_person": per_person,
        "hold_minutes": hold_minutes,
        "no_single_seats": no_single_seats,
        "free_until_hours": free_until_hours,
        "kept_percent": kept_percent,
    }
    found: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if admitted_max is not None:
        found["admitted_max"] = admitted_max or None
    if description is not None:
        found["description"] = description or None
    return found


def _moment(session: Session, text: str, where: ZoneInfo) -> str:
    """Answer the time as the API takes it; now is now to the second, and not the next full minute."""
    if text.strip().lower() == "now":
        return session.now.isoformat()
    moment = parse_moment(text, where, session.now)
    session.note(moment.note)
    return moment.wire


def performance(one: Any, tz: str | None) -> RenderableType:
    """Answer a performance, a line for each member."""
    where = zone(tz or one["timezone"])
    kept = f", then {one['kept_percent']} % kept" if one["kept_percent"] else ""
    return record(
        [
            ("performance", one["id"]),
            ("name", one["name"]),
            *([("description", one["description"])] if one["description"] else []),
            ("state", one["state"]),
            *([("reason", one["cancel_reason"])] if one["cancel_reason"] else []),
            ("when", show_item_range(one, where)),
            ("venue", one["venue_id"]),
            ("on sale", "now" if one["on_sale"] else "no"),
            ("sale begins", show_moment(instant_of(one["sales_start"]), where)),
            ("sale ends", show_moment(instant_of(one["sales_end"]), where)),
            *((f"price of {key}", written(minor, one["currency"])) for key, minor in one["prices"].items()),
            ("each person", f"up to {one['seats_per_person']} seats, held for {one['hold_minutes']} min"),
            ("single seats", "are never left alone" if one["no_single_seats"] else "may be left alone"),
            ("giving up", f"free until {one['free_until_hours']} h before{kept}" if kept else "free"),
            *([("choosing at once", f"up to {one['admitted_max']} people")] if one["admitted_max"] else []),
            ("places", f"{one['free']} free, {one['held']} held, {one['sold']} sold, {one['blocked']} blocked"),
        ]
    )


def _listed(page: Any, tz: str | None) -> RenderableType:
    items = page["items"]
    when, ranges = show_ranges(items, [zone(tz or one["timezone"]) for one in items], "when")
    return table(
        ("id", when, "name", "free", "of", "from", "sale"),
        [
            (
                one["id"],
                shown,
                one["name"],
                one["free"],
                one["capacity"],
                written(min(one["prices"].values()), one["currency"]) if one["prices"] else None,
                one["state"] if one["state"] == "cancelled" else "open" if one["on_sale"] else "closed",
            )
            for one, shown in zip(items, ranges, strict=True)
        ],
        none="Nothing is on. What was: berth performances list --from 2000-01-01",
        more=more_pages(page),
        right=("id", "free", "of"),
        whole=("id", "from", "sale", when if "(" in when else ""),
    )
