"""What a module is made of, and what each of its roles may hold."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from berth.kit.migrate import FILE_NAME
from tests.tidy.rules.source import Source

MODULES = PurePosixPath("src/berth/modules")
ROLES = frozenset({"module", "api", "handlers", "jobs", "usecases", "store", "providers", "domain"})
# A select counts if it reads a table: one that only asks PostgreSQL about itself may stand anywhere.
SQL = re.compile(
    r"(?is)^\s*(?:--[^\n]*\n\s*)*(?:"
    r"select\s.+\sfrom\s+(?:$|(?!pg_)[a-z_][\w.]*\b(?!\())|"
    r"insert\s+into\s|update\s+[\w.]+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\(|create\s+table\s)"
)
SHOUTED = re.compile(r"\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|FROM|RETURNING|VALUES)\b")
EVERY_COLUMN = re.compile(r"\b(?:select|returning)\s+(?:\w+\.)?\*", re.IGNORECASE)


def modules_have_one_shape(sources: Sequence[Source]) -> Iterator[str]:
    entries: dict[str, set[str]] = defaultdict(set)
    for one in sources:
        if one.path.is_relative_to(MODULES) and one.path != MODULES / "__init__.py":
            module, *rest = one.path.relative_to(MODULES).parts
            entries[module].add("/".join(rest[:2]) if rest[:1] == ["migrations"] else "".join(rest[:1]))
    for module, names in sorted(entries.items()):
        if "module.py" not in names:
            yield f"{MODULES / module}: there is no module.py that wires it"
        for name in sorted(names - {"__init__.py"}):
            stem, _, suffix = name.partition(".")
            if stem.startswith("migrations/"):
                continue
            if stem not in ROLES or suffix not in {"", "py"}:
                yield f"{MODULES / module / name}: a module has no such part"
            elif not suffix and f"{stem}.py" in names:
                yield f"{MODULES / module / name}: a role is a file or a folder, not both"


def sql_stands_in_store(sources: Sequence[Source]) -> Iterator[str]:
    for one in _python(sources, "src"):
        # The doctor compares what all modules have stored, which none of their stores may.
        if _is_store(one) or one.lies_in("src/berth/kit") or one.lies_in("src/berth/app/doctor"):
            continue
        for line, text in one.strings():
            if SQL.search(text):
                yield f"{one.path}:{line}: SQL stands in a module's store, beside the function that runs it"


def sql_is_quiet_and_explicit(sources: Sequence[Source]) -> Iterator[str]:
    for one in _python(sources, "src"):
        for line, text in one.strings():
            if not SQL.search(text):
                continue
            if SHOUTED.search(text):
                yield f"{one.path}:{line}: keywords of SQL are lower case"
            if EVERY_COLUMN.search(text):
                yield f"{one.path}:{line}: SQL names its columns"


def packages_only_introduce(sources: Sequence[Source]) -> Iterator[str]:
    for one in _python(sources, "src", "bench"):
        if one.path.name == "__init__.py" and not (len(one.tree.body) == 1 and ast.get_docstring(one.tree)):
            yield f"{one.path}: a package's __init__ holds its docstring and nothing else"


def migrations_are_in_line(sources: Sequence[Source]) -> Iterator[str]:
    folders: dict[PurePosixPath, list[str]] = defaultdict(list)
    for one in sources:
        if one.lies_in("src") and one.path.parent.name == "migrations":
            folders[one.path.parent].append(one.path.name)
    for folder, names in folders.items():
        for expected, name in enumerate(sorted(names), 1):
            match = FILE_NAME.match(name)
            if not match:
                yield f"{folder / name}: name it like 0001_pre_what.sql"
            elif int(match[1]) != expected:
                yield f"{folder / name}: number {expected:04} is expected here"


def routes_keep_their_annotations(sources: Sequence[Source]) -> Iterator[str]:
    """FastAPI reads the annotations of a route; as text it cannot find the names of an enclosing function."""
    for one in _python(sources, "src"):
        makes_routes = any(isinstance(node, ast.Name) and node.id == "APIRouter" for node in ast.walk(one.tree))
        if makes_routes and "from __future__ import annotations" in one.text:
            yield f"{one.path}: no postponed annotations in a file with routes"


def tests_assert(sources: Sequence[Source]) -> Iterator[str]:
    for one in _python(sources, "tests"):
        if not one.path.name.startswith("test_"):
            continue
        nodes = list(ast.walk(one.tree))
        raises = any(isinstance(node, ast.Attribute) and node.attr == "raises" for node in nodes)
        if not raises and not any(isinstance(node, ast.Assert) for node in nodes):
            yield f"{one.path}: nothing is asserted"


def _python(sources: Sequence[Source], *folders: str) -> Iterator[Source]:
    return (one for one in sources if one.is_python and one.lies_in(*folders))


def _is_store(one: Source) -> bool:
    return one.path.is_relative_to(MODULES) and "store" in {*one.path.parent.parts, one.path.stem}
