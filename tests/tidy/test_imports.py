"""import-linter holds the direction: it passes Berth's tree, and catches what is planted against each contract."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("lint-imports")

DIRECTION = "app > modules | edges > contracts > kit"
MODULES_APART = "No module imports another"
EDGES_APART = "No edge imports another"
DOORS = "Inside a module: module > api | handlers | jobs > usecases > store | providers > domain"
PURE_RULES = "Rules know no driver, server or HTTP library"
CONTRACTS = (DIRECTION, MODULES_APART, EDGES_APART, DOORS, PURE_RULES)


@dataclass(frozen=True)
class Planted:
    """A file that breaks one contract, and what the complaint names."""

    contract: str
    file: str
    text: str
    named: str


def imports(contract: str, importer: str, imported: str) -> Planted:
    """Plant an import of a thing of Berth, or of a library, into a module of Berth that is not there otherwise."""
    target = imported if imported in {"asyncpg", "fastapi"} else f"berth.{imported}"
    file = importer.replace(".", "/") + ".py"
    return Planted(contract, file, f"import {target}\n", f"berth.{importer} -> {target}")


BROKEN = [
    imports(DIRECTION, "kit.planted", "contracts.identity"),
    imports(DIRECTION, "contracts.planted", "modules.identity.domain.people"),
    imports(DIRECTION, "modules.identity.usecases.planted_up", "app.settings"),
    imports(DIRECTION, "modules.identity.usecases.planted_aside", "edges.cli"),
    imports(DIRECTION, "edges.cli.planted", "modules.identity.domain.people"),
    Planted(DIRECTION, "services/__init__.py", '"""A sixth folder."""\n', "berth.services"),
    imports(MODULES_APART, "modules.booking.usecases.planted", "modules.identity.domain.people"),
    imports(EDGES_APART, "edges.planted", "edges.cli"),
    imports(DOORS, "modules.identity.api.planted", "modules.identity.module"),
    imports(DOORS, "modules.identity.handlers", "modules.identity.api.models"),
    imports(DOORS, "modules.identity.usecases.planted", "modules.identity.api.models"),
    imports(DOORS, "modules.identity.store.planted", "modules.identity.usecases.people"),
    imports(DOORS, "modules.identity.providers", "modules.identity.store.people"),
    imports(DOORS, "modules.identity.domain.planted", "modules.identity.store.people"),
    Planted(DOORS, "modules/identity/service.py", '"""A ninth part."""\n', "berth.modules.identity.service"),
    imports(PURE_RULES, "modules.booking.domain.planted_driver", "asyncpg"),
    imports(PURE_RULES, "modules.booking.domain.planted_server", "fastapi"),
]


def lint(root: Path) -> tuple[int, str]:
    """Answer the exit code and the report, with its line breaks taken out."""
    done = subprocess.run(
        [PROGRAM, "--no-cache", "--no-logo"],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root / "src"), "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    return done.returncode, re.sub(r"\s+", " ", done.stdout)


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """What is said about a copy of the tree with every violation planted, by contract."""
    root = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", root)
    for planted in BROKEN:
        file = root / "src" / "berth" / planted.file
        assert not file.exists()
        file.parent.mkdir(exist_ok=True)
        file.write_text(planted.text)
    code, report = lint(root)
    assert code == 1, report
    said = report.partition("Broken contracts")[2]
    places = sorted((found.start(), name) for name in CONTRACTS for found in re.finditer(re.escape(name), said))
    ends = [place for place, _ in places[1:]] + [len(said)]
    return {name: said[place:end] for (place, name), end in zip(places, ends, strict=True)}


def test_the_tree_keeps_every_contract() -> None:
    code, report = lint(ROOT)
    assert code == 0, report
    assert [name for name in CONTRACTS if f"{name} KEPT" not in report] == []


@pytest.mark.parametrize("planted", BROKEN, ids=lambda one: f"{one.contract}: {one.named}")
def test_a_planted_violation_is_caught(planted: Planted, complaints: Mapping[str, str]) -> None:
    assert planted.named in complaints[planted.contract]


def test_every_contract_is_tried() -> None:
    stated = re.findall(r"^name = (.*)$", (ROOT / ".importlinter").read_text(), re.MULTILINE)
    assert set(stated) == set(CONTRACTS) == {one.contract for one in BROKEN}
