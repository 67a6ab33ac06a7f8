"""Whose rules a command shows and sets: a resource or a site, which each have a collection of the API."""

from collections.abc import Callable
from typing import Annotated

import typer

from berth.edges.cli.client import Server
from berth.edges.cli.names import Thing

Find = Callable[[Server, str], Thing]
"""Answers the thing that a word means."""

Which = Annotated[str, typer.Argument(metavar="NAME", help="Id or exact name.")]
Clear = Annotated[bool, typer.Option("--clear", help="Set nothing here: what the site says holds again.")]
