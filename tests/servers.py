"""Brokers of the tests' own: started on free ports, killed without warning, and started again on what they kept."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

START_SECONDS_MAX = 40


def free_port() -> int:
    """Answer a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


PROGRAM_FOLDERS = ("/usr/lib/rabbitmq/bin", os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin", "/sbin")
"""Debian's own rabbitmq-server, in the first one, does not become another user first, as the one in the path does."""


def program(name: str) -> str:
    """Answer where the program is; without it, skip the test, or fail where no skip is allowed."""
    found = shutil.which(name, path=os.pathsep.join(PROGRAM_FOLDERS))
    if found is None:
        missing = f"{name} is not installed here, and this test is about it"
        if os.environ.get("BERTH_TEST_NO_SKIP") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@dataclass
class Server:
    """A server program with all that it keeps below one folder."""

    url: str
    port: int
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return once it can be used."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS_MAX
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"{self.command[0]} did not start:\n{self.log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.05)

    def answers(self) -> bool:
        """Tell whether it greets who connects."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                return self.greets(connection)
        except OSError:
            return False

    def greets(self, connection: socket.socket) -> bool:
        """Tell whether the server at the other end speaks its protocol."""
        raise NotImplementedError

    def kill(self) -> None:
        """End it and its children at once, as ``kill -9`` does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and see to it."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None


class NatsServer(Server):
    """NATS with JetStream."""

    def greets(self, connection: socket.socket) -> bool:
        """See ``Server``."""
        return connection.recv(4) == b"INFO"


class RabbitServer(Server):
    """RabbitMQ, as a node of its own with a name of its own."""

    def greets(self, connection: socket.socket) -> bool:
        """See ``Server``."""
        connection.sendall(b"AMQP\x00\x00\x09\x01")
        return connection.recv(1) == b"\x01"


@contextlib.contextmanager
def nats_server(folder: Path) -> Iterator[NatsServer]:
    """Run NATS; what it keeps is in the folder."""
    port = free_port()
    command = [program("nats-server"), "-js", "-sd", str(folder / "store"), "-a", "127.0.0.1", "-p", str(port)]
    server = NatsServer(f"nats://127.0.0.1:{port}", port, command, folder / "nats.log")
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def rabbitmq_server(folder: Path) -> Iterator[RabbitServer]:
    """Run RabbitMQ; what it keeps is in the folder. It needs some seconds to start."""
    command, port, names_port = [program("rabbitmq-server")], free_port(), str(free_port())
    environment = {
        "HOME": str(folder),
        "RABBITMQ_NODENAME": f"berth{port}@localhost",
        "RABBITMQ_CONF_ENV_FILE": os.devnull,
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(folder / "mnesia"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
        "RABBITMQ_PID_FILE": str(folder / "pid"),
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 2:2 +sbwt none -kernel inet_dist_use_interface {127,0,0,1}",
        "ERL_EPMD_PORT": names_port,
    }
    (folder / "plugins").write_text("[].\n")
    (folder / "rabbitmq.conf").write_text(f"listeners.tcp.default = 127.0.0.1:{port}\n")
    server = RabbitServer(f"amqp://guest:guest@127.0.0.1:{port}/", port, command, folder / "rabbitmq.log", environment)
    # Erlang would start its service of names by itself, and leave it running.
    names = subprocess.Popen([program("epmd"), "-port", names_port, "-address", "127.0.0.1"])
    try:
        server.start()
        yield server
    finally:
        server.stop()
        names.kill()
        names.wait()
