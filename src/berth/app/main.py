"""The program ``berth``: the commands that run an installation, beside those that speak to one.

What a command of the first sort needs is imported when it runs: the server's libraries take longer to
load than the other commands take to answer.
"""

from importlib.metadata import version
from typing import Annotated

import typer

from berth.edges.cli.program import program

PANEL = "Run an installation"

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


@app.command("serve", rich_help_panel=PANEL)
def serve() -> None:
    """Serve Berth until interrupted."""
    import uvloop  # noqa: PLC0415 see above

    from berth.app.serve import serve as serving  # noqa: PLC0415 see above
    from berth.app.settings import Settings  # noqa: PLC0415 see above

    uvloop.run(serving(Settings()))


@app.command("openapi", rich_help_panel=PANEL)
def openapi() -> None:
    """Print the OpenAPI document of the HTTP API; needs no database."""
    from berth.app.describe import openapi_document  # noqa: PLC0415 see above

    print(openapi_document())


def main() -> None:
    """Run the program."""
    app()
