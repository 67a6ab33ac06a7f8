"""The program ``berth``: the commands that run an installation, beside those that speak to one."""

import sys

import typer
import uvloop

from berth.app import operating
from berth.app.serve import serve
from berth.kit.refusal import Refused

app = typer.Typer(no_args_is_help=True, help="Berth reserves anything that has a calendar, and never twice.")


@app.callback()
def root() -> None:
    """Berth reserves anything that has a calendar, and never twice."""


@app.command("serve")
def serve_command() -> None:
    """Serve Berth until interrupted."""
    uvloop.run(serve(operating.read_settings()))


operating.add_to(app)


def main() -> None:
    """Run the program; what only a person can mend is told in a sentence, not in a traceback."""
    try:
        app()
    except Refused as error:
        print(f"berth: {error}", file=sys.stderr)
        sys.exit(1)
