"""The OpenAPI document, made of the same application that serves, without a database behind it."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg
import orjson

from berth.app.assemble import Assembly, assemble
from berth.app.data_dir import read_secrets
from berth.app.database import Doors
from berth.app.modules import modules
from berth.app.settings import Settings
from berth.kit.clock import system_clock
from berth.kit.db import Changes, Database, DatabaseAway
from berth.kit.module import Module


async def _nowhere() -> asyncpg.Connection:
    raise DatabaseAway("a description needs no database")


def openapi_document() -> str:
    """Answer the document as JSON; the same modules answer the same text, whatever is configured here."""
    return orjson.dumps(whole_assembly().api.openapi(), option=orjson.OPT_INDENT_2).decode()


def whole_api(everything: Sequence[Module]) -> Callable[[], dict[str, Any]]:
    """Answer what describes the API of all modules, whichever of them are served here; worked out when first asked."""

    @cache
    def describe() -> dict[str, Any]:
        return _assembly(everything).api.openapi()

    return describe


def whole_assembly() -> Assembly:
    """Answer the application of all modules, which can be looked at but has no database to serve from."""
    with TemporaryDirectory() as passing:
        return _assembly(modules(Settings.model_construct(), read_secrets(Path(passing))))


def _assembly(everything: Sequence[Module]) -> Assembly:
    nothing = Database(None)
    doors = Doors({one.name: nothing for one in everything}, Changes(_nowhere), nothing, _nowhere)
    return assemble(Settings.model_construct(), everything, doors, system_clock)
