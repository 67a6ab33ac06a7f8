"""The server's main process: start it, find the one that runs, stop it."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from berth.kit.embedded_pg.account import Account
from berth.kit.embedded_pg.cluster import SOCKET_NAME, Cluster, log_tail, open_log
from berth.kit.embedded_pg.options import arguments
from berth.kit.embedded_pg.programs import Programs
from berth.kit.embedded_pg.refusal import ServerRefused

POLL_SECONDS = 0.02
RECOVERY_SECONDS_MAX = 600.0
FAST_STOP_SECONDS_MAX = 60.0
IMMEDIATE_STOP_SECONDS_MAX = 10.0
ORPHAN_ATTEMPTS_MAX = 20
ORPHAN_ATTEMPTS_POLITE = 10
ORPHAN_SECONDS = 0.1


@dataclass(frozen=True)
class PidFile:
    """What the running server wrote about itself."""

    pid: int
    socket_dir: Path
    status: str


@dataclass(frozen=True)
class Postmaster:
    """A running server: our child, or one that an earlier Berth left behind."""

    process: psutil.Process
    child: subprocess.Popen[bytes] | None = None

    def alive(self) -> bool:
        """Answer whether it still runs."""
        if self.child is not None:
            return self.child.poll() is None
        with contextlib.suppress(psutil.NoSuchProcess):
            return bool(self.process.is_running() and self.process.status() != psutil.STATUS_ZOMBIE)
        return False

    def stop(self) -> None:
        """Stop it cleanly: end all sessions, write everything out; as a last resort leave that to the next start."""
        for how, patience in ((signal.SIGINT, FAST_STOP_SECONDS_MAX), (signal.SIGQUIT, IMMEDIATE_STOP_SECONDS_MAX)):
            with contextlib.suppress(psutil.NoSuchProcess):
                self.process.send_signal(how)
            if self.ended(patience):
                return
        raise ServerRefused(f"PostgreSQL (process {self.process.pid}) does not stop.")

    def ended(self, seconds: float) -> bool:
        """Wait until it has ended; false if it still runs after this time."""
        give_up = time.monotonic() + seconds
        while self.alive():
            if time.monotonic() > give_up:
                return False
            time.sleep(POLL_SECONDS)
        return True


def read_pid_file(cluster: Cluster) -> PidFile | None:
    """Answer what ``postmaster.pid`` says, none if there is none or it is not whole yet."""
    try:
        lines = (cluster.files / "postmaster.pid").read_text().splitlines()
        return PidFile(int(lines[0]), Path(lines[4]), lines[7].strip() if len(lines) > 7 else "")
    except (FileNotFoundError, ValueError, IndexError):
        return None


def running(cluster: Cluster) -> Postmaster | None:
    """Answer the server that runs on this cluster, if one does; a process that merely has its number is not it."""
    noted = read_pid_file(cluster)
    if noted is None:
        return None
    try:
        process = psutil.Process(noted.pid)
        command = process.cmdline()
    except psutil.Error:
        return None
    ours = len(command) > 2 and Path(command[0]).name == "postgres" and command[1:3] == ["-D", str(cluster.files)]
    return Postmaster(process) if ours else None


def command_line(cluster: Cluster, programs: Programs, *, durable: bool) -> list[str]:
    """Answer the command that starts the server."""
    return [programs.path("postgres"), "-D", str(cluster.files), *arguments(cluster.socket_dir, durable=durable)]


def start(cluster: Cluster, account: Account, command: list[str]) -> Postmaster:
    """Start the server and wait until it takes connections.

    Sessions of a server that was killed hold its memory until they notice; the new one is refused for
    so long, and tried again. Those that do not notice by themselves, busy with a statement, are ended.
    """
    for attempt in range(ORPHAN_ATTEMPTS_MAX):
        if running(cluster) is None:
            _forget_the_dead(cluster)
        log = open_log(cluster)
        try:
            begun_at = os.fstat(log).st_size
            child = account.spawn(command, output=log)
        finally:
            os.close(log)
        if _became_ready(cluster, child):
            return Postmaster(psutil.Process(child.pid), child)
        said = log_tail(cluster, begun_at)
        if "shared memory" not in said:
            break
        for orphan in _orphans(cluster):
            with contextlib.suppress(psutil.Error):
                orphan.kill() if attempt > ORPHAN_ATTEMPTS_POLITE else orphan.terminate()
        time.sleep(ORPHAN_SECONDS)
    raise ServerRefused(f"PostgreSQL did not start: {said} (all of it is in {cluster.log_file})")


def _became_ready(cluster: Cluster, child: subprocess.Popen[bytes]) -> bool:
    """Wait until the server takes connections; false if it ended instead. Recovering from a crash takes its time."""
    give_up = time.monotonic() + RECOVERY_SECONDS_MAX
    while child.poll() is None:
        noted = read_pid_file(cluster)
        if noted and noted.pid == child.pid and noted.status == "ready":
            return True
        if time.monotonic() > give_up:
            raise ServerRefused(f"PostgreSQL is not ready after {RECOVERY_SECONDS_MAX:.0f} s; see {cluster.log_file}")
        time.sleep(POLL_SECONDS)
    return False


def _forget_the_dead(cluster: Cluster) -> None:
    """Remove the notes of a server that is gone, if something else has its number now.

    After a restart of the machine or the container numbers come again, and PostgreSQL would take a stranger
    for a living server, and refuse to start. The directory's lock is ours and the socket's directory
    serves this cluster alone; PostgreSQL's guard of the shared memory still keeps two servers off one cluster.
    """
    noted = read_pid_file(cluster)
    if noted and psutil.pid_exists(noted.pid):
        (cluster.files / "postmaster.pid").unlink(missing_ok=True)
    (cluster.socket_dir / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _orphans(cluster: Cluster) -> Iterator[psutil.Process]:
    """Answer the processes of a killed server on this cluster."""
    for process in psutil.process_iter(["name", "cwd"]):
        if process.info["name"] == "postgres" and process.info["cwd"] == str(cluster.files):
            yield process
