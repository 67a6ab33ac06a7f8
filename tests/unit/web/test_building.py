"""What builds the web app: what it takes for new enough, what it skips, and what it says when it cannot."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BUILD = Path(__file__).parents[3] / "web" / "build.py"


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The builder, on sources of the test's own."""
    spec = importlib.util.spec_from_file_location("web_build_under_test", BUILD)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "src" / "main.ts").write_text("1")
    (tmp_path / "web" / "package-lock.json").write_text("{}")
    made.WEB = tmp_path / "web"
    made.BUILT = tmp_path / "web_dist"
    made.STAMP = made.BUILT / ".stamp"
    made.NODE = made.WEB / ".node"
    monkeypatch.setattr(sys, "argv", ["build.py"])
    monkeypatch.delenv("BERTH_WEB", raising=False)
    return made


def program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def unreachable_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose npm reaches no registry."""
    program(tmp_path / "bin", "node", "echo v24.1.0")
    program(tmp_path / "bin", "npm", "echo 'npm error network request to registry failed' >&2; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")


def test_an_app_that_is_built_of_these_sources_is_not_built_again(web: ModuleType) -> None:
    web.BUILT.mkdir()
    web.STAMP.write_text(web.state())
    assert web.is_current()
    assert web.main() == 0
    (web.WEB / "src" / "main.test.ts").write_text("a test changes nothing")
    assert web.is_current()
    (web.WEB / "src" / "main.ts").write_text("2")
    assert not web.is_current()


def test_skipping_builds_nothing(web: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BERTH_WEB", "skip")
    assert web.main() == 0
    assert not web.BUILT.exists()


@pytest.mark.usefixtures("unreachable_npm")
@pytest.mark.parametrize(("wish", "code"), [("", 0), ("need", 1)])
def test_a_registry_that_cannot_be_reached_is_told_and_fails_only_releases(
    wish: str, code: int, web: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BERTH_WEB", wish)
    assert web.main() == code
    told = capfd.readouterr().err
    assert "Berth works without it" in told
    assert "npm could not install" in told
    assert "network request to registry failed" in told


@pytest.mark.parametrize(
    ("version", "is_enough"),
    [("v18.20.0", False), ("v20.18.9", False), ("v20.19.0", True), ("v21.9.0", False), ("v22.11.0", False),
     ("v22.12.0", True), ("v24.0.0", True), ("nonsense", False)],
)  # fmt: skip
def test_node_is_taken_from_the_machine_only_if_it_is_new_enough(
    version: str, is_enough: bool, web: ModuleType, tmp_path: Path
) -> None:
    program(tmp_path / "bin", "node", f"echo {version}")
    assert web._is_new_enough(str(tmp_path / "bin" / "node")) is is_enough
