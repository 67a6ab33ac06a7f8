"""The program ``berth``: the commands that run an installation, beside those that speak to one."""

import typer
import uvloop

from berth.app.serve import serve
from berth.app.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Berth reserves anything that has a calendar, and never twice.")


@app.callback()
def root() -> None:
    """Berth reserves anything that has a calendar, and never twice."""


@app.command("serve")
def serve_command() -> None:
    """Serve Berth until interrupted."""
    uvloop.run(serve(Settings()))


def main() -> None:
    """Run the program."""
    app()
