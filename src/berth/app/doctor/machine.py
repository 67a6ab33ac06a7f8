"""The checks of the machine: Python, the data directory, PostgreSQL's programs, the port, the disk."""

import os
import shutil
import socket
import stat
import sys
from pathlib import Path

import httpx

from berth.app.data_dir import SECRETS_FILE, known_secrets
from berth.app.doctor.finding import Finding, fine, odd, wrong
from berth.app.settings import Settings
from berth.kit.embedded_pg import lock, server
from berth.kit.refusal import Refused

PYTHON_MIN = (3, 11)
FREE_BYTES_NEEDED = 200_000_000
FREE_BYTES_WISE = 2_000_000_000


def check_python() -> Finding:
    """Examine the version of Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON_MIN:
        return wrong("python", f"Python {version} is too old: install 3.11 or newer, and run `make setup` with it.")
    return fine("python", f"Python {version}.")


def check_data_dir(data_dir: Path) -> Finding:
    """Examine whether the data directory can be used, and whether others can meddle with it."""
    if not data_dir.exists():
        above = existing_above(data_dir)
        if not os.access(above, os.W_OK | os.X_OK):
            return wrong("data directory", f"{data_dir} cannot be made in {above}: open that, or set BERTH_DATA_DIR.")
        return fine("data directory", f"{data_dir} will be made by the first start.")
    if not data_dir.is_dir():
        return wrong("data directory", f"{data_dir} is not a directory: set BERTH_DATA_DIR to one.")
    if not os.access(data_dir, os.R_OK | os.W_OK | os.X_OK):
        return wrong("data directory", f"{data_dir} is closed to this user: start Berth as its owner.")
    if data_dir.stat().st_mode & 0o022:
        return wrong("data directory", f"Others may write in {data_dir}: chmod go-w '{data_dir}'.")
    return fine("data directory", f"{data_dir} is writable for this user alone.")


def check_secrets(data_dir: Path) -> Finding:
    """Examine the file of secrets."""
    path = data_dir / SECRETS_FILE
    if not path.exists():
        return fine("secrets", "They will be made by the first start.")
    mode = stat.S_IMODE(path.stat().st_mode)
    try:
        known_secrets(data_dir)
    except Refused as error:
        return wrong("secrets", str(error))
    if mode & 0o077:
        return wrong(
            "secrets",
            f"{path} had mode {mode:o}, so others may have read it; it is 600 now. If others use this machine, take "
            "the file away: new secrets sign everybody out, and the embedded database needs a dump and restore.",
        )
    return fine("secrets", f"{path} is readable for its owner alone.")


def check_programs(data_dir: Path) -> Finding:
    """Examine whether this user can run the embedded PostgreSQL on this directory."""
    try:
        says = server.examine(data_dir)
    except Refused as error:
        return wrong("embedded PostgreSQL", str(error))
    return fine("embedded PostgreSQL", says)


def check_lock(data_dir: Path) -> Finding:
    """Examine who uses the data directory."""
    holder = lock.holder(data_dir)
    postmaster = server.running_process(data_dir)
    if holder is not None:
        return fine("lock", f"Berth runs on this directory (process {holder or 'unknown'}).")
    if postmaster is not None:
        return odd(
            "lock",
            f"PostgreSQL (process {postmaster}) was left behind by a Berth that was killed. "
            "The next `berth serve` takes it over; nothing is lost.",
        )
    return fine("lock", "Nobody uses the data directory at the moment.")


def check_port(settings: Settings) -> Finding:
    """Examine whether the port is free, or Berth's own."""
    where = f"{settings.host}:{settings.port}"
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except PermissionError:
        return wrong("port", f"This user may not serve on {where}: choose a port above 1023 with BERTH_PORT.")
    except OSError as error:
        if _is_berth(settings):
            return fine("port", f"Berth answers on {where}.")
        return wrong("port", f"Berth cannot serve on {where} ({error}): free it, or set BERTH_HOST and BERTH_PORT.")
    return fine("port", f"{where} is free.")


def check_disk(data_dir: Path) -> Finding:
    """Examine the free space under the data directory."""
    free = shutil.disk_usage(existing_above(data_dir)).free
    says = f"{free / 1e9:.1f} GB are free under {data_dir}"
    if free < FREE_BYTES_NEEDED:
        return wrong("disk", f"{says}: too little for PostgreSQL. Make room, or move the data (BERTH_DATA_DIR).")
    if free < FREE_BYTES_WISE:
        return odd("disk", f"{says}: make room before it is full.")
    return fine("disk", f"{says}.")


def existing_above(path: Path) -> Path:
    """Answer the path, or the nearest directory above it that exists."""
    return next(one for one in (path, *path.parents) if one.exists())


def _is_berth(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared, not bound
    host = f"[{host}]" if ":" in host else host
    try:
        said = httpx.get(f"http://{host}:{settings.port}/api/v1/openapi.json", timeout=5, trust_env=False)
        return bool(said.json()["info"]["title"] == "Berth")
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return False
