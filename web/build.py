"""Builds the web app into the Python package, if its sources are newer than what is there.

It needs nothing but Python: Node is the machine's if it is new enough, else it comes from PyPI into `web/.node`.
What is in the way of a build is told, and is no failure: Berth serves its API and its command line without the app.
`BERTH_WEB=skip` builds nothing; `BERTH_WEB=need` takes what is in the way for a failure, as releases do.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

WEB = Path(__file__).resolve().parent
BUILT = WEB.parent / "src" / "berth" / "web_dist"
STAMP = BUILT / ".stamp"
NODE = WEB / ".node"
SOURCES = ("src", "public", "plugins", "scripts", "index.html", "package.json", "package-lock.json", "vite.config.ts",
           "lingui.config.ts", "node.lock")  # fmt: skip
NODE_MINIMUM = ((20, 19), (22, 12))
"""The least version of each line on which Vite 8 runs; odd lines below 22 are none."""


class NotBuilt(Exception):
    """The app cannot be built now; the message says why."""


def state() -> str:
    """Answer a text that changes with the sources, whatever their times say."""
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(f"{path.relative_to(WEB).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for name in SOURCES:
        path = WEB / name
        if path.is_file():
            yield path
        else:
            yield from (one for one in path.rglob("*") if one.is_file() and ".test." not in one.name)


def is_current() -> bool:
    """Tell whether what is built was built of these sources."""
    return STAMP.is_file() and STAMP.read_text() == state()


def build() -> None:
    """Build the app; raise ``NotBuilt`` with the reason if that fails."""
    environment = with_node()
    wanted = state()
    install(environment)
    _run(["npm", "run", "build"], environment, "the app does not build")
    STAMP.write_text(wanted)


def install(environment: Mapping[str, str]) -> None:
    """Install what the app is made of, if that is not what is there."""
    installed = WEB / "node_modules" / ".berth-lock"
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if not installed.is_file() or installed.read_text() != lock:
        _run(["npm", "ci", "--no-audit", "--no-fund"], environment, "npm could not install what the app is made of")
        installed.write_text(lock)


def with_node() -> Mapping[str, str]:
    """Answer an environment whose PATH has a Node that is new enough, and fetch one if there is none."""
    if _is_new_enough(shutil.which("node")) and shutil.which("npm"):
        return os.environ
    program = NODE / "bin" / "node"
    if not program.exists():
        _fetch_node()
    return os.environ | {"PATH": f"{NODE / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def _is_new_enough(node: str | None) -> bool:
    if node is None:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.(\d+)", said)
    if not found:
        return False
    version = (int(found[1]), int(found[2]))
    return version >= NODE_MINIMUM[1] or (version[0] == NODE_MINIMUM[0][0] and version >= NODE_MINIMUM[0])


def _fetch_node() -> None:
    print("web: this machine has no Node that is new enough; taking one from PyPI", file=sys.stderr)
    shutil.rmtree(NODE, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(NODE)], os.environ, "Python's venv module is missing")
    install = [str(NODE / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    try:
        _run([*install, "--require-hashes", "-r", str(WEB / "node.lock")], os.environ, "PyPI did not give a Node")
    except NotBuilt:
        shutil.rmtree(NODE, ignore_errors=True)
        raise


def _run(command: list[str], environment: Mapping[str, str], failure: str) -> None:
    program = shutil.which(command[0], path=environment.get("PATH"))
    if program is None:
        raise NotBuilt(f"{failure}: there is no {command[0]}")
    done = subprocess.run(
        [program, *command[1:]], cwd=WEB, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotBuilt(f"{failure}:\n{(done.stdout + done.stderr)[-2000:].strip()}")


def check() -> None:
    """Hold the app's sources to their rules; raise ``NotBuilt`` with what is wrong."""
    environment = with_node()
    install(environment)
    generated = WEB / "generated"
    generated.mkdir(exist_ok=True)
    berth = Path(sys.executable).with_name("berth")
    described = subprocess.run([berth, "openapi"], capture_output=True, check=True, cwd=WEB.parent)
    (generated / "openapi.json").write_bytes(described.stdout)
    _run(["npm", "run", "api"], environment, "the API's types cannot be made")
    for step in ("typecheck", "lint", "messages:check", "test"):
        _run(["npm", "run", step], environment, f"npm run {step}")


def main() -> int:
    """Build what is to be built, or ``check``; answer the exit code."""
    if sys.argv[1:] == ["check"] and __name__ == "__main__":
        return _checked()
    wish = os.environ.get("BERTH_WEB", "")
    if wish == "skip" or is_current():
        return 0
    print("web: building the app (1 min the first time)", file=sys.stderr)
    try:
        build()
    except NotBuilt as reason:
        print(f"web: the app is not built; Berth works without it. {reason}", file=sys.stderr)
        return 1 if wish == "need" else 0
    return 0


def _checked() -> int:
    try:
        check()
    except NotBuilt as reason:
        print(f"web: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
