"""Runs the program in a process forked from one that has it loaded, so that a command costs what it does."""

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

_context = multiprocessing.get_context("forkserver")
PRELOADED = ["pytest", "httpcore", "typer._adapters", "rich.table", __name__]
COMMANDS_OF_OPERATORS = ["berth.app.modules", "berth.app.database", "berth.app.events.installation"]
_context.set_forkserver_preload([*PRELOADED, *COMMANDS_OF_OPERATORS, "tests.forked"])


def run(words: Sequence[str], environment: Mapping[str, str], home: Path, stdin: str) -> tuple[int, str, str]:
    """Run ``berth`` with these words in a home directory; answer its exit code and both its outputs."""
    with tempfile.TemporaryDirectory() as passing:
        out, err = Path(passing, "out"), Path(passing, "err")
        process = _context.Process(target=_berth, args=(list(words), dict(environment), home, stdin, out, err))
        process.start()
        process.join()
        code = process.exitcode
        process.close()
        assert code is not None
        return code, out.read_text(), err.read_text()


def _berth(words: list[str], environment: dict[str, str], folder: Path, stdin: str, out: Path, err: Path) -> None:
    from berth.app.main import main  # noqa: PLC0415 the process that asks has no use for it

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    reading, writing = os.pipe()
    os.write(writing, stdin.encode())
    os.close(writing)
    os.dup2(reading, 0)
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 as a fresh start has them
    sys.argv = ["berth", *words]
    main()
