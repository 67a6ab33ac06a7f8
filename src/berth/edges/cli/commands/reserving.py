"""``berth reservations create`` and ``reschedule``: from words to a slot, and from a refusal to the next best slot."""

import secrets
import shlex
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from berth.edges.cli import filters, names
from berth.edges.cli.commands.reservations import Id, reservation
from berth.edges.cli.commands.slot import AnyThatFits, End, ResourceNames, Words, joined_words, period, read_slot
from berth.edges.cli.failure import Failure, Misused, Refused
from berth.edges.cli.session import Session, Zone
from berth.edges.cli.tables import plain
from berth.edges.cli.times import (
    instant_of,
    show_duration,
    show_item_range,
)

Title = Annotated[str | None, typer.Option("--title", "-t", help="What it is for.")]
Description = Annotated[str | None, typer.Option("--description", "-d")]

BUSY_SHOWN_MAX = 5
WAIT = {"Prefer": "wait=5"}
"""People at a terminal would rather wait for confirmations than ask again."""

FREE_FOLLOWS = "These are free:"


def create(
    session: Session,
    words: Words,
    resource: ResourceNames = None,
    end: End = None,
    title: Title = None,
    description: Description = None,
    any_: AnyThatFits = False,
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
    query = filters.wanted(session.server, text, kind, tag, site, capacity)
    slot = read_slot(session, words, resource, end, query, tz, any_=any_)
    body: dict[str, Any] = slot.body | {"title": title or ""}
    if description:
        body["description"] = description
    if owner:
        body["owner_id"] = names.user(session.server, owner)["id"]
    _place(session, body, slot.zones, tz)


def _place(session: Session, body: Mapping[str, Any], zones: names.Zones, tz: str | None) -> None:
    """Send the wish and show what came of it; a refusal comes with commands that take what is free."""

    def take(other: Any) -> str:
        length = instant_of(other["end"]) - instant_of(other["start"])
        said = f" --title {shlex.quote(body['title'])}" if body["title"] else ""
        return f"berth reservations create {_words_of(other, zones)} {show_duration(length)}{said}"

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
    joined = joined_words(words)
    if len(joined) > 2 or (len(joined) == 2 and end):
        raise Misused("Write berth reservations reschedule ID START [DURATION], such as: 17 'tomorrow 09:00' 1h")
    length = instant_of(old["end"]) - instant_of(old["start"])
    first, last = period(session, joined[0], joined[1] if len(joined) == 2 else None, end, where, length)
    body: dict[str, Any] = {"start": first.wire, "end": last.wire}
    if found:
        body["resource_ids"] = [one["id"] for one in found]

    def take(other: Any) -> str:
        name, start = _words_of(other, zones).rsplit(" ", 1)
        moves = other["resource_id"] not in {one["id"] for one in old["resources"]}
        return f"berth reservations reschedule {id} {start}{f' --resource {name}' if moves else ''}"

    try:
        answer = session.server.patch(
            f"reservations/{id}", body, headers={"If-Match": before.headers.get("ETag", "*"), **WAIT}, params={"tz": tz}
        )
    except Refused as refused:
        raise with_alternatives(refused, zones, take) from refused
    session.show(answer, lambda one: reservation(one, zones))


def _words_of(other: Any, zones: names.Zones) -> str:
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
