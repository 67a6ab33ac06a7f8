"""Every type of problem that a program may meet is explained in docs/api.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
KIND = re.compile(r"`([a-z-]+)`")


def documented(text: str) -> set[str]:
    """Answer the kinds that the first column of the table of problems names."""
    rows = text.partition("| `/problems/…` |")[2].splitlines()
    return {kind for row in rows if row.startswith("| `") for kind in KIND.findall(row.split("|")[1])}


def raised(source: str) -> Iterator[str]:
    """Answer the kinds that are written out where a ``Problem`` is made."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
            kinds = node.args[1:2]
            branches = [b for kind in kinds if isinstance(kind, ast.IfExp) for b in (kind.body, kind.orelse)]
            for kind in [*kinds, *branches]:
                if isinstance(kind, ast.Constant):
                    yield str(kind.value)


def test_every_kind_of_problem_is_explained() -> None:
    kinds = {kind for file in (ROOT / "src").rglob("*.py") for kind in raised(file.read_text())}
    assert kinds - documented((ROOT / "docs/api.md").read_text()) == set()
    assert len(kinds) > 10


def test_a_kind_left_out_would_be_seen() -> None:
    planted = 'raise Problem(409, "adrift", "Gone.")\nProblem(403 if a else 422, "b-c" if a else "d", "No.")'
    assert set(raised(planted)) == {"adrift", "b-c", "d"}
    assert documented("| `/problems/…` | status |\n|---|---|\n| `adrift`, `d` | 409 | `more` |\n") == {"adrift", "d"}
