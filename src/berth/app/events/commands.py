"""``berth events``: the events of an installation, for who runs it."""
# ruff: noqa: PLC0415 - imported when a command runs, so that the others start quickly

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

    from berth.app.events.choosing import Choice
    from berth.app.events.installation import Installation
    from berth.kit.outbox.dead_letters import DeadLetter
    from berth.kit.outbox.following import Sought

LOOK_SECONDS = 0.25

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.", show_default=False)]
Type = Annotated[str | None, typer.Option("--type", help="Only events of this type; * is any text.")]
Subject = Annotated[str | None, typer.Option(help="Only those of this subject, such as reservation/42; * is any text.")]
Source = Annotated[str | None, typer.Option(help="Only events of this module.")]
GroupName = Annotated[str | None, typer.Argument(metavar="GROUP", help="The group whose dead letters they are.")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID…", help="Events, such as booking/42.")]
Everything = Annotated[bool, typer.Option("--all", help="All of the group, or of all groups.", show_default=False)]
OfGroup = Annotated[str | None, typer.Option("--group", help="With --all: only those of this group.")]
OfModule = Annotated[str | None, typer.Option("--module", help="Only those of this module's groups.")]


events = typer.Typer(no_args_is_help=True, help="The events of an installation.")


@events.command("list")
def list_events(
    *,
    type_: Type = None,
    subject: Subject = None,
    source: Source = None,
    since: Annotated[str | None, typer.Option(help="2h for the last two hours, or a time (UTC).")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the latest events, the newest last, and whether they were handed on to who listens."""
    sought = _sought(type_, subject, since)
    _run(lambda one: _list(one, sought, source, limit, as_json=as_json))


@events.command("tail")
def tail(type_: Type = None, subject: Subject = None, source: Source = None, as_json: AsJson = False) -> None:
    """Show events as they come, until interrupted; with --json a line of JSON for each."""
    sought = _sought(type_, subject, None)
    with contextlib.suppress(KeyboardInterrupt):
        _run(lambda one: _tail(one, sought, source, as_json=as_json))


@events.command("dead")
def dead(
    group: Annotated[str | None, typer.Option(help="Only those of this group.")] = None, as_json: AsJson = False
) -> None:
    """Show the dead letters: events that a group could not handle, the latest first."""
    _run(lambda one: _dead(one, group, as_json=as_json))


@events.command("replay")
def replay(
    group: GroupName = None,
    ids: Ids = None,
    everything: Everything = False,
    of_group: OfGroup = None,
    module: OfModule = None,
) -> None:
    """Have dead letters handled again: `replay audit booking/42`, `replay --all --group audit`."""
    _run(lambda one: _replay(one, _choice(group, ids, of_group, module, everything=everything)))


@events.command("drop")
def drop(
    *,
    group: GroupName = None,
    ids: Ids = None,
    everything: Everything = False,
    of_group: OfGroup = None,
    module: OfModule = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.", show_default=False)] = False,
) -> None:
    """Delete dead letters for good: `drop audit booking/42`, `drop --all --group audit`."""
    _run(lambda one: _drop(one, _choice(group, ids, of_group, module, everything=everything), ask=not yes))


@events.command("lag")
def lag(as_json: AsJson = False) -> None:
    """Show what waits: events to be handed on, and what each group has still to handle."""
    _run(lambda one: _lag(one, as_json=as_json))


@events.command("schema")
def schema(
    into: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write it here, unless that would break what the file promises.")
    ] = None,
) -> None:
    """Print all events as an AsyncAPI 3.0 document; needs no database."""
    from berth.app.events.document import events_document
    from berth.app.events.publishing import publish

    if into is None:
        print(events_document())
    else:
        publish(events_document(), into)


def _run(work: "Callable[[Installation], Awaitable[None]]") -> None:
    from berth.app.events.installation import opened
    from berth.app.operating import read_settings

    async def work_there() -> None:
        async with opened(read_settings()) as installation:
            await work(installation)

    asyncio.run(work_there())


def _sought(type_: str | None, subject: str | None, since: str | None) -> "Sought":
    from berth.kit.outbox.following import Sought

    return Sought(type_, subject, _instant(since) if since else None)


def _instant(text: str) -> datetime:
    """Answer the instant that a length of time ago or a time means."""
    from berth.edges.cli.failure import Misused
    from berth.edges.cli.times import parse_duration, parse_moment, zone
    from berth.kit.refusal import Refused

    now = datetime.now(UTC)
    with contextlib.suppress(Misused):
        return now - parse_duration(text)
    try:
        return parse_moment(text, zone("UTC"), now).instant
    except Misused:
        raise Refused(f"{text!r} is not a time; write 2h for the last two hours, or 2027-03-01T09:00.") from None


def _choice(
    group: str | None, ids: list[str] | None, of_group: str | None, module: str | None, *, everything: bool
) -> "Choice":
    from berth.app.events.choosing import Choice
    from berth.kit.refusal import Refused

    if group and of_group and group != of_group:
        raise Refused(f"One group at a time: {group} or {of_group}.")
    return Choice(group or of_group, ids or [], everything, module)


async def _list(one: "Installation", sought: "Sought", source: str | None, limit: int, *, as_json: bool) -> None:
    from berth.app.events import showing
    from berth.kit.outbox.following import latest

    found = await latest(one.connection, one.schemas_of(source), sought, limit)
    _print([showing.event(seen) for seen in found] if as_json else showing.event_table(found), as_json=as_json)


async def _tail(one: "Installation", sought: "Sought", source: str | None, *, as_json: bool) -> None:
    from berth.app.events import showing
    from berth.kit.outbox.following import end_of, new

    places = [await end_of(one.connection, schema) for schema in one.schemas_of(source)]
    while True:
        found = [seen for place in places for seen in await new(one.connection, place)]
        for seen in found:
            if sought.fits(seen.envelope):
                print(showing.as_json(showing.event(seen)) if as_json else showing.event_line(seen), flush=True)
        if not found:
            await asyncio.sleep(LOOK_SECONDS)


async def _dead(one: "Installation", group: str | None, *, as_json: bool) -> None:
    from berth.app.events import showing

    found = [letter for letter in await one.dead_letters() if group in {None, letter.group}]
    _print([showing.letter(letter) for letter in found] if as_json else showing.letter_table(found), as_json=as_json)


async def _replay(one: "Installation", choice: "Choice") -> None:
    from berth.kit.outbox.dead_letters import replay

    chosen = await _chosen(one, choice)
    count = 0
    async with one.connection.transaction():
        for (schema, group), events in _by_group(chosen).items():
            count += len(await replay(one.connection, schema, group, events))
    print(f"{count} put back.")


async def _drop(one: "Installation", choice: "Choice", *, ask: bool) -> None:
    from berth.kit.outbox.dead_letters import drop

    chosen = await _chosen(one, choice)
    if ask:
        groups = ", ".join(sorted({letter.group for letter in chosen}))
        await asyncio.to_thread(typer.confirm, f"Drop {len(chosen)} of {groups} for good?", abort=True)
    count = 0
    async with one.connection.transaction():
        for (schema, group), events in _by_group(chosen).items():
            count += len(await drop(one.connection, schema, group, events))
    print(f"{count} dropped.")


async def _chosen(one: "Installation", choice: "Choice") -> "list[DeadLetter]":
    from berth.app.events.choosing import choose

    one.schemas_of(choice.module)
    return choose(choice, await one.dead_letters(), one.group_names)


def _by_group(chosen: "list[DeadLetter]") -> dict[tuple[str, str], list[tuple[str, int]]]:
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for letter in chosen:
        found.setdefault((letter.schema, letter.group), []).append((letter.envelope.source, letter.envelope.number))
    return found


async def _lag(one: "Installation", *, as_json: bool) -> None:
    from berth.app.events import showing
    from berth.kit.outbox.watching import backlog

    found = await backlog(one.connection, one.schemas, one.groups)
    _print(showing.backlogs(found) if as_json else showing.backlog_tables(found), as_json=as_json)


def _print(answer: "RenderableType | list[dict[str, object]]", *, as_json: bool) -> None:
    from berth.app.events.showing import as_json as written
    from berth.edges.cli.tables import console

    if as_json:
        print(written(answer))
    else:
        console().print(answer, crop=False)
