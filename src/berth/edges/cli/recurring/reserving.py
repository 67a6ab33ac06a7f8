"""``berth reservations recurring``: what a rule would come to, and reserving by it."""

import secrets
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from berth.edges.cli import names
from berth.edges.cli.commands.reserving import Description, Title
from berth.edges.cli.commands.slot import End, period, understood
from berth.edges.cli.failure import Misused, Refused
from berth.edges.cli.recurring.telling import preview, series, with_occurrences
from berth.edges.cli.session import Session, Zone, command
from berth.edges.cli.times import zone

recurring = typer.Typer(name="recurring", no_args_is_help=True, help="Reserve by a rule, such as every Tuesday.")

FORM = "berth reservations recurring create RESOURCE START DURATION --rule FREQ=WEEKLY;COUNT=10"
Words = Annotated[
    list[str],
    typer.Argument(metavar="RESOURCE... START DURATION", help="What, and when the first is; no DURATION with --end."),
]
RuleOption = Annotated[str, typer.Option("--rule", help="RFC 5545, such as 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630'.")]
Term = Annotated[
    str | None, typer.Option("--term", help="Within this term of the resource's site; no end in the rule.")
]
Except = Annotated[list[str] | None, typer.Option("--except", metavar="DAY", help="Not on this day. Repeat.")]
Also = Annotated[list[str] | None, typer.Option("--also", metavar="DAY", help="On this day, too. Repeat.")]
OnHolidays = Annotated[bool, typer.Option("--on-holidays", help="Holidays are not passed over.")]


@command(recurring, "preview")
def show_preview(
    session: Session,
    words: Words,
    rule: RuleOption,
    end: End = None,
    term: Term = None,
    not_on: Except = None,
    also: Also = None,
    on_holidays: OnHolidays = False,
    tz: Zone = None,
) -> None:
    """Show every time of a rule: whether it is free, what is in its way, and what is free instead."""
    body, _ = _wish(session, words, rule, end, term, not_on, also, on_holidays, tz)
    session.show(session.server.post("reservations/recurring/preview", body, params={"tz": tz}), preview)


@command(recurring, "create")
def create(
    session: Session,
    words: Words,
    rule: RuleOption,
    end: End = None,
    title: Title = None,
    description: Description = None,
    term: Term = None,
    not_on: Except = None,
    also: Also = None,
    on_holidays: OnHolidays = False,
    conflicts: Annotated[str, typer.Option(help="What is in the way: fail, skip or alternative.")] = "fail",
    owner: Annotated[str | None, typer.Option(help="For somebody else (administrators).")] = None,
    tz: Zone = None,
) -> None:
    """Reserve every time of a rule, all or none; with --conflicts skip or alternative, what can be had."""
    body, where = _wish(session, words, rule, end, term, not_on, also, on_holidays, tz)
    body |= {"title": title or "", "conflicts": conflicts}
    if description:
        body["description"] = description
    if owner:
        body["owner_id"] = names.user(session.server, owner)["id"]
    try:
        answer = session.server.post(
            "reservations/recurring",
            body,
            headers={"Idempotency-Key": secrets.token_hex(16)},
            params={"tz": tz},
            again=True,
        )
    except Refused as refused:
        raise with_occurrences(refused, where) from refused
    session.show(answer, series)


def _wish(
    session: Session,
    words: list[str],
    rule: str,
    end: str | None,
    term: str | None,
    not_on: list[str] | None,
    also: list[str] | None,
    on_holidays: bool,
    tz: str | None,
) -> tuple[dict[str, Any], ZoneInfo]:
    """Answer the series as the API takes it, and the zone in which the person's times are read."""
    named, start, duration = understood(words, has_end=end is not None)
    if not named:
        raise Misused("Name a resource.", f"Write {FORM}")
    found = [names.resource(session.server, one) for one in dict.fromkeys(named)]
    where = names.shared_zone(found, session.server)
    first, last = period(session, start, duration, end, zone(tz) if tz else where)
    body: dict[str, Any] = {
        "resource_ids": [one["id"] for one in found],
        "start": first.wire,
        "end": last.wire,
        "rule": rule,
        "exdates": not_on or [],
        "rdates": also or [],
        "skip_holidays": not on_holidays,
    }
    if term:
        body["term_id"] = _term(session, found[0], term)
    return body, where


def _term(session: Session, resource: names.Thing, word: str) -> int:
    if resource.get("site_id") is None:
        raise Misused("The resource is in no site, and so in no term.")
    path = f"sites/{resource['site_id']}/terms"
    by_id, name = names.split(word)
    known = session.server.get(path).json()["items"]
    thing = next((one for one in known if str(one["id"]) == by_id), None)
    named = [one for one in known if one["name"] == name]
    return int(names.chosen("term", word, thing, named, f"berth sites terms list {resource['site_id']}")["id"])
