"""Berth's own tree keeps the rules."""

from pathlib import Path

import pytest

from tests.tidy.planted import RULES
from tests.tidy.rules.source import Rule, Source, sources

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tree() -> list[Source]:
    return sources(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps_the_rule(rule: Rule, tree: list[Source]) -> None:
    assert list(rule(tree)) == []


def test_the_whole_tree_is_read(tree: list[Source]) -> None:
    paths = {str(one.path) for one in tree}
    assert {
        "README.md",
        "Makefile",
        "requirements.lock",
        "src/berth/app/settings.py",
        "src/berth/kit/migrations/0001_pre_outbox.sql",
        "tests/tidy/test_tree.py",
        "docs/README.md",
    } <= paths
