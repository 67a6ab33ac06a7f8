"""One run of one command: which server, how to show answers, and how failures are told.

Every command that speaks to a server is registered with ``command``, which gives it ``--url`` and
``--json`` and turns expected failures into sentences and exit codes.
"""

import functools
import inspect
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

import httpx
import typer
from rich.console import RenderableType
from rich.text import Text

from berth.edges.cli.client import Server, server_from
from berth.edges.cli.failure import Failure, Refused
from berth.edges.cli.tables import bullets, console, plain

Command = TypeVar("Command", bound=Callable[..., None])

Url = Annotated[
    str | None,
    typer.Option("--url", help="The server; else BERTH_URL, else http://127.0.0.1:8000.", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print the API's JSON and nothing else.", show_default=False)]
Limit = Annotated[int, typer.Option("--limit", min=1, max=200, help="How many at most.")]
Cursor = Annotated[str | None, typer.Option("--cursor", help="Go on behind the page before.")]
Everything = Annotated[bool, typer.Option("--all", help="All of them, page by page.", show_default=False)]
Zone = Annotated[str | None, typer.Option("--tz", help="Read and show local times in this zone, such as Europe/Rome.")]


class Session:
    """What a command is handed."""

    def __init__(self, server: Server, *, as_json: bool) -> None:
        self.server = server
        self.as_json = as_json
        self.now = datetime.now(UTC)
        self.out = console()
        self.err = console(stderr=True)

    def show(self, answer: Any, people: Callable[[Any], RenderableType]) -> None:
        """Print an answer of the API: for programs as it is, for people as ``people`` makes of it."""
        if self.as_json:
            text = answer.text if isinstance(answer, httpx.Response) else json.dumps(answer, ensure_ascii=False)
            if text:
                print(text)
            return
        if isinstance(answer, httpx.Response):
            answer = answer.json() if answer.content else None
        self.out.print(people(answer), crop=False)

    def say(self, sentence: str) -> None:
        """Tell people something beside the answer; programs do not see it."""
        if not self.as_json:
            self.out.print(Text(plain(sentence)))

    def note(self, sentence: str | None) -> None:
        """Tell people something that they must know, on the error channel and for ``--json`` too."""
        if sentence:
            self.err.print(Text(f"Note: {plain(sentence)}", style="yellow"), soft_wrap=True)


def tell(failure: Failure, session: Session) -> None:
    """Print a failure and the ways out of it on the error channel."""
    if session.as_json and isinstance(failure, Refused) and failure.problem:
        print(json.dumps(failure.problem, ensure_ascii=False), file=sys.stderr)
        return
    session.err.print(Text(plain(failure.sentence), style="red"), soft_wrap=True)
    if isinstance(failure, Refused) and len(failure.reasons) > 1:
        session.err.print(bullets(failure.reasons))
    for hint in failure.hints:
        session.err.print(Text(plain(hint)), soft_wrap=True)


def command(group: typer.Typer, name: str, *, panel: str | None = None) -> Callable[[Command], Command]:
    """Register a function that takes a ``Session`` first; its other parameters are Typer's as usual."""

    def register(function: Command) -> Command:
        own = list(inspect.signature(function).parameters.values())[1:]

        @functools.wraps(function)
        def run(**given: Any) -> None:
            url, as_json = given.pop("url"), given.pop("as_json")
            try:
                session = Session(server_from(url), as_json=as_json)
            except Failure as failure:
                typer.echo(failure.sentence, err=True)
                raise typer.Exit(failure.exit_code) from failure
            try:
                function(session, **given)
            except Failure as failure:
                tell(failure, session)
                raise typer.Exit(failure.exit_code) from failure
            finally:
                session.server.close()

        shared = [
            inspect.Parameter("url", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Url),
            inspect.Parameter("as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json),
        ]
        keyword_only = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own]
        run.__signature__ = inspect.Signature([*keyword_only, *shared])  # type: ignore[attr-defined]  # read by Typer
        run.__annotations__ = {one.name: one.annotation for one in (*keyword_only, *shared)}
        del run.__wrapped__
        group.command(name, rich_help_panel=panel)(run)
        return function

    return register
