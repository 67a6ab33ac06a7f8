"""``berth events``: the events of an installation, for who runs it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from berth.app.events.verbs import Verbs

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
    _verbs(as_json=as_json).latest(type_, subject, since, source, limit)


@events.command("tail")
def tail(type_: Type = None, subject: Subject = None, source: Source = None, as_json: AsJson = False) -> None:
    """Show events as they come, until interrupted; with --json a line of JSON for each."""
    _verbs(as_json=as_json).follow(type_, subject, source)


@events.command("dead")
def dead(
    group: Annotated[str | None, typer.Option(help="Only those of this group.")] = None, as_json: AsJson = False
) -> None:
    """Show the dead letters: events that a group could not handle, the latest first."""
    _verbs(as_json=as_json).dead(group)


@events.command("replay")
def replay(
    group: GroupName = None,
    ids: Ids = None,
    everything: Everything = False,
    of_group: OfGroup = None,
    module: OfModule = None,
) -> None:
    """Have dead letters handled again: `replay audit booking/42`, `replay --all --group audit`."""
    verbs = _verbs()
    verbs.replay(verbs.choice(group, ids, of_group, module, everything=everything))


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
    verbs = _verbs()
    verbs.drop(verbs.choice(group, ids, of_group, module, everything=everything), ask=not yes)


@events.command("lag")
def lag(as_json: AsJson = False) -> None:
    """Show what waits: events to be handed on, and what each group has still to handle."""
    _verbs(as_json=as_json).lag()


@events.command("schema")
def schema(
    into: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Write it here, unless that would break what the file promises.")
    ] = None,
) -> None:
    """Print all events as an AsyncAPI 3.0 document; needs no database."""
    _verbs().schema(into)


def _verbs(*, as_json: bool = False) -> "Verbs":
    from berth.app.events.verbs import Verbs  # noqa: PLC0415 the server's libraries take a second to load

    return Verbs(as_json=as_json)
