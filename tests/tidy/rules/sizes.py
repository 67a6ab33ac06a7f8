"""How long and how wide things may be: what outgrows its limit is to be split by capability."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.tidy.rules.source import Source

FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 50
FOLDER_FILES_MAX = 12


def files_are_short(sources: Sequence[Source]) -> Iterator[str]:
    for one in sources:
        lines = len(one.text.splitlines())
        if one.path.suffix in {".py", ".sql", ".ts", ".tsx"} and lines > FILE_LINES_MAX:
            yield f"{one.path}: {lines} lines, {FILE_LINES_MAX} at most"


def functions_are_short(sources: Sequence[Source]) -> Iterator[str]:
    for one in sources:
        if not one.is_python:
            continue
        for node in ast.walk(one.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    yield f"{one.path}:{node.lineno}: {node.name} has {lines} lines, {FUNCTION_LINES_MAX} at most"


def folders_are_small(sources: Sequence[Source]) -> Iterator[str]:
    counts = Counter(one.path.parent for one in sources if one.lies_in("src", "bench", "web/src"))
    for folder, count in counts.items():
        if count > FOLDER_FILES_MAX:
            yield f"{folder}: {count} files, {FOLDER_FILES_MAX} at most"
