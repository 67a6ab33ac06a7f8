"""The files of a tree that people write, and what the rules ask of them."""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

FOLDERS = ("src", "tests", "bench", "docs", "web", "deploy", ".ci")
NOT_OURS = frozenset({"__pycache__", "node_modules", "dist", ".venv", "web_dist", "generated", ".node"})
SUFFIXES = frozenset(
    {
        ".png",
        ".py",
        ".sql",
        ".md",
        ".toml",
        ".yaml",
        ".yml",
        ".sh",
        ".ts",
        ".tsx",
        ".css",
        ".html",
        ".example",
        ".lock",
        "",
    }
)


@dataclass(frozen=True)
class Source:
    """One file: its path below the root, and its text."""

    path: PurePosixPath
    text: str

    @property
    def is_python(self) -> bool:
        return self.path.suffix == ".py"

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    def lies_in(self, *folders: str) -> bool:
        """Tell whether the file is somewhere below one of these folders of the root."""
        return any(self.path.is_relative_to(folder) for folder in folders)

    def comments(self) -> Iterator[tuple[int, str]]:
        """Answer the comments with their lines; strings that look like one are none."""
        if not self.is_python:
            for number, line in enumerate(self.text.splitlines(), 1):
                if found := re.search(r"(?:^|\s)(?:#|--|//|<!--).*", line):
                    yield number, found[0]
            return
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string

    def strings(self) -> Iterator[tuple[int, str]]:
        """Answer the string literals with their lines, docstrings left out."""
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        docstrings = {
            id(node.body[0].value)
            for node in ast.walk(self.tree)
            if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                yield node.lineno, node.value


Rule = Callable[[Sequence[Source]], Iterator[str]]
"""Answers a sentence, beginning with the place, for each violation."""


@lru_cache(maxsize=1000)
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def sources(root: Path) -> list[Source]:
    """Read what people write below the root: the files on top, and those of the project's folders.

    Pictures are there for documents to lead to, without a text.
    """
    paths = [one for one in root.iterdir() if one.name not in {".env", ".git"}]
    for folder in FOLDERS:
        paths += (root / folder).rglob("*")
    return [
        Source(PurePosixPath(path.relative_to(root).as_posix()), "" if path.suffix == ".png" else path.read_text())
        for path in sorted(paths)
        if path.suffix in SUFFIXES and path.is_file() and not NOT_OURS & set(path.relative_to(root).parts)
    ]
