"""PostgreSQL's files in a data directory: the cluster, the directory of its socket, its log."""

import contextlib
import hashlib
import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from berth.kit.embedded_pg.account import Account
from berth.kit.embedded_pg.programs import Programs
from berth.kit.embedded_pg.refusal import ServerRefused

SUPERUSER = "berth"
DATABASE = "berth"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_BYTES_MAX = 100
LOG_BYTES_MAX = 10_000_000


@dataclass(frozen=True)
class Cluster:
    """Where the cluster of a data directory has its things."""

    data_dir: Path

    @property
    def files(self) -> Path:
        """Answer PostgreSQL's own directory."""
        return self.data_dir / "postgres"

    @property
    def draft(self) -> Path:
        """Answer the directory in which a new cluster is made before it takes its name."""
        return self.data_dir / "postgres.new"

    @property
    def log_file(self) -> Path:
        """Answer the file of what PostgreSQL has to say."""
        return self.data_dir / "postgres.log"

    @property
    def socket_dir(self) -> Path:
        """Answer the directory of the socket: in the data directory, unless its path is too long for a socket."""
        near = self.data_dir / "run"
        if len(os.fsencode(near / SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX and not set(str(near)) & set(',"'):
            return near
        named = hashlib.sha256(os.fsencode(self.data_dir)).hexdigest()[:16]
        return Path(tempfile.gettempdir()).resolve() / f"berth-{named}"

    @property
    def major(self) -> int | None:
        """Answer the major version that made the cluster, none if there is no cluster yet."""
        try:
            return int((self.files / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise ServerRefused(
                f"{self.files} is closed to this user: start Berth as its owner, or set another BERTH_DATA_DIR."
            ) from error


def connection_url(socket_dir: Path, password: str, database: str = DATABASE) -> str:
    """Answer the URL of a database behind a socket, as asyncpg and libpq (psql, pg_dump) understand it."""
    return f"postgresql://{SUPERUSER}:{password}@/{database}?host={quote(str(socket_dir), safe='')}&port=5432"


def make_cluster(cluster: Cluster, account: Account, programs: Programs, password: str, *, durable: bool) -> None:
    """Make the cluster under another name and rename it when it is whole, so that a kill leaves none half made."""
    _make_private(cluster.draft, account)
    command = [
        programs.path("initdb"),
        f"--pgdata={cluster.draft}",
        f"--username={SUPERUSER}",
        "--auth=scram-sha-256",
        "--pwfile=/dev/stdin",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions",
        *(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if programs.major >= 17 else []),
        *([] if durable else ["--no-sync"]),
    ]
    with _said_once(password, account) as stdin:
        made = account.spawn(command, stdin=stdin, output=subprocess.PIPE)
        said, _ = made.communicate()
    if made.returncode != 0:
        raise ServerRefused(f"The database could not be made in {cluster.data_dir}: {_last_lines(said.decode())}")
    cluster.draft.rename(cluster.files)
    _sync(cluster.data_dir)


def prepare_directories(cluster: Cluster, account: Account) -> None:
    """Let the account get to the cluster and nobody else to the socket; change nothing outside of our directories."""
    if not account.may_enter(cluster.data_dir):
        cluster.data_dir.chmod(stat.S_IMODE(cluster.data_dir.stat().st_mode) | 0o011)
    place = cluster.socket_dir
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o700)
        account.own(place)
    found = place.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (account.uid, os.geteuid()):
        raise ServerRefused(f"{place} is somebody else's; remove it, or choose a shorter BERTH_DATA_DIR.")
    account.own(place)
    place.chmod(0o700)
    if not all(account.may_enter(one) for one in place.parent.parents):
        raise ServerRefused(f"PostgreSQL cannot get to {place}; choose a shorter BERTH_DATA_DIR or another TMPDIR.")


def remove_socket_dir(cluster: Cluster) -> None:
    """Remove the socket's directory if it is not in the data directory: outside of that, nothing is left behind."""
    if cluster.socket_dir.parent != cluster.data_dir:
        with contextlib.suppress(OSError):
            cluster.socket_dir.rmdir()


def open_log(cluster: Cluster) -> int:
    """Answer a descriptor that appends to the log, begun anew when it has grown large."""
    with contextlib.suppress(FileNotFoundError):
        if cluster.log_file.stat().st_size > LOG_BYTES_MAX:
            cluster.log_file.replace(cluster.log_file.with_suffix(".log.old"))
    return os.open(cluster.log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def log_tail(cluster: Cluster, start: int) -> str:
    """Answer what was logged from a byte on, in a few lines."""
    with cluster.log_file.open("rb") as file:
        file.seek(start)
        return _last_lines(file.read(100_000).decode(errors="replace"))


def _make_private(directory: Path, account: Account) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(mode=0o700)
    account.own(directory)


@contextlib.contextmanager
def _said_once(secret: str, account: Account) -> Iterator[int]:
    """Lend a pipe that holds the secret, so that it is in no file and no argument."""
    reading, writing = os.pipe()
    try:
        if os.geteuid() == 0 and not account.mapped:
            os.fchown(reading, account.uid, account.gid)
        os.write(writing, secret.encode() + b"\n")
        os.close(writing)
        yield reading
    finally:
        os.close(reading)


def _last_lines(text: str) -> str:
    lines = [line.strip() for line in text.strip().splitlines()]
    telling = [line for line in lines if re.search(r"FATAL|PANIC|ERROR|HINT|error:", line)]
    return " | ".join((telling or lines)[-4:]) or "it said nothing"


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
