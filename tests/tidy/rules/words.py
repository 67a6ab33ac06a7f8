"""Names that say nothing, and lines that were meant to be gone."""

import ast
import re
from collections.abc import Iterator, Sequence

from tests.tidy.rules.source import Source

EMPTY_WORDS = frozenset({"util", "utils", "helper", "helpers", "common", "manager", "managers"})
WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
BANNER = re.compile(r"^\s*(?:#|--|//)\s*(?:[-=*#~_]\s?){4,}")
MARKER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7})(?: |$)")
MACHINE_PATH = re.compile(r"(?<![\w.:/<])/(?:home/\w|Users/\w|root/|work/|farm/|tmp/|private/var/)|\b[A-Z]:\\Users\\")


def names_say_something(sources: Sequence[Source]) -> Iterator[str]:
    for one in sources:
        if not one.is_python:
            continue
        if _is_empty(one.path.stem):
            yield f"{one.path}: the file's name says nothing of what is in it"
        for node in ast.walk(one.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and _is_empty(node.name):
                yield f"{one.path}:{node.lineno}: {node.name} says nothing of what it does"


def _is_empty(name: str) -> bool:
    return any(word.lower() in EMPTY_WORDS for word in WORD.findall(name))


def no_banners(sources: Sequence[Source]) -> Iterator[str]:
    for one in sources:
        if one.path.suffix != ".md":
            yield from (f"{one.path}:{line}: a banner" for line, text in one.comments() if BANNER.search(text))


def nothing_left_over(sources: Sequence[Source]) -> Iterator[str]:
    for one in sources:
        if one.path.suffix == ".lock":
            continue
        yield from (f"{one.path}:{line}: {text.strip()}" for line, text in one.comments() if MARKER.search(text))
        for number, text in enumerate(one.text.splitlines(), 1):
            if CONFLICT.search(text):
                yield f"{one.path}:{number}: a merge was left unfinished"


def no_paths_of_one_machine(sources: Sequence[Source]) -> Iterator[str]:
    for one in sources:
        for number, line in enumerate(one.text.splitlines(), 1):
            if MACHINE_PATH.search(line):
                yield f"{one.path}:{number}: a path that exists on one machine only"
