"""import-linter holds the direction: it passes Berth's tree, and catches what is planted against each contract."""

import os
import re
import shutil
import subprocess
import sys
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


@dataclass(frozen=True)
class Planted:
    """A file that breaks one contract, and what the complaint names."""

    contract: str
    file: str
    text: str
    named: str


def imports(contract: str, importer: str, imported: str) -> Planted:
    file = importer.replace(".", "/") + ".py"
    return Planted(contract, file, f"import berth.{imported}\n", f"berth.{importer} -> berth.{imported}")


BROKEN = [
    imports(DIRECTION, "kit.planted", "contracts.identity"),
    imports(DIRECTION, "contracts.planted", "modules.identity.domain.people"),
    imports(DIRECTION, "modules.identity.usecases.planted", "app.settings"),
    imports(DIRECTION, "modules.identity.usecases.planted", "edges.cli"),
    imports(DIRECTION, "edges.cli.planted", "modules.identity.domain.people"),
    Planted(DIRECTION, "services/__init__.py", '"""A sixth folder."""\n', "berth.services"),
    imports(MODULES_APART, "modules.booking.usecases.planted", "modules.identity.domain.people"),
    imports(EDGES_APART, "edges.planted", "edges.cli"),
    imports(DOORS, "modules.identity.api.planted", "modules.identity.module"),
    imports(DOORS, "modules.identity.jobs", "modules.identity.api.models"),
    imports(DOORS, "modules.identity.usecases.planted", "modules.identity.api.models"),
    imports(DOORS, "modules.identity.store.planted", "modules.identity.usecases.people"),
    imports(DOORS, "modules.identity.providers", "modules.identity.store.people"),
    imports(DOORS, "modules.identity.domain.planted", "modules.identity.store.people"),
    Planted(DOORS, "modules/identity/service.py", '"""A ninth part."""\n', "berth.modules.identity.service"),
    Planted(PURE_RULES, "modules/booking/domain/planted.py", "import asyncpg\n", "berth.modules.booking.domain"),
    Planted(PURE_RULES, "modules/booking/domain/planted.py", "import fastapi\n", "berth.modules.booking.domain"),
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


def test_the_tree_keeps_every_contract() -> None:
    code, report = lint(ROOT)
    assert code == 0, report
    assert [f"{name} KEPT" in report for name in (DIRECTION, MODULES_APART, EDGES_APART, DOORS, PURE_RULES)] == [
        True
    ] * 5


@pytest.mark.parametrize("planted", BROKEN, ids=lambda one: f"{one.contract}: {one.named}")
def test_a_planted_violation_is_caught(planted: Planted, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    file = tmp_path / "src" / "berth" / planted.file
    file.parent.mkdir(exist_ok=True)
    file.write_text(planted.text)
    code, report = lint(tmp_path)
    assert code == 1, report
    assert f"{planted.contract} BROKEN" in report
    assert planted.named in report.partition("Broken contracts")[2], report
