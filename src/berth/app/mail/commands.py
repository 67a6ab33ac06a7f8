"""``berth mail``: the mails that an installation without a mail server has put into its data directory."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from berth.app.mail.folder import KeptMail, files, kept, one_of
from berth.edges.cli.tables import console, table

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.", show_default=False)]

mail = typer.Typer(no_args_is_help=True, help="Mails that were not sent, for want of a mail server.")


@mail.command("list")
def list_mails(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many at most.")] = 50, as_json: AsJson = False
) -> None:
    """List the mails in the data directory, the newest first."""
    found = kept(_folder(), limit)
    if as_json:
        print(json.dumps([one.members() for one in found], ensure_ascii=False))
    else:
        _show(found)


@mail.command("show")
def show(name: Annotated[str, typer.Argument(help="As `list` names it.")], as_json: AsJson = False) -> None:
    """Show a mail: its headers, its text and what is attached."""
    found = one_of(_folder(), name)
    if as_json:
        print(json.dumps(found.members() | {"text": found.text, "attached": found.attached}, ensure_ascii=False))
        return
    for label, value in found.members().items():
        print(f"{label}: {value}")
    print(f"attached: {', '.join(found.attached) or 'nothing'}\n\n{found.text}")


@mail.command("clear")
def clear(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.", show_default=False)] = False,
) -> None:
    """Delete all mails in the data directory."""
    found = files(_folder())
    if found and not yes:
        typer.confirm(f"Delete {len(found)} mails for good?", abort=True)
    for file in found:
        file.unlink(missing_ok=True)
    print(f"{len(found)} deleted.")


def _folder() -> Path:
    from berth.app.settings import read_settings  # noqa: PLC0415 pydantic takes a quarter of a second to load

    return read_settings().mail_folder


def _show(found: list[KeptMail]) -> None:
    rows = [(Text(one.name), one.date, Text(one.to), Text(one.subject)) for one in found]
    console().print(table(("name", "date", "to", "subject"), rows, none="There is no mail."), crop=False)
