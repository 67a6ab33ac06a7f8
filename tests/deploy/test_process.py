"""A program is waited for, killed with all that it started, and restarted if that is wanted."""

import asyncio
import os
import sys
from pathlib import Path

import psutil
import pytest

from berth.kit.refusal import Refused
from deploy.local import programs
from deploy.local.answering import free_ports, listens
from deploy.local.process import NotReady, Process, Program

SERVER = """
import socket, subprocess, sys
print("begins", flush=True)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
listening = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    listening.accept()[0].close()
"""


def server(folder: Path, **options: object) -> Process:
    (port,) = free_ports(1)
    words = [sys.executable, "-c", SERVER, str(port)]
    return Process(Program("server", words, os.environ, folder, lambda: listens(port)), **options)


def family(process: Process) -> list[psutil.Process]:
    found = psutil.Process(process.pid)
    return [found, *found.children()]


async def gone(processes: list[psutil.Process]) -> bool:
    """Tell whether they end within some seconds; one that nobody has taken leave of counts as ended."""
    for _ in range(200):
        running = [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
        if not running:
            return True
        await asyncio.sleep(0.05)
    return False


async def anothers(process: Process, first: int | None) -> None:
    """Wait until the program runs as another process."""
    for _ in range(400):
        if process.pid not in (None, first):
            return
        await asyncio.sleep(0.05)


async def test_a_kill_takes_what_the_program_started_with_it_and_a_start_brings_it_back(tmp_path: Path) -> None:
    process = server(tmp_path)
    await process.start()
    await process.wait_ready()
    first = family(process)
    assert len(first) == 2
    await process.kill()
    assert process.pid is None
    assert await gone(first)
    await process.start()
    await process.wait_ready()
    second = family(process)
    await process.stop()
    assert await gone(second)


async def test_what_dies_by_itself_is_started_again_with_a_line_that_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    process = server(tmp_path, restart=True, say=lambda name, line: said.append(f"{name}: {line}"))
    await process.start()
    await process.wait_ready()
    first = process.pid
    os.killpg(first, 9)
    await anothers(process, first)
    await process.wait_ready()
    last = family(process)
    await process.stop()
    assert said[:2] == ["server: begins", "server: ended (SIGKILL); it is started again in 1 s"]
    assert await gone(last)


async def test_a_program_that_cannot_run_is_not_waited_for(tmp_path: Path) -> None:
    process = Process(
        Program("sad", [sys.executable, "-c", "print('no luck'); raise SystemExit(3)"], os.environ, tmp_path, never)
    )
    await process.start()
    with pytest.raises(NotReady, match=r"sad ended as soon as it was started\. no luck"):
        await process.wait_ready()
    await process.stop()


async def never() -> bool:
    return False


def test_a_missing_program_is_a_sentence_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(programs, "SYSTEM_FOLDERS", ())
    with pytest.raises(Refused, match=r"nginx is not installed \(Debian: apt install nginx-light"):
        programs.find_program("nginx")
