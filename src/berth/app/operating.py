"""The commands that look after an installation: its database's address, its schema, its health."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from berth.app.doctor.finding import Finding
from berth.app.events.commands import events
from berth.app.mail.commands import mail

if TYPE_CHECKING:
    from berth.kit.migrate import Phase

PIPE_WIDTH = 500
PANEL = "Run an installation"
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]


class Phases(StrEnum):
    """Which migrations to apply."""

    pre = "pre"
    post = "post"
    all = "all"


PHASES: "dict[Phases, tuple[Phase, ...]]" = {
    Phases.pre: ("pre",),
    Phases.post: ("post",),
    Phases.all: ("pre", "post"),
}


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    database = typer.Typer(no_args_is_help=True, help="The database in use.")
    database.command("url")(database_url)
    app.add_typer(database, name="db", rich_help_panel=PANEL)
    app.command("migrate", rich_help_panel=PANEL)(migrate)
    app.command("doctor", rich_help_panel=PANEL)(doctor)
    app.add_typer(events, name="events", rich_help_panel=PANEL)
    app.add_typer(mail, name="mail", rich_help_panel=PANEL)


def database_url() -> None:
    """Print the connection string of the database in use, for psql and pg_dump; starts nothing."""
    from berth.app import upkeep  # noqa: PLC0415 the server's libraries take a second to load

    print(upkeep.database_url())


def migrate(
    phase: Annotated[Phases, typer.Option(help="Only what must run before the new code starts, or after it.")] = (
        Phases.all
    ),
    as_json: AsJson = False,
) -> None:
    """Bring the database to the newest schema, and list what that took."""
    from berth.app import upkeep  # noqa: PLC0415 the server's libraries take a second to load

    applied = upkeep.migrate(*PHASES[phase])
    if as_json:
        print(json.dumps([{"schema": one.schema, "source": one.source, "file": one.file_name} for one in applied]))
        return
    for one in applied:
        print(f"{one.schema}: {one.file_name}")
    print(f"{len(applied)} applied." if applied else "Nothing to apply: the schema is up to date.")


def doctor(as_json: AsJson = False) -> None:
    """Examine the installation, and say what is wrong with it and the way out."""
    from berth.app import upkeep  # noqa: PLC0415 the server's libraries take a second to load

    findings = upkeep.findings()
    if as_json:
        print(json.dumps([{"about": one.about, "state": one.state, "says": one.says} for one in findings]))
    else:
        _show(findings)
    raise typer.Exit(1 if any(one.state == "wrong" for one in findings) else 0)


def _show(findings: list[Finding]) -> None:
    marks = {"fine": Text("ok", "green"), "odd": Text("note", "yellow"), "wrong": Text("WRONG", "bold red")}
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for one in findings:
        table.add_row(marks[one.state], Text(one.about), Text(one.says, overflow="fold"))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    console.print(table)
    wrong = sum(one.state == "wrong" for one in findings)
    console.print(f"\n{wrong} wrong." if wrong else "\nThis installation is well.")
