"""``berth reservations create`` and ``reschedule``: from words to a slot, and from a refusal to the next best slot."""

import secrets
import shlex
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from berth.edges.cli import filters, names
from berth.edges.cli.commands.reservations import Id, reservation
from berth.edges.cli.failure import Failure, Misused, Refused
from berth.edges.cli.session import Session, Zone
from berth.edges.cli.tables import plain
from berth.edges.cli.times import (
    Moment,
    instant_of,
    parse_duration,
    parse_moment,
    show_duration,
    show_item_range,
    zone,
)

Title = Annotated[str | None, typer.Option("--title", "-t", help="What it is for.")]
Description = Annotated[str | None, typer.Option("--description", "-d")]
End = Annotated[str | None, typer.Option("--end", help="A time instead of the duration.")]
ResourceNames = Annotated[list[str] | None, typer.Option("--resource", "-r", help="Id or exact name. Repeat.")]

BUSY_SHOWN_MAX = 5
WAIT = {"Prefer": "wait=5"}
"""People at a terminal would rather wait for confirmations than ask again."""

FREE_FOLLOWS = "These are free:"
CREATE_FORM = "berth reservations create RESOURCE START DURATION, such as: r25 'tomorrow 09:00' 1h30m"


def create(
    session: Session,
    words: Annotated[
        list[str],
        typer.Argument(metavar="[RESOURCE]... START DURATION", help="What, when, how long; no DURATION with --end."),
    ],
    resource: ResourceNames = None,
    end: End = None,
    title: Title = None,
    description: Description = None,
    any_: Annotated[bool, typer.Option("--any", help="Any that fits; the smallest is taken.")] = False,
    text: filters.Text = None,
    kind: filters.Kind = None,
    tag: filters.Tags = None,
    site: filters.Site = None,
    capacity: filters.Capacity = None,
    owner: Annotated[str | None, typer.Option(help="For somebody else (administrators).")] = None,
    tz: Zone = None,
) -> None:
    """Reserve a resource, several together, or with --any the smallest that fits.

    Local times are those of the resource: 2027-03-01T09:00, 09:00 (today), 'tomorrow 09:00', now.
    """
    named, start, duration = understood(words, has_end=end is not None)
    query = filters.wanted(session.server, text, kind, tag, site, capacity)
    zones = names.Zones(session.server, tz)
    target, where = target_of(session, [*named, *(resource or ())], query if any_ else None, zones, (start, end), tz)
    if query and not any_:
        raise Misused("--text, --kind, --tag, --site and --capacity go with --any.")
    first, last = period(session, start, duration, end, where)
    body: dict[str, Any] = {"start": first.wire, "end": last.wire, "title": title or ""} | target
    if description:
        body["description"] = description
    if owner:
        body["owner_id"] = names.user(session.server, owner)["id"]
    _place(session, body, zones, tz)


def _place(session: Session, body: Mapping[str, Any], zones: names.Zones, tz: str | None) -> None:
    """Send the wish and show what came of it; a refusal comes with commands that take what is free."""

    def take(other: Any) -> str:
        length = instant_of(other["end"]) - instant_of(other["start"])
        said = f" --title {shlex.quote(body['title'])}" if body["title"] else ""
        return f"berth reservations create {_slot(other, zones)} {show_duration(length)}{said}"

    try:
        answer = session.server.post(
            "reservations",
            body,
            headers={"Idempotency-Key": secrets.token_hex(16), **WAIT},
            params={"tz": tz},
            again=True,
        )
    except Refused as refused:
        raise with_alternatives(refused, zones, take) from refused
    session.show(answer, lambda one: reservation(one, zones))
    made = answer.json()
    if made["state"] == "cancelled":
        reason = (made["cancel_reason"] or "a confirmation was refused").rstrip(".")
        raise Failure(f"It was cancelled at once: {reason}.")


def target_of(
    session: Session,
    wanted: Sequence[str],
    query: dict[str, Any] | None,
    zones: names.Zones,
    times: tuple[str, str | None],
    tz: str | None,
) -> tuple[dict[str, Any], ZoneInfo]:
    """Answer what to reserve, as the API takes it, and the zone in which the person's times are read."""
    if (query is None) != bool(wanted):
        raise Misused("Name a resource, or say --any and what it must have.", f"Write {CREATE_FORM}")
    found = [names.resource(session.server, one) for one in dict.fromkeys(wanted)]
    zones.know(*found)
    if query is not None:
        target: dict[str, Any] = {"any_of": query}
        where = zone(tz) if tz else names.zone_of_search(session.server, query, times[0], times[1] or "now")
    else:
        target = {"resource_ids": [one["id"] for one in found]}
        where = zone(tz) if tz else names.shared_zone(found, session.server)
    return target, where


def reschedule(
    session: Session,
    id: Id,
    words: Annotated[list[str], typer.Argument(metavar="START [DURATION]", help="It stays as long as it is.")],
    resource: ResourceNames = None,
    end: End = None,
    tz: Zone = None,
) -> None:
    """Move a reservation; if the new slot is taken, it keeps the old one."""
    before = session.server.get(f"reservations/{id}")
    old = before.json()
    zones = names.Zones(session.server, tz)
    found = [names.resource(session.server, one) for one in dict.fromkeys(resource or ())]
    zones.know(*found)
    where = zones.of([one["id"] for one in found or old["resources"]])
    joined = _joined(words)
    if len(joined) > 2 or (len(joined) == 2 and end):
        raise Misused("Write berth reservations reschedule ID START [DURATION], such as: 17 'tomorrow 09:00' 1h")
    length = instant_of(old["end"]) - instant_of(old["start"])
    first, last = period(session, joined[0], joined[1] if len(joined) == 2 else None, end, where, length)
    body: dict[str, Any] = {"start": first.wire, "end": last.wire}
    if found:
        body["resource_ids"] = [one["id"] for one in found]

    def take(other: Any) -> str:
        name, start = _slot(other, zones).rsplit(" ", 1)
        moves = other["resource_id"] not in {one["id"] for one in old["resources"]}
        return f"berth reservations reschedule {id} {start}{f' --resource {name}' if moves else ''}"

    try:
        answer = session.server.patch(
            f"reservations/{id}", body, headers={"If-Match": before.headers.get("ETag", "*"), **WAIT}, params={"tz": tz}
        )
    except Refused as refused:
        raise with_alternatives(refused, zones, take) from refused
    session.show(answer, lambda one: reservation(one, zones))


def understood(words: Sequence[str], *, has_end: bool) -> tuple[list[str], str, str | None]:
    """Answer the resources, the start and the duration that the words name, in this order.

    The last word is the duration, unless the end is given; the one before is the start.
    """
    rest = _joined(words)
    duration = None if has_end else rest.pop()
    if not rest:
        raise Misused("The start or the duration is missing.", f"Write {CREATE_FORM}")
    start = rest.pop()
    return rest, start, duration


def _joined(words: Sequence[str]) -> list[str]:
    """Answer the words with ``tomorrow 09:00`` as one, whether it was quoted or not."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].lower() in ("today", "tomorrow") and ":" in word:
            joined[-1] += f" {word}"
        else:
            joined.append(word)
    return joined


def period(
    session: Session,
    start: str,
    duration: str | None,
    end: str | None,
    where: ZoneInfo,
    length: timedelta | None = None,
) -> tuple[Moment, Moment]:
    """Answer start and end, and tell the person of hours that daylight saving takes or repeats."""
    first = parse_moment(start, where, session.now)
    session.note(first.note)
    if end is not None:
        last = parse_moment(_end_day(end, first.instant, where), where, session.now)
        session.note(last.note)
    else:
        last = Moment(first.instant + (parse_duration(duration) if duration else length or timedelta()))
    if last.instant <= first.instant:
        raise Misused("The end must lie after the start.")
    return first, last


def _end_day(end: str, start: datetime, where: ZoneInfo) -> str:
    """Answer the end, a bare time of day being on the day of the start."""
    bare = ":" in end and len(end.strip()) <= 5
    return f"{start.astimezone(where):%Y-%m-%d}T{end.strip():0>5}" if bare else end


def _slot(other: Any, zones: names.Zones) -> str:
    """Answer the resource and the start of an alternative, as words of a command."""
    local = instant_of(other["start"]).astimezone(zones.of([other["resource_id"]]))
    return f"{shlex.quote(other['resource'])} {local.isoformat(timespec='minutes')}"


def with_alternatives(refused: Refused, zones: names.Zones, take: Callable[[Any], str]) -> Refused:
    """Answer the refusal with what takes the slot, and the command that takes each alternative."""
    busy = [
        f"  taken  {show_item_range(one, zones.of([one['resource_id']]))}" for one in refused.problem.get("busy", ())
    ]
    others = [
        f"  {plain(one['resource'])}  {show_item_range(one, zones.of([one['resource_id']]))}\n    {take(one)}"
        for one in refused.problem.get("alternatives", ())
    ]
    more = [f"  … and {len(busy) - BUSY_SHOWN_MAX} more"] if len(busy) > BUSY_SHOWN_MAX else []
    refused.hints += [*busy[:BUSY_SHOWN_MAX], *more, *([FREE_FOLLOWS] if others else []), *others]
    return refused
