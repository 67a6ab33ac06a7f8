"""What ``berth events`` does: it looks into the database of the installation, beside whatever serves it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import RenderableType

from berth.app.events import showing
from berth.app.events.choosing import Choice, choose
from berth.app.events.document import events_document
from berth.app.events.installation import Installation, opened
from berth.app.events.publishing import publish
from berth.app.settings import read_settings
from berth.edges.cli.failure import Misused
from berth.edges.cli.tables import console
from berth.edges.cli.times import parse_duration, parse_moment, zone
from berth.kit.outbox import dead_letters
from berth.kit.outbox.dead_letters import DeadLetter
from berth.kit.outbox.following import Sought, end_of, latest, new
from berth.kit.outbox.watching import backlog
from berth.kit.refusal import Refused

LOOK_SECONDS = 0.25


@dataclass(frozen=True)
class Verbs:
    """What an operator does with events; each verb opens the installation, and prints tables or JSON."""

    as_json: bool

    def latest(self, type_: str | None, subject: str | None, since: str | None, source: str | None, limit: int) -> None:
        """Show the latest events; ``since`` is a length of time ago or a time."""
        sought = Sought(type_, subject, _instant(since) if since else None)

        async def show(one: Installation) -> None:
            found = await latest(one.connection, one.schemas_of(source), sought, limit)
            self._print([showing.event(seen) for seen in found] if self.as_json else showing.event_table(found))

        _run(show)

    def follow(self, type_: str | None, subject: str | None, source: str | None) -> None:
        """Show events as they come, until interrupted."""
        with contextlib.suppress(KeyboardInterrupt):
            _run(lambda one: self._follow(one, Sought(type_, subject, None), source))

    def dead(self, group: str | None) -> None:
        """Show the dead letters of a group, or of all."""

        async def show(one: Installation) -> None:
            found = [letter for letter in await one.dead_letters() if group in {None, letter.group}]
            self._print([showing.letter(letter) for letter in found] if self.as_json else showing.letter_table(found))

        _run(show)

    def choice(
        self, group: str | None, ids: list[str] | None, of_group: str | None, module: str | None, *, everything: bool
    ) -> Choice:
        """Answer which dead letters are meant; two groups at once are refused."""
        if group and of_group and group != of_group:
            raise Refused(f"One group at a time: {group} or {of_group}.")
        return Choice(group or of_group, ids or [], everything, module)

    def replay(self, choice: Choice) -> None:
        """Have the chosen dead letters handled again."""
        _run(lambda one: _replay(one, choice))

    def drop(self, choice: Choice, *, ask: bool) -> None:
        """Delete the chosen dead letters for good."""
        _run(lambda one: _drop(one, choice, ask=ask))

    def lag(self) -> None:
        """Show what waits to be handed on, and to be handled."""

        async def show(one: Installation) -> None:
            found = await backlog(one.connection, one.schemas, one.groups)
            self._print(showing.backlogs(found) if self.as_json else showing.backlog_tables(found))

        _run(show)

    def schema(self, into: Path | None) -> None:
        """Print the document of all events, or write it to a file unless that breaks what it promises."""
        if into is None:
            print(events_document())
        else:
            publish(events_document(), into)

    async def _follow(self, one: Installation, sought: Sought, source: str | None) -> None:
        places = [await end_of(one.connection, schema) for schema in one.schemas_of(source)]
        while True:
            found = [seen for place in places for seen in await new(one.connection, place)]
            for seen in found:
                if sought.fits(seen.envelope):
                    print(
                        showing.as_json(showing.event(seen)) if self.as_json else showing.event_line(seen), flush=True
                    )
            if not found:
                await asyncio.sleep(LOOK_SECONDS)

    def _print(self, answer: RenderableType | list[dict[str, object]]) -> None:
        if self.as_json:
            print(showing.as_json(answer))
        else:
            console().print(answer, crop=False)


def _run(work: Callable[[Installation], Awaitable[None]]) -> None:
    async def work_there() -> None:
        async with opened(read_settings()) as installation:
            await work(installation)

    asyncio.run(work_there())


def _instant(text: str) -> datetime:
    """Answer the instant that a length of time ago or a time means."""
    now = datetime.now(UTC)
    with contextlib.suppress(Misused):
        return now - parse_duration(text)
    try:
        return parse_moment(text, zone("UTC"), now).instant
    except Misused:
        raise Refused(f"{text!r} is not a time; write 2h for the last two hours, or 2027-03-01T09:00.") from None


async def _replay(one: Installation, choice: Choice) -> None:
    chosen = await _chosen(one, choice)
    count = 0
    async with one.connection.transaction():
        for (schema, group), events in _by_group(chosen).items():
            count += len(await dead_letters.replay(one.connection, schema, group, events))
    print(f"{count} put back.")


async def _drop(one: Installation, choice: Choice, *, ask: bool) -> None:
    chosen = await _chosen(one, choice)
    if ask:
        groups = ", ".join(sorted({letter.group for letter in chosen}))
        await asyncio.to_thread(typer.confirm, f"Drop {len(chosen)} of {groups} for good?", abort=True)
    count = 0
    async with one.connection.transaction():
        for (schema, group), events in _by_group(chosen).items():
            count += len(await dead_letters.drop(one.connection, schema, group, events))
    print(f"{count} dropped.")


async def _chosen(one: Installation, choice: Choice) -> list[DeadLetter]:
    one.schemas_of(choice.module)
    return choose(choice, await one.dead_letters(), one.group_names)


def _by_group(chosen: list[DeadLetter]) -> dict[tuple[str, str], list[tuple[str, int]]]:
    found: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for letter in chosen:
        found.setdefault((letter.schema, letter.group), []).append((letter.envelope.source, letter.envelope.number))
    return found
