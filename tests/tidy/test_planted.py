"""Each rule catches what is planted against it, and nothing that only looks alike."""

import inspect
from pathlib import Path

import pytest

from tests.tidy.planted import BROKEN, CLOSE, RULES, Planted
from tests.tidy.rules import documents, shape, sizes, words
from tests.tidy.rules.source import Source, sources


def plant(root: Path, planted: Planted) -> list[Source]:
    for name, text in planted.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return sources(root)


@pytest.mark.parametrize("planted", BROKEN, ids=lambda one: f"{one.rule.__name__}: {one.complaint}")
def test_a_planted_violation_is_caught(planted: Planted, tmp_path: Path) -> None:
    [complaint] = planted.rule(plant(tmp_path, planted))
    assert complaint.startswith(str(planted.complaint))


@pytest.mark.parametrize("planted", CLOSE, ids=lambda one: one.rule.__name__)
def test_what_only_looks_alike_is_left_alone(planted: Planted, tmp_path: Path) -> None:
    assert list(planted.rule(plant(tmp_path, planted))) == []


def test_no_rule_goes_unproven() -> None:
    public = {
        function
        for module in (documents, shape, sizes, words)
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert public == set(RULES) == {one.rule for one in CLOSE}
