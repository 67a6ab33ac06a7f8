"""The Dockerfile keeps what is expected of an image, and its commands install Berth.

There may be no container engine, so the file is read, and the commands of its first stage are run on
this machine with other folders in place of the image's.
"""

import functools
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "deploy" / "Dockerfile"
INSTRUCTION = re.compile(r"^([A-Z]+) (.*)$")


@dataclass(frozen=True)
class Stage:
    name: str
    base: str
    steps: tuple[tuple[str, str], ...]

    def of(self, instruction: str) -> list[str]:
        return [text for name, text in self.steps if name == instruction]


def stages() -> dict[str, Stage]:
    text = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^#.*\n", "", FILE.read_text()))
    found: dict[str, Stage] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        instruction = INSTRUCTION.match(line.strip())
        assert instruction, line
        if instruction[1] == "FROM":
            base, name = re.fullmatch(r"(\S+) AS (\S+)", instruction[2]).groups()
            found[name] = Stage(name, base, ())
        elif found:
            last = list(found.values())[-1]
            found[last.name] = Stage(last.name, last.base, (*last.steps, instruction.groups()))
    return found


def test_the_stage_that_is_built_unless_another_is_named_serves_berth() -> None:
    assert list(stages()) == ["build", "runtime", "gateway", "berth"]
    assert stages()["berth"].of("ENTRYPOINT") == ['["berth"]']


@pytest.mark.parametrize("name", ["gateway", "berth"])
def test_an_image_runs_as_nobody_in_particular_and_says_how_it_is(name: str) -> None:
    stage, runtime = stages()[name], stages()["runtime"]
    assert stage.base == "runtime"
    assert stage.of("USER") == ["10001:10001"]
    assert "/health" in runtime.of("HEALTHCHECK")[0]
    assert "--gid 10001 berth" in runtime.of("RUN")[0]


def test_nothing_of_the_builder_but_the_environment_is_in_an_image() -> None:
    copied = [text for name in ("runtime", "gateway", "berth") for text in stages()[name].of("COPY")]
    assert copied == ["--from=build /opt/berth /opt/berth"]


def test_versions_are_pinned_as_the_makefile_pins_them() -> None:
    uv = re.search(r"^UV_VERSION := (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1]
    assert f"UV_VERSION={uv}" in stages()["build"].of("ARG")
    for stage in stages().values():
        for text in stage.of("RUN"):
            assert "uv pip install" not in text or "--no-deps" in text or "--require-hashes" in text
            assert "apt-get install" not in text or (
                "--no-install-recommends" in text and "rm -rf /var/lib/apt" in text
            )
            assert not re.search(r"curl|wget|sudo|chmod 777", text)


def test_no_secret_is_in_the_file_or_gets_into_the_context() -> None:
    assert not re.search(r"(?i)password|secret|token|_key", re.sub(r"(?m)^#.*$", "", FILE.read_text()))
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignored
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    copied = {word for text in stages()["build"].of("COPY") for word in text.split()[:-1]}
    assert let_in == copied


@pytest.mark.slow
def test_the_commands_of_the_build_install_a_berth_that_works(tmp_path: Path) -> None:
    places = {"/opt/": f"{tmp_path}/opt/", "/build/dist": f"{tmp_path}/dist", " --no-cache": ""}
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONPATH"}},
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "UV_SYSTEM_CERTS": "1",
    }
    commands = [text for text in stages()["build"].of("RUN") if not text.startswith("python -m pip")]
    for command in commands:
        here = functools.reduce(lambda text, move: text.replace(*move), places.items(), command)
        done = subprocess.run(
            ["sh", "-ec", here], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=200
        )
        assert done.returncode == 0, f"{command}\n{done.stderr[-3000:]}"
    told = subprocess.run(
        [tmp_path / "opt/berth/bin/berth", "--version"], capture_output=True, text=True, check=False, timeout=60
    )
    assert told.stdout == "berth 0.1.0\n"
    assert not (tmp_path / "opt/berth/bin/pytest").exists()
