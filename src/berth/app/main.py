"""The program ``berth``: the commands that run an installation, beside those that speak to one.

What a command of the first sort needs is imported when it runs: the server's libraries take longer to
load than the other commands take to answer.
"""

import functools
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated

import typer
from typer.main import get_command

from berth.app import operating
from berth.app.gateway import command as gateway
from berth.edges.cli.program import program
from berth.kit.refusal import Refused

app = program()


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"berth {version('berth')}")
        raise typer.Exit


@app.callback()
def root(
    shown: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that stand before any command."""


@app.command("serve", rich_help_panel=operating.PANEL)
def serve_command(
    modules: Annotated[
        list[str] | None, typer.Argument(help="The modules to serve, such as booking catalog; all if none is named.")
    ] = None,
) -> None:
    """Serve Berth until interrupted: all of it, or some modules as a service apart."""
    from berth.app.serve import run  # noqa: PLC0415 the server's libraries take a second to load

    run(modules or [])


@app.command("openapi", rich_help_panel=operating.PANEL)
def openapi() -> None:
    """Print the OpenAPI document of the HTTP API; needs no database."""
    from berth.app.describe import openapi_document  # noqa: PLC0415 the server's libraries take a second to load

    print(openapi_document())


operating.add_to(app)
gateway.add_to(app)


@functools.cache
def commands() -> Callable[[], object]:
    """Answer the program, once all its commands are read: that takes longer than most of them do."""
    return get_command(app)


def main() -> None:
    """Run the program; what only a person can mend is told in a sentence, not in a traceback."""
    try:
        commands()()
    except Refused as error:
        print(f"berth: {error}", file=sys.stderr)
        sys.exit(1)
